"""Reports and needs about the same problem at the same spot, each way found by an index.

Made once: to put such a statement together costs more than to run it. Each is a union of
plain look-ups, since an "or" would keep databases from using any index.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, union, union_all

from bot.model.proposal import Stage
from bot.model.report import Report
from bot.model.vicinity import road
from bot.storage.database import Unit
from bot.storage.reports import STILL_OPEN, report
from bot.storage.tables import joins, needs, proposals, reports
from intents.reading import Place

DEGREE = 111_320
"""Metres in a degree of latitude."""

MOST = 4
"""Reports nearby that are worth looking at."""

_recent = reports.c.at >= bindparam("since")
_named = reports.c.place_name == bindparam("name")
_people = 1 + select(func.count()).where(joins.c.report == reports.c.id).scalar_subquery()


def _within(table: Any) -> ColumnElement[bool]:
    return and_(
        table.c.lat.between(bindparam("south"), bindparam("north")),
        table.c.lon.between(bindparam("west"), bindparam("east")),
    )


_SAMENESS: Mapping[str, ColumnElement[bool]] = {
    "kind": reports.c.kind == bindparam("same"),
    "domain": reports.c.domain == bindparam("same"),
    "unknown": reports.c.domain.is_(None),
}
_AROUND: Mapping[str, tuple[ColumnElement[bool], ...]] = {
    "name": (_named,),
    "district": (_named, reports.c.district == bindparam("of")),
    "point": (_within(reports), and_(_named, reports.c.lat.is_(None))),
}


def _reports(same: ColumnElement[bool], ways: tuple[ColumnElement[bool], ...]) -> Any:
    """Each way ends at its newest few: a district has many reports of one kind in a month, and
    who has each is counted for those alone that are shown."""
    found = union(*(_newest(same, way) for way in ways)).subquery()
    near = select(reports).where(reports.c.id.in_(select(found.c.id)))
    return near.add_columns(_people.label("people")).order_by(reports.c.at.desc()).limit(MOST)


def _newest(same: ColumnElement[bool], way: ColumnElement[bool]) -> Any:
    newest = select(reports.c.id).where(same, _recent, way, *STILL_OPEN)
    listed = newest.order_by(reports.c.at.desc()).limit(MOST).subquery()
    return select(listed.c.id)


REPORTS = {
    (by, around): _reports(same, ways)
    for by, same in _SAMENESS.items()
    for around, ways in _AROUND.items()
}

ENDED = (Stage.OPERATING.value, Stage.DECLINED.value)
_going = ~exists().where(proposals.c.need == needs.c.id, proposals.c.stage.in_(ENDED))
_spoken = exists().where(reports.c.need == needs.c.id, _recent)
_in_domain = needs.c.domain.is_not_distinct_from(bindparam("domain"))
# The same kind; where either has none, the same domain, which may be unknown too.
_KINDS: Mapping[bool, ColumnElement[bool]] = {
    True: or_(needs.c.kind == bindparam("kind"), and_(needs.c.kind.is_(None), _in_domain)),
    False: _in_domain,
}
_WAYS: Mapping[str, ColumnElement[bool]] = {
    "placeless": needs.c.place_name.is_(None),
    "name": needs.c.place_name == bindparam("name"),
    "road": needs.c.road == bindparam("road"),
    "point": _within(needs),
}
_ROUTES = (
    ("placeless",),
    ("name",),
    ("name", "road"),
    ("name", "point"),
    ("name", "road", "point"),
)


def _needs(kind: ColumnElement[bool], ways: tuple[str, ...]) -> Any:
    found = (select(needs.c.id).where(_WAYS[way], kind, _spoken, _going) for way in ways)
    return union_all(*found)


NEEDS: Mapping[tuple[bool, tuple[str, ...]], Any] = {
    (known, ways): _needs(kind, ways) for known, kind in _KINDS.items() for ways in _ROUTES
}


async def reports_near(
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
    rows = await unit.connection.execute(REPORTS[by, around], {"since": since, **same, **values})
    return [(report(row), row.people) for row in rows]


async def needs_near(
    unit: Unit,
    domain: str | None,
    kind: str | None,
    since: datetime,
    place: Place | None,
    metres: float,
) -> list[str]:
    """Ids of open needs of the same problem that may be about this spot, spoken of since then.

    May be: of the same name, on the same road, or in a square of twice `metres`; without a
    place those that have none either.
    """
    ways: dict[str, dict[str, Any]] = dict(_ways(place, metres))
    values = {"domain": domain, "since": since, **({"kind": kind} if kind else {})}
    for told in ways.values():
        values.update(told)
    found = await unit.connection.scalars(NEEDS[bool(kind), tuple(ways)], values)
    return list(dict.fromkeys(found))


def _ways(place: Place | None, metres: float) -> Iterator[tuple[str, dict[str, Any]]]:
    """The ways to a need about the place, with the values each looks for, in _ROUTES' order."""
    if place is None:
        yield "placeless", {}
        return
    yield "name", {"name": place.name}
    along = road(place)
    if along:
        yield "road", {"road": along}
    square = _square(place, metres)
    if square:
        yield "point", square


def _sameness(domain: str | None, kind: str | None) -> tuple[str, dict[str, Any]]:
    if kind:
        return "kind", {"same": kind}
    return ("domain", {"same": domain}) if domain else ("unknown", {})


def _around(place: Place, metres: float) -> tuple[str, dict[str, Any]]:
    named = {"name": place.name}
    square = _square(place, metres)
    if square:
        return "point", {**named, **square}
    return ("district", {**named, "of": place.district}) if place.district else ("name", named)


def _square(place: Place, metres: float) -> dict[str, float]:
    """Its sides in degrees; empty for a place without a point."""
    if place.lat is None or place.lon is None:
        return {}
    tall = metres / DEGREE
    wide = tall / max(math.cos(math.radians(place.lat)), 0.01)
    south, north = place.lat - tall, place.lat + tall
    return {"south": south, "north": north, "west": place.lon - wide, "east": place.lon + wide}
