"""Proposals on their way to forwarders: at least once each, visible when stuck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, null, select, update

from bot.model.proposal import Forwarding
from bot.storage import proposals
from bot.storage.database import Unit
from bot.storage.lists import among
from bot.storage.tables import forwardings
from bot.storage.tables import proposals as made


@dataclass(frozen=True, slots=True)
class Stuck:
    """A forwarding that was given up or keeps failing, and why."""

    id: str
    proposal: str
    forwarder: str
    attempts: int
    error: str


_due = (
    select(forwardings.c.seq)
    .where(forwardings.c.waiting, forwardings.c.due <= bindparam("now"))
    .order_by(forwardings.c.seq)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
TAKE = (
    update(forwardings)
    .where(forwardings.c.seq.in_(select(_due.c.seq)))
    .values(due=bindparam("until"), attempts=forwardings.c.attempts + 1)
    .returning(forwardings)
)
PROPOSALS = select(made).where(among(made.c.id, "ids"))
DELIVERED = (
    update(forwardings)
    .where(among(forwardings.c.id, "ids"))
    .values(waiting=False, stuck=False, error=null(), due=bindparam("on"))
)
RETRY = (
    update(forwardings)
    .where(forwardings.c.id == bindparam("which"))
    .values(due=bindparam("again"), error=bindparam("said"))
)
GIVE_UP = (
    update(forwardings)
    .where(forwardings.c.id == bindparam("which"))
    .values(waiting=False, stuck=True, error=bindparam("said"))
)
STUCK = (
    select(
        forwardings.c.id,
        forwardings.c.proposal,
        forwardings.c.forwarder,
        forwardings.c.attempts,
        forwardings.c.error,
    )
    .where(forwardings.c.error.is_not(None))
    .order_by(forwardings.c.seq)
)


async def take(unit: Unit, limit: int, now: datetime, lease: timedelta) -> list[Forwarding]:
    """At most `limit` that are due; nobody else is given them before the lease ends."""
    values = {"now": now, "most": limit, "until": now + lease}
    rows = (await unit.connection.execute(TAKE, values)).all()
    if not rows:
        return []
    wanted = {"ids": {row.proposal for row in rows}}
    found = await unit.connection.execute(PROPOSALS, wanted)
    documents = {row.id: proposals.proposal(row) for row in found}
    return [
        Forwarding(row.id, documents[row.proposal], row.forwarder, row.id, row.attempts)
        for row in sorted(rows, key=lambda row: row.seq)
    ]


async def delivered(unit: Unit, ids: Sequence[str], now: datetime) -> None:
    """These were received."""
    if ids:
        await unit.connection.execute(DELIVERED, {"ids": list(ids), "on": now})


async def retry(unit: Unit, which: str, due: datetime, error: str) -> None:
    """It was not received: try again at `due`."""
    await unit.connection.execute(RETRY, {"which": which, "again": due, "said": error})


async def give_up(unit: Unit, which: str, error: str) -> None:
    """It will not be received: it stays to be seen."""
    await unit.connection.execute(GIVE_UP, {"which": which, "said": error})


async def stuck(unit: Unit) -> list[Stuck]:
    """Those given up and those whose last try failed, the oldest first."""
    return [Stuck(*row) for row in await unit.connection.execute(STUCK)]
