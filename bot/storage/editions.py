"""Surveys as they were sent: a version, once sent, never changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.model.plain import from_json, to_json
from bot.storage.database import Unit
from bot.storage.lists import unless_there
from bot.storage.tables import editions
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
    query = select(editions.c.definition).where(
        editions.c.survey == survey.id, editions.c.version == survey.version
    )
    kept = from_json(Survey, await unit.connection.scalar(query) or "")
    return kept.questions == survey.questions


async def every(unit: Unit) -> tuple[Survey, ...]:
    """All versions that were sent, by survey and version."""
    query = select(editions.c.definition).order_by(editions.c.survey, editions.c.version)
    return tuple(from_json(Survey, text) for text in await unit.connection.scalars(query))
