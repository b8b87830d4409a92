"""What speaks for a need: how many, since when, where, in whose words. Nobody's identity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.model.need import Need
from bot.model.report import Report
from bot.model.vicinity import vicinity
from bot.pipeline.quotes import quotes
from intents.reading import Place

_DECIMALS = 3
"""Of a degree: about 100 metres, a block and not a door."""

_Spot = tuple[str, str | None, tuple[float, float] | None]


def evidence(
    need: Need,
    reports: Sequence[Report],
    surveys: Sequence[Mapping[str, Any]],
    timezone: str,
    mark: str,
) -> Mapping[str, Any]:
    """The `evidence` of a proposal's document.

    `surveys` are tallies in the schema's own form; `mark` stands where a text had the
    number of a house. Weeks are those of `timezone`.
    """
    return {
        "people": need.people,
        "reports": len(reports),
        "surveys": [dict(tally) for tally in surveys],
        "span": {"first": need.first.isoformat(), "last": need.last.isoformat()},
        "trend": list(_weeks(reports, ZoneInfo(timezone))),
        "districts": _districts(reports),
        "places": {"type": "FeatureCollection", "features": _features(reports)},
        "quotes": list(quotes(reports, mark)),
    }


def _weeks(reports: Sequence[Report], zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """Reports by week from the first to the last, weeks without any included."""
    if not reports:
        return
    counts = Counter(_monday(r.at.astimezone(zone).date()) for r in reports)
    monday, last = min(counts), max(counts)
    while monday <= last:
        yield {"week": monday.isoformat(), "reports": counts[monday]}
        monday += timedelta(weeks=1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _districts(reports: Sequence[Report]) -> list[str]:
    """Districts, the one with most reports first."""
    counts = Counter(r.place.district for r in reports if r.place and r.place.district)
    return sorted(counts, key=lambda name: (-counts[name], name))


def _features(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """A GeoJSON feature for each generalised place, the one with most reports first."""
    spots = Counter(_spot(r.place) for r in reports if r.place)
    ranked = sorted(spots.items(), key=lambda item: (-item[1], str(item[0])))
    return [_feature(spot, number) for spot, number in ranked]


def _spot(place: Place) -> _Spot:
    rounded = None
    if place.lat is not None and place.lon is not None:
        rounded = (round(place.lon, _DECIMALS), round(place.lat, _DECIMALS))
    return (vicinity(place), place.district, rounded)


def _feature(spot: _Spot, reports: int) -> dict[str, Any]:
    name, district, point = spot
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    properties = {"name": name, "district": district, "reports": reports}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
