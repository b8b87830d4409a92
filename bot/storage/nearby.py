"""Reports and needs about the same problem at the same spot, each way found by an index.

Many problems are looked up in one statement, made once for each length of their list: to put
such a statement together costs more than to run it. Each is a union of plain look-ups, since
an "or" would keep databases from using any index.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.types import TypeEngine

from bot.model.proposal import Stage
from bot.model.report import Problem, Report
from bot.model.vicinity import road
from bot.storage.database import Unit
from bot.storage.lists import among, asked, even, given
from bot.storage.reports import STILL_OPEN, report
from bot.storage.tables import joins, needs, proposals, reports
from intents.reading import Place

DEGREE = 111_320
"""Metres in a degree of latitude."""

MOST = 4
"""Reports nearby that are worth looking at."""

SIDES = ("south", "north", "west", "east")
"""Of a square, in degrees; all else that is looked for is text."""

Terms = Mapping[str, Any]
"""What is looked for, by name; the names tell which ways there are to find it."""

_recent = reports.c.at >= bindparam("since")
_people = 1 + select(func.count()).where(joins.c.report == reports.c.id).scalar_subquery()
SHOWN = (
    select(reports, _people.label("people"))
    .where(among(reports.c.id, "ids"))
    .order_by(reports.c.at.desc())
)

_ended = or_(*(proposals.c.stage == stage.value for stage in (Stage.OPERATING, Stage.DECLINED)))
_going = ~exists().where(proposals.c.need == needs.c.id, _ended)
_spoken = exists().where(reports.c.need == needs.c.id, _recent)


async def reports_near(
    unit: Unit, problems: Collection[Problem], since: datetime, metres: float
) -> dict[Problem, list[tuple[Report, int]]]:
    """Open reports of the same problem around its place, the newest first, and how many people
    have each; a problem that nobody reported since then is left out.

    The same problem is the same kind, or the same domain where no kind is known. Around
    means a square of twice `metres`; by name or district where the place has no point.
    """
    terms = {p: {**_sameness(p), **_around(p.place, metres)} for p in problems if p.place}
    ids = await _found(unit, _open_reports, terms, since)
    if not ids:
        return {}
    every = {one for some in ids.values() for one in some}
    rows = await unit.connection.execute(SHOWN, {"ids": sorted(every)})
    shown = {row.id: (report(row), row.people) for row in rows}
    return {p: [one for i, one in shown.items() if i in ids[p]][:MOST] for p in ids}


async def needs_near(
    unit: Unit, problems: Collection[Problem], since: datetime, metres: float
) -> dict[Problem, set[str]]:
    """Ids of open needs of the same problem that may be about its place, spoken of since then.

    May be: of the same name, on the same road, or in a square of twice `metres`; without a
    place those that have none either. A problem with no such need is left out.
    """
    terms = {p: {**_about(p), **_along(p.place, metres)} for p in problems}
    return await _found(unit, _open_needs, terms, since)


async def _found(
    unit: Unit, statement: Any, terms: Mapping[Problem, Terms], since: datetime
) -> dict[Problem, set[str]]:
    """The ids found for each problem; those that are looked for alike in one statement."""
    alike = defaultdict[tuple[str, ...], list[Problem]](list)
    for problem, wanted in terms.items():
        alike[tuple(wanted)].append(problem)
    found = defaultdict[Problem, set[str]](set)
    for names, some in alike.items():
        rows = even([terms[problem] for problem in some])
        values = {"since": since, **given(rows)}
        for row in await unit.connection.execute(statement(names, len(rows)), values):
            for one in row.ids.split(",") if row.ids else ():
                found[some[min(row.nth, len(some) - 1)]].add(one)
    return dict(found)


@cache
def _open_reports(names: tuple[str, ...], number: int) -> Select[Any]:
    """The newest few by each way: a district has many reports of one kind in a month."""
    sought = asked(_columns(names), number)
    same = _same(sought)
    newest = [_newest(sought, same, way) for way in _ways_to_reports(sought)]
    return _listed(sought, union(*newest).subquery())


@cache
def _open_needs(names: tuple[str, ...], number: int) -> Select[Any]:
    sought = asked(_columns(names), number)
    kind = _kind_or_domain(sought)
    ways = _ways_to_needs(sought)
    found = (select(needs.c.id).where(way, kind, _spoken, _going).correlate(sought) for way in ways)
    return _listed(sought, union_all(*found).subquery())


def _columns(names: Iterable[str]) -> Mapping[str, TypeEngine[Any]]:
    return {name: Float() if name in SIDES else Text() for name in names}


def _listed(sought: FromClause, found: FromClause) -> Select[Any]:
    ids = select(func.aggregate_strings(found.c.id, ",")).scalar_subquery()
    return select(sought.c.nth, ids.label("ids"))


def _newest(sought: FromClause, same: ColumnElement[bool], way: ColumnElement[bool]) -> Any:
    newest = select(reports.c.id).where(same, _recent, way, *STILL_OPEN).correlate(sought)
    return select(newest.order_by(reports.c.at.desc()).limit(MOST).subquery())


def _within(table: Any, sought: Any) -> ColumnElement[bool]:
    return and_(
        table.c.lat.between(sought.c.south, sought.c.north),
        table.c.lon.between(sought.c.west, sought.c.east),
    )


def _same(sought: FromClause) -> ColumnElement[bool]:
    if "kind" in sought.c:
        return reports.c.kind == sought.c.kind
    return (
        reports.c.domain == sought.c.domain if "domain" in sought.c else reports.c.domain.is_(None)
    )


def _ways_to_reports(sought: FromClause) -> Iterator[ColumnElement[bool]]:
    named = reports.c.place_name == sought.c.name
    if "south" in sought.c:
        yield _within(reports, sought)
        yield and_(named, reports.c.lat.is_(None))
        return
    yield named
    if "district" in sought.c:
        yield reports.c.district == sought.c.district


def _kind_or_domain(sought: FromClause) -> ColumnElement[bool]:
    """The same kind; where either has none, the same domain, which may be unknown too."""
    in_domain = needs.c.domain.is_not_distinct_from(sought.c.domain)
    if "kind" not in sought.c:
        return in_domain
    return or_(needs.c.kind == sought.c.kind, and_(needs.c.kind.is_(None), in_domain))


def _ways_to_needs(sought: FromClause) -> Iterator[ColumnElement[bool]]:
    if "name" not in sought.c:
        yield needs.c.place_name.is_(None)
        return
    yield needs.c.place_name == sought.c.name
    if "road" in sought.c:
        yield needs.c.road == sought.c.road
    if "south" in sought.c:
        yield _within(needs, sought)


def _sameness(problem: Problem) -> Terms:
    if problem.kind:
        return {"kind": problem.kind}
    return {"domain": problem.domain} if problem.domain else {}


def _around(place: Place, metres: float) -> Terms:
    named = {"name": place.name}
    square = _square(place, metres)
    if square:
        return {**named, **square}
    return {**named, "district": place.district} if place.district else named


def _about(problem: Problem) -> Terms:
    kind = {"kind": problem.kind} if problem.kind else {}
    return {"domain": problem.domain, **kind}


def _along(place: Place | None, metres: float) -> Terms:
    if place is None:
        return {}
    along = road(place)
    named = {"name": place.name, **({"road": along} if along else {})}
    return {**named, **_square(place, metres)}


def _square(place: Place, metres: float) -> dict[str, float]:
    """Its sides in degrees; empty for a place without a point."""
    if place.lat is None or place.lon is None:
        return {}
    tall = metres / DEGREE
    wide = tall / max(math.cos(math.radians(place.lat)), 0.01)
    south, north = place.lat - tall, place.lat + tall
    sides = (south, north, place.lon - wide, place.lon + wide)
    return dict(zip(SIDES, sides, strict=True))
