"""Corrected domains: labelled examples for the next training."""

from __future__ import annotations

from sqlalchemy import select

from bot.model.happenings import ReportCorrected
from bot.storage.database import Unit
from bot.storage.tables import corrections

ALL = select(
    corrections.c.text,
    corrections.c.language,
    corrections.c.judged,
    corrections.c.domain,
    corrections.c.kind,
    corrections.c.model,
    corrections.c.by,
    corrections.c.at,
).order_by(corrections.c.seq)


async def all(unit: Unit) -> list[ReportCorrected]:
    """Every correction, the oldest first."""
    return [ReportCorrected(*row) for row in await unit.connection.execute(ALL)]
