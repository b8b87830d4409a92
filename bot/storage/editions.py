"""Surveys as they were sent: a version, once sent, never changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.model.plain import from_json, to_json
from bot.storage.database import Unit
from bot.storage.lists import unless_there
from bot.storage.survey_tables import editions
from surveys.definition import Survey


async def publish(unit: Unit, survey: Survey, at: datetime) -> bool:
    """Keep a version before its first round; False when it was sent with other questions."""
    values = {
        "survey": survey.id,
        "version": survey.version,
        "definition": to_json(survey),
        "at": at,
    }
    await unit.connection.execute(unless_there(editions), values)
    kept = await get(unit, survey.id, survey.version)
    return kept is not None and kept.questions == survey.questions


async def get(unit: Unit, survey: str, version: int) -> Survey | None:
    """A version as it was sent, None when it was not."""
    query = select(editions.c.definition).where(
        editions.c.survey == survey, editions.c.version == version
    )
    text = await unit.connection.scalar(query)
    return from_json(Survey, text) if text else None


async def every(unit: Unit) -> tuple[Survey, ...]:
    """All versions that were sent, by survey and version."""
    query = select(editions.c.definition).order_by(editions.c.survey, editions.c.version)
    return tuple(from_json(Survey, text) for text in await unit.connection.scalars(query))
