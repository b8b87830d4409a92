"""Who fits an audience by what they did: reported somewhere, or answered something."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, union

from bot.model.report import ReportStage
from bot.storage.database import Unit
from bot.storage.survey_tables import answers, sessions
from bot.storage.surveys import value
from bot.storage.tables import joins, moves, reports
from surveys.session import chosen


async def reported(unit: Unit, districts: Collection[str], domains: Collection[str]) -> set[str]:
    """Those who reported or joined something in one of these districts and of one of these
    domains, and did not take it back; empty is any."""
    wanted = [reports.c.stage != ReportStage.WITHDRAWN.value]
    wanted += [reports.c.district.in_(districts)] if districts else []
    wanted += [reports.c.domain.in_(domains)] if domains else []
    return await _behind(unit, *wanted)


async def helped(unit: Unit, since: datetime, until: datetime) -> set[str]:
    """Those who reported or joined a case that was done after `since` and no later than
    `until`, and was not opened again."""
    done = (moves.c.stage == ReportStage.DONE.value, moves.c.at > since, moves.c.at <= until)
    stands = reports.c.stage.in_((ReportStage.DONE.value, ReportStage.CONFIRMED.value))
    there = exists().where(moves.c.subject == reports.c.id, *done)
    return await _behind(unit, stands, there)


async def _behind(unit: Unit, *wanted: ColumnElement[bool]) -> set[str]:
    """Those who reported or joined such reports."""
    joined = select(joins.c.person).join(reports, reports.c.id == joins.c.report)
    query = union(select(reports.c.person).where(*wanted), joined.where(*wanted))
    return set(await unit.connection.scalars(query))


async def answered(unit: Unit, survey: str, question: str, values: Collection[str]) -> set[str]:
    """Those who chose one of these values when they answered that question last."""
    query = (
        select(sessions.c.person, answers.c.value)
        .join(answers, answers.c.session == sessions.c.id)
        .where(sessions.c.survey == survey, answers.c.question == question)
        .where(sessions.c.person.is_not(None))
        .order_by(sessions.c.started, answers.c.at)
    )
    last = {row.person: row.value for row in await unit.connection.execute(query)}
    wanted = set(values)
    return {who for who, said in last.items() if wanted & set(map(str, chosen(value(said))))}
