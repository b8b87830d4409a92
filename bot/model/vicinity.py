"""Places as the public may see them: a road, a station, a village, never a house."""

from __future__ import annotations

import re

from intents.reading import Place

_PREFIX = re.compile(
    r"^\d*(?:[臺台]灣)?(?:[臺台]北[市巿])?(?:[一-鿿]{1,3}區(?![路街]|$))?(?:[一-鿿]{1,4}里(?![仁路街]|$))?"
)
_ROAD = re.compile(r"[一-鿿]{1,10}?(?:路(?!街)|街|大道)(?:[一二三四五六七八九十\d]{1,3}段)?")
_LANE = re.compile(r"(\d+)巷")
_HAN = "〇零一二三四五六七八九十百"
_HOUSE = re.compile(
    r"(?:\d+(?:[-－~之]\d+)*|(?<=[路街段巷弄])[" + _HAN + r"]+(?:之[" + _HAN + r"]+)?)"
    r"(?:巷|弄|樓|號(?!出口|線|月[臺台]|公車))(?:之(?:\d+|[" + _HAN + r"]+))?"
    r"|(?<![A-Za-z])(?:no|lane|ln|alley|aly)\b\.?\s*\d+(?:-\d+)?"
    r"|(?<![A-Za-z0-9])\d+\s?f(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])\d+(?:-\d+)?,?(?=\s(?:[A-Z][a-z]+\s){1,3}(?:Road|Rd|Street|St|Boulevard|Blvd)\b)",
    re.IGNORECASE,
)


def road(place: Place) -> str | None:
    """The road of a road or address with its section, None where none is named."""
    if place.kind not in ("road", "address"):
        return None
    bare = _PREFIX.sub("", place.name)
    if place.kind == "road":
        return without_houses(bare, "")
    found = _ROAD.search(bare)
    return found[0] if found else None


def lane(place: Place) -> str | None:
    """The number of the lane that a place names, None where it names none."""
    found = _LANE.search(place.name)
    return found[1] if found else None


def vicinity(place: Place) -> str:
    """What may be said of a place aloud; empty when only the exact spot is known.

    An address becomes its road, a shared point its village or district.
    """
    if place.kind == "point":
        return f"{place.district or ''}{place.village or ''}"
    area = place.district or "" if place.kind == "address" else without_houses(place.name, "")
    return road(place) or area.strip()


def without_houses(text: str, mark: str) -> str:
    """The text with numbers of lanes, houses and floors replaced by one `mark` each run."""
    masked = _HOUSE.sub("\x00", text)
    return re.sub("\x00(?:[\\s,]*\x00)*", lambda _: mark, masked)
