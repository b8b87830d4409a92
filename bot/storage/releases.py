"""Results as they were published, once for each round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.storage.database import Unit
from bot.storage.lists import unless_there
from bot.storage.survey_tables import releases, rounds


async def due(unit: Unit, survey: str) -> list[str]:
    """The rounds that were sent and are not published, the oldest first."""
    published = select(releases.c.round).where(releases.c.survey == survey)
    query = select(rounds.c.round).where(
        rounds.c.survey == survey, rounds.c.round.not_in(published)
    )
    return list(await unit.connection.scalars(query.order_by(rounds.c.round)))


async def put(
    unit: Unit, survey: str, round_id: str, document: Mapping[str, Any], at: datetime
) -> bool:
    """Publish a round; True once, however many ask at once."""
    values = {"survey": survey, "round": round_id, "document": dict(document), "at": at}
    done = await unit.connection.execute(unless_there(releases).returning(releases.c.round), values)
    return done.one_or_none() is not None


async def of_survey(unit: Unit, survey: str) -> list[Mapping[str, Any]]:
    """What was published of a survey, the newest round first."""
    query = select(releases.c.document).where(releases.c.survey == survey)
    return list(await unit.connection.scalars(query.order_by(releases.c.round.desc())))
