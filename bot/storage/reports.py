"""Reports, found by whose, where, when and which."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select

from bot.model.report import Report, ReportStage
from bot.storage.database import Unit
from bot.storage.lists import among, even
from bot.storage.places import columns, place
from bot.storage.tables import joins, reports
from intents.reading import Place, Urgency

DEGREE = 111_320
"""Metres in a degree of latitude."""

MOST = 4
"""Reports nearby that are worth looking at."""

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
OPEN = ALL.where(
    reports.c.stage.in_((ReportStage.RECEIVED.value, ReportStage.WORKING.value)),
    ~reports.c.erased,
)
MINE = STANDING.where(reports.c.person == bindparam("by")).order_by(reports.c.at.desc())
UNGATHERED = (
    STANDING.where(reports.c.need.is_(None), ~reports.c.erased)
    .order_by(reports.c.at)
    .limit(bindparam("most"))
)
UNDECIDED = OPEN.where(reports.c.domain.is_(None)).order_by(reports.c.at)
_named = reports.c.place_name == bindparam("name")
_SAMENESS: Mapping[str, ColumnElement[bool]] = {
    "kind": reports.c.kind == bindparam("same"),
    "domain": reports.c.domain == bindparam("same"),
    "unknown": reports.c.domain.is_(None),
}
_AROUND: Mapping[str, ColumnElement[bool]] = {
    "name": _named,
    "district": or_(_named, reports.c.district == bindparam("of")),
    "point": or_(
        and_(
            reports.c.lat.between(bindparam("south"), bindparam("north")),
            reports.c.lon.between(bindparam("west"), bindparam("east")),
        ),
        and_(reports.c.lat.is_(None), _named),
    ),
}
_people = 1 + select(func.count()).where(joins.c.report == reports.c.id).scalar_subquery()
# Made once: to make such a statement costs more than to run it.
NEAR = {
    (by, around): OPEN.add_columns(_people.label("people"))
    .where(same, reports.c.at >= bindparam("since"), there)
    .order_by(reports.c.at.desc())
    .limit(MOST)
    for by, same in _SAMENESS.items()
    for around, there in _AROUND.items()
}
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


async def mine(unit: Unit, person_id: str) -> list[Report]:
    """A person's own reports, the newest first, those taken back left out."""
    return await _all(unit, MINE, {"by": person_id})


async def by_number(unit: Unit, number: str) -> Report | None:
    """The report of a case number, however it is capitalised."""
    return next(iter(await _all(unit, ALL.where(reports.c.number == number.upper()))), None)


async def near(
    unit: Unit,
    domain: str | None,
    kind: str | None,
    since: datetime,
    place: Place | None,
    metres: float,
) -> list[tuple[Report, int]]:
    """Open reports of the same problem around a place, the newest first, and how many people
    have each.

    The same problem is the same kind, or the same domain where no kind is known. Around
    means a square of twice `metres`; by name or district where the place has no point.
    """
    if place is None:
        return []
    around, values = _around(place, metres)
    by, same = _sameness(domain, kind)
    rows = await unit.connection.execute(NEAR[by, around], {"since": since, **same, **values})
    return [(report(row), row.people) for row in rows]


def _sameness(domain: str | None, kind: str | None) -> tuple[str, dict[str, Any]]:
    if kind:
        return "kind", {"same": kind}
    return ("domain", {"same": domain}) if domain else ("unknown", {})


def _around(place: Place, metres: float) -> tuple[str, dict[str, Any]]:
    named = {"name": place.name}
    if place.lat is None or place.lon is None:
        return ("district", {**named, "of": place.district}) if place.district else ("name", named)
    tall = metres / DEGREE
    wide = tall / max(math.cos(math.radians(place.lat)), 0.01)
    south, north = place.lat - tall, place.lat + tall
    west, east = place.lon - wide, place.lon + wide
    return "point", {**named, "south": south, "north": north, "west": west, "east": east}


async def ungathered(unit: Unit, limit: int) -> list[Report]:
    """Reports that are in no need yet, the oldest first."""
    return await _all(unit, UNGATHERED, {"most": limit})


async def joiners(unit: Unit, report_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Ids of the people who have a report's problem too, by report, the first one first."""
    if not report_ids:
        return {}
    found = defaultdict[str, tuple[str, ...]](tuple)
    for row in await unit.connection.execute(JOINERS, {"ids": even(report_ids)}):
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
