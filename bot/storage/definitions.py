"""Surveys that staff wrote in the console: a draft each, and what was put to work of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.storage.database import Unit
from bot.storage.lists import replacing
from bot.storage.survey_tables import definitions


@dataclass(frozen=True, slots=True)
class Written:
    """A survey's definition as YAML. `draft` is what is being written, `live` what is at work;
    `by` is the staff member who touched it last, at `at`."""

    survey: str
    draft: str
    live: str | None
    by: str
    at: datetime


async def draft(unit: Unit, survey: str, text: str, by: str, at: datetime) -> None:
    """Keep a draft; what is at work stays as it is."""
    row = {"survey": survey, "draft": text, "by": by, "at": at}
    kept = replacing(definitions, definitions.c.survey, keep=(definitions.c.live,))
    await unit.connection.execute(kept, row)


async def put_to_work(unit: Unit, survey: str, by: str, at: datetime) -> None:
    """Make the draft what is at work."""
    now = {"live": definitions.c.draft, "by": by, "at": at}
    await unit.connection.execute(
        update(definitions).where(definitions.c.survey == survey).values(now)
    )


async def take_off(unit: Unit, survey: str, by: str, at: datetime) -> None:
    """Nothing of it is at work any more; the draft stays."""
    await unit.connection.execute(
        update(definitions).where(definitions.c.survey == survey).values(live=None, by=by, at=at)
    )


async def remove(unit: Unit, survey: str) -> None:
    """The draft and what is at work, gone."""
    await unit.connection.execute(delete(definitions).where(definitions.c.survey == survey))


async def get(unit: Unit, survey: str) -> Written | None:
    """The definition of that id, None where the console has none."""
    query = select(definitions).where(definitions.c.survey == survey)
    row = (await unit.connection.execute(query)).one_or_none()
    return Written(*row) if row else None


async def every(unit: Unit) -> list[Written]:
    """All of them, by id."""
    query = select(definitions).order_by(definitions.c.survey)
    return [Written(*row) for row in await unit.connection.execute(query)]
