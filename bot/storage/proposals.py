"""Proposals and how far the city is with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from bot.model.proposal import Proposal, Stage
from bot.storage.database import Unit
from bot.storage.tables import moves, proposals


@dataclass(frozen=True, slots=True)
class Move:
    """Who moved it to which stage, when and why."""

    stage: str
    by: str
    why: str
    at: datetime


def proposal(row: Row[Any]) -> Proposal:
    """A row as a proposal."""
    return Proposal(row.id, row.need, Stage(row.stage), row.document, row.at)


async def all(unit: Unit) -> list[Proposal]:
    """Every proposal, the newest first."""
    query = select(proposals).order_by(proposals.c.at.desc())
    return [proposal(row) for row in await unit.connection.execute(query)]


async def get(unit: Unit, proposal_id: str) -> Proposal | None:
    """The proposal of that id."""
    query = select(proposals).where(proposals.c.id == proposal_id)
    row = (await unit.connection.execute(query)).one_or_none()
    return proposal(row) if row else None


async def move(unit: Unit, proposal_id: str, stage: Stage, by: str, why: str, at: datetime) -> bool:
    """Move it to a stage and remember who and why; False when it stands there already."""
    change = update(proposals).where(
        proposals.c.id == proposal_id, proposals.c.stage != stage.value
    )
    moved = await unit.connection.execute(change.values(stage=stage.value))
    if not moved.rowcount:
        return False
    values = {"subject": proposal_id, "stage": stage.value, "by": by, "why": why, "at": at}
    await unit.connection.execute(moves.insert(), values)
    return True


async def history(unit: Unit, subject: str) -> list[Move]:
    """Every move of a proposal or a report, the first one first."""
    columns = (moves.c.stage, moves.c.by, moves.c.why, moves.c.at)
    query = select(*columns).where(moves.c.subject == subject).order_by(moves.c.seq)
    return [Move(*row) for row in await unit.connection.execute(query)]
