"""Who was invited to which survey round, for as long as that matters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from bot.storage.database import Unit
from bot.storage.survey_tables import invitations

MATTERS = timedelta(days=90)
"""Longer than the longest wait for a reminder and than a rule against fatigue looks back."""


async def add(
    unit: Unit, people: Collection[str], survey: str, round_id: str, at: datetime
) -> None:
    """These people were invited; each once."""
    rows = [{"person": one, "survey": survey, "round": round_id, "at": at} for one in people]
    if rows:
        await unit.connection.execute(insert(invitations), rows)


async def tired(unit: Unit, rounds: int, since: datetime) -> set[str]:
    """The people who were invited to so many rounds or more since then."""
    query = (
        select(invitations.c.person)
        .where(invitations.c.at > since)
        .group_by(invitations.c.person)
        .having(func.count() >= rounds)
    )
    return set(await unit.connection.scalars(query))


async def drop(unit: Unit, person: str, survey: str, round_id: str) -> None:
    """The invitation is no longer good: nobody is to be reminded of it."""
    here = (invitations.c.survey == survey, invitations.c.round == round_id)
    await unit.connection.execute(delete(invitations).where(invitations.c.person == person, *here))


async def move(unit: Unit, survey: str, round_id: str, before: str, to: str) -> None:
    """Another person (id) is invited in one's place, unless they are already."""
    mine = (invitations.c.survey == survey, invitations.c.round == round_id)
    theirs = select(invitations.c.person).where(*mine, invitations.c.person == to)
    if await unit.connection.scalar(theirs) is not None:
        await drop(unit, before, survey, round_id)
        return
    here = (*mine, invitations.c.person == before)
    await unit.connection.execute(update(invitations).where(*here).values(person=to))


async def forget(unit: Unit, person: str) -> None:
    """That a person was ever invited is forgotten."""
    await unit.connection.execute(delete(invitations).where(invitations.c.person == person))


async def of_person(unit: Unit, person: str) -> list[dict[str, object]]:
    """What a person was invited to, the oldest first."""
    columns = (invitations.c.survey, invitations.c.round, invitations.c.at)
    mine = select(*columns).where(invitations.c.person == person).order_by(invitations.c.at)
    return [dict(row) for row in (await unit.connection.execute(mine)).mappings()]
