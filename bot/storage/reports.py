"""Reports, found by whose, where, when and which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, union_all

from bot.model.report import Report, ReportStage
from bot.storage.database import Unit
from bot.storage.lists import among
from bot.storage.places import columns, place
from bot.storage.tables import joins, reports
from intents.reading import Urgency

SAME = (
    "id",
    "number",
    "person",
    "text",
    "language",
    "domain",
    "kind",
    "confidence",
    "model",
    "at",
    "refs",
    "photos",
    "need",
)
"""Columns that are called as Report calls them and need no change."""

ALL = select(reports)
STANDING = ALL.where(reports.c.stage != ReportStage.WITHDRAWN.value)
STILL_OPEN = (
    or_(*(reports.c.stage == s.value for s in (ReportStage.RECEIVED, ReportStage.WORKING))),
    ~reports.c.erased,
)
OPEN = ALL.where(*STILL_OPEN)
FILED = STANDING.where(reports.c.person == bindparam("by")).order_by(reports.c.at.desc())
_theirs = select(reports, reports.c.person.label("who")).where(among(reports.c.person, "ids"))
_joined = (
    select(reports, joins.c.person.label("who"))
    .join(joins, joins.c.report == reports.c.id)
    .where(among(joins.c.person, "ids"), joins.c.person != reports.c.person)
)
_stands = reports.c.stage != ReportStage.WITHDRAWN.value
OWN = union_all(_theirs.where(_stands), _joined.where(_stands))
UNGATHERED = (
    STANDING.where(reports.c.need.is_(None), ~reports.c.erased)
    .order_by(reports.c.at)
    .limit(bindparam("most"))
    .with_for_update(key_share=True, skip_locked=True)
)
UNDECIDED = OPEN.where(reports.c.domain.is_(None)).order_by(reports.c.at)
JOINERS = select(joins).where(among(joins.c.report, "ids")).order_by(joins.c.at)


def row_of(report: Report) -> dict[str, Any]:
    """A report as a row."""
    return {
        **{name: getattr(report, name) for name in SAME},
        **columns(report.place),
        "urgency": report.urgency.value,
        "stage": report.stage.value,
    }


def report(row: Row[Any]) -> Report:
    """A row as a report."""
    fields = row._mapping
    return Report(
        **{name: fields[name] for name in SAME},
        place=place(fields),
        urgency=Urgency(fields["urgency"]),
        stage=ReportStage(fields["stage"]),
    )


async def _all(unit: Unit, query: Any, values: Mapping[str, Any] | None = None) -> list[Report]:
    return [report(row) for row in await unit.connection.execute(query, values)]


async def get(unit: Unit, report_id: str) -> Report | None:
    """The report of that id."""
    return next(iter(await _all(unit, ALL.where(reports.c.id == report_id))), None)


async def own(unit: Unit, people: Collection[str]) -> dict[str, list[Report]]:
    """The reports that each of these people filed or joined, the newest first, those taken
    back left out; a person without any is left out too."""
    if not people:
        return {}
    found = defaultdict[str, list[Report]](list)
    rows = (await unit.connection.execute(OWN, {"ids": list(people)})).all()
    for row in sorted(rows, key=lambda row: row.at, reverse=True):
        found[row.who].append(report(row))
    return dict(found)


async def filed(unit: Unit, person_id: str) -> list[Report]:
    """The reports that a person filed, the newest first, those taken back left out."""
    return await _all(unit, FILED, {"by": person_id})


async def at_stage(unit: Unit, stage: ReportStage | None) -> list[Report]:
    """The reports at a stage, or all but those taken back, the oldest first."""
    query = STANDING if stage is None else ALL.where(reports.c.stage == stage.value)
    return await _all(unit, query.order_by(reports.c.at))


async def by_number(unit: Unit, number: str) -> Report | None:
    """The report of a case number, however it is capitalised."""
    return next(iter(await _all(unit, ALL.where(reports.c.number == number.upper()))), None)


async def ungathered(unit: Unit, limit: int) -> list[Report]:
    """Reports that are in no need yet, the oldest first, locked until the unit ends."""
    return await _all(unit, UNGATHERED, {"most": limit})


async def joiners(unit: Unit, report_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Ids of the people who have a report's problem too, by report, the first one first."""
    if not report_ids:
        return {}
    found = defaultdict[str, tuple[str, ...]](tuple)
    for row in await unit.connection.execute(JOINERS, {"ids": list(report_ids)}):
        found[row.report] += (row.person,)
    return dict(found)


async def of_need(unit: Unit, need_id: str) -> list[Report]:
    """The reports of a need, the oldest first."""
    return await _all(unit, STANDING.where(reports.c.need == need_id).order_by(reports.c.at))


async def between(unit: Unit, start: datetime, end: datetime) -> list[Report]:
    """Reports filed from `start` on and before `end`, withdrawn ones too, the oldest first."""
    span = (reports.c.at >= start, reports.c.at < end)
    return await _all(unit, ALL.where(*span).order_by(reports.c.at))


async def waiting_for_person(unit: Unit) -> list[Report]:
    """Open reports whose domain a person must decide, the oldest first."""
    return await _all(unit, UNDECIDED)
