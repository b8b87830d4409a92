"""What people do not want to be asked for, by purpose; who is nowhere here agreed to all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.storage.database import Unit
from bot.storage.lists import unless_there
from bot.storage.survey_tables import refusals


async def refuse(unit: Unit, person: str, purpose: str, at: datetime) -> None:
    """No more surveys for this purpose."""
    row = {"person": person, "purpose": purpose, "at": at}
    await unit.connection.execute(unless_there(refusals), row)


async def allow(unit: Unit, person: str, purpose: str) -> None:
    """Surveys for this purpose are welcome again."""
    here = (refusals.c.person == person, refusals.c.purpose == purpose)
    await unit.connection.execute(delete(refusals).where(*here))


async def refused(unit: Unit, person: str) -> frozenset[str]:
    """What a person does not want to be asked for."""
    query = select(refusals.c.purpose).where(refusals.c.person == person)
    return frozenset(await unit.connection.scalars(query))


async def refusing(unit: Unit, purpose: str) -> set[str]:
    """Who (ids) does not want to be asked for this."""
    query = select(refusals.c.person).where(refusals.c.purpose == purpose)
    return set(await unit.connection.scalars(query))


async def forget(unit: Unit, person: str) -> None:
    """What a person wanted is forgotten."""
    await unit.connection.execute(delete(refusals).where(refusals.c.person == person))
