"""The same words to many chats: kept until said, to those who are still there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, exists, func, insert, select, update

from bot.model.messages import Address, Bubble, Outbound
from bot.model.person import Consent, Person
from bot.model.plain import from_json, to_json
from bot.storage.database import Unit
from bot.storage.lists import among
from bot.storage.people import CONSENTING, person
from bot.storage.survey_tables import multicasts, recipients, refusals
from bot.storage.tables import people


@dataclass(frozen=True, slots=True)
class Multicast:
    """Bubbles for many chats of a channel, not before `due` and not after `until`.

    `id` is unguessable and serves as the platform's retry key (a UUID). `attempts` counts the
    try that it was taken for. Who refused the `purpose` meanwhile is left out.
    """

    id: str
    channel: str
    bubbles: tuple[Bubble, ...]
    due: datetime
    until: datetime
    attempts: int = 0
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Along:
    """What waits for somebody and can go with an answer to them; `key` is their address's."""

    multicast: str
    person: str
    key: str
    bubbles: tuple[Bubble, ...]


REFUSED = exists().where(
    refusals.c.person == people.c.id, refusals.c.purpose == multicasts.c.purpose
)
TO = (
    CONSENTING.join(recipients, recipients.c.person == people.c.id)
    .join(multicasts, multicasts.c.id == recipients.c.multicast)
    .where(recipients.c.multicast == bindparam("which"), ~REFUSED)
)
IN_TIME = (multicasts.c.waiting, multicasts.c.until > bindparam("now"))
_first = (
    select(multicasts.c.id)
    .where(
        *IN_TIME,
        multicasts.c.due <= bindparam("now"),
    )
    .order_by(multicasts.c.due)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
TAKE = (
    update(multicasts)
    .where(multicasts.c.id == _first)
    .values(due=bindparam("ends"), attempts=multicasts.c.attempts + 1)
    .returning(multicasts)
)
LATE = and_(multicasts.c.waiting, multicasts.c.until <= bindparam("now"))


async def put(unit: Unit, multicast: Multicast, to: Iterable[str], now: datetime) -> None:
    """Say this to these people (ids)."""
    row = {
        "id": multicast.id,
        "channel": multicast.channel,
        "said": to_json(Outbound(multicast.id, Address(multicast.channel, ""), multicast.bubbles)),
        "at": now,
        "due": multicast.due,
        "until": multicast.until,
        "purpose": multicast.purpose,
    }
    await unit.connection.execute(insert(multicasts), row)
    rows = [{"multicast": multicast.id, "person": one} for one in to]
    if rows:
        await unit.connection.execute(insert(recipients), rows)


async def take(unit: Unit, now: datetime, lease: timedelta) -> Multicast | None:
    """One to be said now, which nobody else is given before the lease ends."""
    row = (await unit.connection.execute(TAKE, {"now": now, "ends": now + lease})).one_or_none()
    if row is None:
        return None
    said = _bubbles(row.said)
    return Multicast(row.id, row.channel, said, row.due, row.until, row.attempts, row.purpose)


async def to(unit: Unit, which: str) -> list[Person]:
    """Those it is still to be said to: who can be reached and still agrees to surveys."""
    rows = await unit.connection.execute(TO, {"which": which})
    return [person(row, unit.vault) for row in rows]


async def done(unit: Unit, which: str) -> None:
    """It was said: what and to whom is erased."""
    await unit.connection.execute(delete(recipients).where(recipients.c.multicast == which))
    ended = {"waiting": False, "said": "", "error": None}
    await unit.connection.execute(update(multicasts).where(multicasts.c.id == which).values(ended))


async def retry(unit: Unit, which: str, due: datetime, error: str) -> None:
    """It could not be said: try again at `due`."""
    here = (multicasts.c.id == which, multicasts.c.waiting)
    values = {"due": due, "error": error}
    await unit.connection.execute(update(multicasts).where(*here).values(values))


async def release(unit: Unit) -> None:
    """End all leases and waits: for the start of a process that is the only one."""
    tried = (multicasts.c.waiting, multicasts.c.attempts > 0)
    await unit.connection.execute(update(multicasts).where(*tried).values(due=multicasts.c.at))


async def late(unit: Unit, now: datetime) -> int:
    """Give up what there is no point in saying any more; how many people were not told."""
    which = list(await unit.connection.scalars(select(multicasts.c.id).where(LATE), {"now": now}))
    untold = select(func.count()).where(among(recipients.c.multicast, "ids"))
    count = await unit.connection.scalar(untold, {"ids": which}) if which else 0
    for each in which:
        await done(unit, each)
    return count or 0


async def along(unit: Unit, keys: Collection[str], now: datetime) -> list[Along]:
    """What is put off for these addresses' keys and could be said now that they write."""
    rows = await unit.connection.execute(_along(), {"keys": list(keys), "now": now})
    return [Along(row.id, row.person, row.key, _bubbles(row.said)) for row in rows]


def _along() -> Select[Any]:
    return (
        select(multicasts.c.id, multicasts.c.said, recipients.c.person, people.c.key)
        .join(recipients, recipients.c.multicast == multicasts.c.id)
        .join(people, people.c.id == recipients.c.person)
        .where(*IN_TIME, multicasts.c.due > bindparam("now"), multicasts.c.attempts == 0)
        .where(people.c.surveys == Consent.GIVEN.value, among(people.c.key, "keys"), ~REFUSED)
        .order_by(multicasts.c.due)
    )


async def told(unit: Unit, said: Iterable[Along]) -> None:
    """These were told by another way."""
    for one in said:
        here = (recipients.c.multicast == one.multicast, recipients.c.person == one.person)
        await unit.connection.execute(delete(recipients).where(*here))


async def forget(unit: Unit, person_id: str) -> None:
    """Nothing is to be said to a person any more."""
    await unit.connection.execute(delete(recipients).where(recipients.c.person == person_id))


def _bubbles(said: str) -> tuple[Bubble, ...]:
    return from_json(Outbound, said).bubbles
