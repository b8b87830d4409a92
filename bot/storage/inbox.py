"""What came in and waits: stored before anybody looks into it, taken in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Row, bindparam, exists, func, null, select, update

from bot.model.conversation import Conversation
from bot.model.messages import Address, Arrival
from bot.model.person import Person
from bot.model.plain import from_json
from bot.storage import people
from bot.storage.database import Unit
from bot.storage.lists import among, unless_there
from bot.storage.tables import conversations, inbox
from bot.storage.tables import people as persons
from bot.storage.vault import Vault

MOST = 10
"""Inbounds of one conversation in one unit: nobody may hold up the others."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One stored event; `attempts` is how often it failed before."""

    id: int
    channel: str
    event: str
    payload: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation with its waiting events in order, locked until the unit ends."""

    key: str
    person: Person
    conversation: Conversation
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Depth:
    """How many events wait, how many were laid aside as dead, and since when one waits."""

    waiting: int
    dead: int
    oldest: datetime | None


INSERT = unless_there(inbox, inbox.c.channel, inbox.c.event)
INSERT_PERSON = unless_there(persons, persons.c.key)
INSERT_CONVERSATION = unless_there(conversations, conversations.c.key)
KNOWN = select(persons.c.key).where(among(persons.c.key, "keys"))

_earlier = inbox.alias("earlier")
HEADS = (
    select(inbox.c.key)
    .join(conversations, conversations.c.key == inbox.c.key)
    .where(
        inbox.c.waiting,
        inbox.c.due <= bindparam("now"),
        ~exists().where(
            _earlier.c.waiting, _earlier.c.key == inbox.c.key, _earlier.c.id < inbox.c.id
        ),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=conversations, key_share=True, skip_locked=True)
)
"""Conversations whose first waiting event is due, none that somebody else has locked."""

_nth = func.row_number().over(partition_by=inbox.c.key, order_by=inbox.c.id).label("nth")
_ranked = select(inbox, _nth).where(inbox.c.waiting, among(inbox.c.key, "keys")).subquery()
WAITING = (
    select(_ranked, conversations.c.state)
    .join(conversations, conversations.c.key == _ranked.c.key)
    .where(_ranked.c.nth <= MOST)
    .order_by(_ranked.c.key, _ranked.c.id)
)
PERSONS = select(persons).where(among(persons.c.key, "keys"))

FINISH = (
    update(inbox)
    .where(among(inbox.c.id, "ids"))
    .values(waiting=False, dead=False, key=null(), sealed=null(), error=null())
)
POSTPONE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.waiting)
    .values(
        attempts=inbox.c.attempts + 1,
        error=bindparam("said"),
        due=bindparam("again"),
        dead=bindparam("gone"),
        waiting=bindparam("stays"),
    )
)
DEPTH = select(func.count(), func.min(inbox.c.at)).where(inbox.c.waiting)
DEAD = select(func.count()).where(inbox.c.dead)


async def store(unit: Unit, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Keep what arrived, in order; events stored before are left alone.

    The rows come before the look for their persons: a tidying that removes conversations
    holds up new rows, so what is found here stays.
    """
    if not arrivals:
        return
    keys = {address: unit.vault.key_of(address) for address in {a.address for a in arrivals}}
    rows = [_row(arrival, keys[arrival.address], unit.vault, now) for arrival in arrivals]
    await unit.connection.execute(INSERT, rows)
    await _meet(unit, {key: address for address, key in keys.items()}, now)


def _row(arrival: Arrival, key: str, vault: Vault, now: datetime) -> dict[str, Any]:
    content = orjson.dumps((arrival.address.id, arrival.payload)).decode()
    return {
        "channel": arrival.address.channel,
        "event": arrival.event,
        "key": key,
        "sealed": vault.seal(content),
        "at": now,
        "due": now,
    }


async def _meet(unit: Unit, addresses: Mapping[str, Address], now: datetime) -> None:
    """Make a person and a conversation for each key that has none.

    In the order of their keys: two processes that meet the same people never wait in a circle.
    """
    known = set(await unit.connection.scalars(KNOWN, {"keys": list(addresses)}))
    new = sorted(addresses.keys() - known)
    if new:
        fresh = [_person(unit, key, addresses[key], now) for key in new]
        await unit.connection.execute(INSERT_PERSON, fresh)
        await unit.connection.execute(INSERT_CONVERSATION, [{"key": key} for key in new])


def _person(unit: Unit, key: str, address: Address, now: datetime) -> dict[str, Any]:
    sealed = unit.vault.seal(str(address))
    return {"id": unit.mint(), "key": key, "address": sealed, "since": now}


async def take(unit: Unit, limit: int, now: datetime) -> list[Talk]:
    """At most `limit` conversations with events that are due, the longest waiting first.

    They stay locked until the unit ends; nobody else is given them meanwhile.
    """
    heads = await unit.connection.scalars(HEADS, {"now": now, "most": limit})
    keys = {"keys": heads.all()}
    if not keys["keys"]:
        return []
    # Read again: between snapshot and lock another process may have finished some of them.
    rows = (await unit.connection.execute(WAITING, keys)).all()
    grouped = [(key, tuple(group)) for key, group in groupby(rows, lambda row: row.key)]
    found = await _people(unit, grouped, now)
    talks = [_talk(key, group, found[key], now, unit.vault) for key, group in grouped]
    return sorted((talk for talk in talks if talk.waiting), key=lambda talk: talk.waiting[0].id)


async def _people(
    unit: Unit, grouped: Iterable[tuple[str, Sequence[Row[Any]]]], now: datetime
) -> dict[str, Person]:
    """Who the keys belong to; one who was forgotten since is met anew."""
    firsts = {key: group[0] for key, group in grouped}
    if not firsts:
        return {}
    found = await _persons(unit, firsts)
    if missing := firsts.keys() - found.keys():
        await _meet(unit, {key: _address(firsts[key], unit.vault) for key in missing}, now)
        found |= await _persons(unit, missing)
    return found


async def _persons(unit: Unit, keys: Iterable[str]) -> dict[str, Person]:
    rows = await unit.connection.execute(PERSONS, {"keys": list(keys)})
    return {row.key: people.person(row, unit.vault) for row in rows}


def _address(row: Row[Any], vault: Vault) -> Address:
    return Address(row.channel, orjson.loads(vault.open(row.sealed))[0])


def _talk(key: str, rows: Sequence[Row[Any]], person: Person, now: datetime, vault: Vault) -> Talk:
    conversation = from_json(Conversation, rows[0].state)
    return Talk(key, person, conversation, tuple(_due(rows, now, vault)))


def _due(rows: Sequence[Row[Any]], now: datetime, vault: Vault) -> Iterator[Waiting]:
    """The events up to the first that was postponed: it holds back the later ones."""
    for row in rows:
        if row.due > now:
            return
        payload = orjson.loads(vault.open(row.sealed))[1]
        yield Waiting(row.id, row.channel, row.event, payload, row.attempts)


async def finish(unit: Unit, ids: Sequence[int]) -> None:
    """These are done: their content is erased, only that they came is remembered."""
    if ids:
        await unit.connection.execute(FINISH, {"ids": list(ids)})


async def postpone(unit: Unit, row: int, error: str, due: datetime, dead: bool) -> bool:
    """It failed: wait until `due`, or lay it aside with its content for a person to look at.

    Until then the later events of its conversation wait too. False when somebody else has
    finished it meanwhile.
    """
    values = {"row": row, "said": error, "again": due, "gone": dead, "stays": not dead}
    return bool((await unit.connection.execute(POSTPONE, values)).rowcount)


async def depth(unit: Unit) -> Depth:
    """How much waits."""
    waiting, oldest = (await unit.connection.execute(DEPTH)).one()
    return Depth(waiting, await unit.connection.scalar(DEAD) or 0, oldest)
