"""Models that learned from corrections: kept, put to work, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from bot.storage.database import Unit
from bot.storage.lists import unless_there
from bot.storage.tables import models, uses

USES = select(uses.c.version).order_by(uses.c.seq)
LIVE = select(uses.c.version).order_by(uses.c.seq.desc()).limit(1)
NAMES = select(models.c.version, models.c.base, models.c.at).order_by(models.c.at, models.c.version)


@dataclass(frozen=True, slots=True)
class Kept:
    """A model that learned at `at`; `base` marks the examples it learned beside corrections."""

    version: str
    base: str
    at: datetime


async def keep(unit: Unit, version: str, base: str, data: bytes, card: str, now: datetime) -> None:
    """Keep a model with its card; one of the same version is there already."""
    row = {"version": version, "base": base, "data": data, "card": card, "at": now}
    await unit.connection.execute(unless_there(models, models.c.version), row)


async def all(unit: Unit) -> list[Kept]:
    """Every model that was kept, the oldest first."""
    return [Kept(*row) for row in await unit.connection.execute(NAMES)]


async def load(unit: Unit, version: str) -> tuple[str, bytes] | None:
    """The base and the bytes of a model, None when it is not kept."""
    query = select(models.c.base, models.c.data).where(models.c.version == version)
    row = (await unit.connection.execute(query)).one_or_none()
    return (row.base, row.data) if row else None


async def card(unit: Unit, version: str) -> str | None:
    """What is told of a model, None when it is not kept."""
    kept: str | None = await unit.connection.scalar(
        select(models.c.card).where(models.c.version == version)
    )
    return kept


async def use(unit: Unit, version: str | None, by: str, now: datetime) -> None:
    """From now on this one judges; None is the model of the city's examples alone."""
    await unit.connection.execute(insert(uses), {"version": version, "by": by, "at": now})


async def live(unit: Unit) -> str | None:
    """The version that judges; None is the model of the city's examples alone."""
    version: str | None = await unit.connection.scalar(LIVE)
    return version


async def before(unit: Unit) -> str | None:
    """The version that judged before the one at work first did."""
    versions = list(await unit.connection.scalars(USES))
    if not versions or versions[-1] is None:
        return None
    first = versions.index(versions[-1])
    return versions[first - 1] if first else None
