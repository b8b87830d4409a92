"""What is to be said: kept until delivered, in order for each conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, func, null, or_, select, update

from bot.model.messages import Outbound
from bot.model.plain import from_json, to_json
from bot.storage.database import Unit
from bot.storage.lists import among, unless_there
from bot.storage.tables import outbox


@dataclass(frozen=True, slots=True)
class Sending:
    """An Outbound leased for one try; `attempts` counts this one too."""

    id: str
    outbound: Outbound
    attempts: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """An Outbound that was given up, and why."""

    id: str
    at: datetime
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Depth:
    """How many wait, how many were given up, and since when one waits."""

    waiting: int
    stuck: int
    oldest: datetime | None


INSERT = unless_there(outbox, outbox.c.id)

_earlier = outbox.alias("earlier")
_firsts = (
    select(outbox.c.seq)
    .where(
        outbox.c.waiting,
        outbox.c.due <= bindparam("now"),
        ~exists().where(
            _earlier.c.waiting,
            _earlier.c.key == outbox.c.key,
            _earlier.c.seq < outbox.c.seq,
            or_(_earlier.c.attempts > 0, _earlier.c.due <= bindparam("now")),
        ),
    )
    .order_by(outbox.c.seq)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("firsts")
)
TAKE = (
    update(outbox)
    .where(outbox.c.seq.in_(select(_firsts.c.seq)))
    .values(due=bindparam("until"), attempts=outbox.c.attempts + 1)
    .returning(outbox.c.seq, outbox.c.id, outbox.c.sealed, outbox.c.attempts)
)
"""Lease the first unsent of each conversation, as far as it is due and nobody has it. What is
put off, to the morning for example, and was never tried holds nothing up."""

DELIVERED = (
    update(outbox)
    .where(among(outbox.c.id, "ids"))
    .values(waiting=False, stuck=False, error=null(), due=bindparam("on"))
    .values(key=null(), sealed=null())
)
RETRY = (
    update(outbox)
    .where(outbox.c.id == bindparam("which"), outbox.c.waiting)
    .values(due=bindparam("again"), error=bindparam("said"))
)
PUT_OFF = RETRY.values(attempts=0)
GIVE_UP = (
    update(outbox)
    .where(outbox.c.id == bindparam("which"), outbox.c.waiting)
    .values(waiting=False, stuck=True, error=bindparam("said"))
)
RELEASE = update(outbox).where(outbox.c.waiting, outbox.c.attempts > 0).values(due=outbox.c.at)
STUCK = (
    select(outbox.c.id, outbox.c.at, outbox.c.attempts, outbox.c.error)
    .where(outbox.c.stuck)
    .order_by(outbox.c.seq)
)
DEPTH = select(func.count(), func.min(outbox.c.at)).where(outbox.c.waiting)
STUCK_COUNT = select(func.count()).where(outbox.c.stuck)


async def put(
    unit: Unit, outbounds: Sequence[Outbound], now: datetime, due: datetime | None = None
) -> None:
    """Say these, not before `due`; one of an id that is there already is left alone."""
    vault = unit.vault
    rows = [
        {
            "id": outbound.id,
            "key": vault.key_of(outbound.to),
            "sealed": vault.seal(to_json(outbound)),
            "at": now,
            "due": due or now,
        }
        for outbound in outbounds
    ]
    if rows:
        await unit.connection.execute(INSERT, rows)


async def take(unit: Unit, limit: int, now: datetime, lease: timedelta) -> list[Sending]:
    """At most `limit` to be sent now, the first unsent of each conversation only.

    Nobody else is given them before the lease ends; then they are due again.
    """
    values = {"now": now, "most": limit, "until": now + lease}
    rows = (await unit.connection.execute(TAKE, values)).all()
    vault = unit.vault
    return [
        Sending(row.id, from_json(Outbound, vault.open(row.sealed)), row.attempts)
        for row in sorted(rows, key=lambda row: row.seq)
    ]


async def delivered(unit: Unit, ids: Sequence[str], now: datetime) -> None:
    """These were sent: what they said is erased."""
    if ids:
        await unit.connection.execute(DELIVERED, {"ids": list(ids), "on": now})


async def retry(unit: Unit, which: str, due: datetime, error: str) -> None:
    """It could not be sent: try again at `due`; the conversation's later ones wait."""
    await unit.connection.execute(RETRY, {"which": which, "again": due, "said": error})


async def put_off(unit: Unit, which: str, due: datetime, error: str) -> None:
    """It may not be sent before `due`; meanwhile the conversation's later ones go on."""
    await unit.connection.execute(PUT_OFF, {"which": which, "again": due, "said": error})


async def give_up(unit: Unit, which: str, error: str) -> None:
    """It can't be sent: it stays to be seen, and the conversation's later ones go on."""
    await unit.connection.execute(GIVE_UP, {"which": which, "said": error})


async def release(unit: Unit) -> None:
    """End all leases and waits: for the start of a process that is the only one."""
    await unit.connection.execute(RELEASE)


async def stuck(unit: Unit) -> list[Stuck]:
    """Everything given up, the oldest first."""
    return [Stuck(*row) for row in await unit.connection.execute(STUCK)]


async def depth(unit: Unit) -> Depth:
    """How much waits."""
    waiting, oldest = (await unit.connection.execute(DEPTH)).one()
    return Depth(waiting, await unit.connection.scalar(STUCK_COUNT) or 0, oldest)
