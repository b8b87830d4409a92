"""Places laid out flat in columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.model.vicinity import road
from intents.reading import Place

COLUMNS = ("place_name", "place_kind", "district", "village", "lat", "lon")


def columns(place: Place | None) -> dict[str, Any]:
    """A place as columns, all NULL for none."""
    if place is None:
        return dict.fromkeys(COLUMNS)
    parts = (place.name, place.kind, place.district, place.village, place.lat, place.lon)
    return dict(zip(COLUMNS, parts, strict=True))


def spot(place: Place | None) -> dict[str, Any]:
    """A need's place as columns, with its road beside it to be looked for."""
    return {**columns(place), "road": road(place) if place else None}


def place(row: Mapping[Any, Any]) -> Place | None:
    """The place in a row's columns."""
    return None if row["place_name"] is None else Place(*(row[name] for name in COLUMNS))


def blurred(place: Place | None) -> Place | None:
    """What may stay of a place whose reporter wants nothing kept: the district."""
    district = place.district if place else None
    return Place(district, "district", district) if district else None
