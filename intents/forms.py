"""The ways in which people write one name of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intents.normalise import fold, normalise

_SURE = 4
"""A station's name of this many characters is sure without 站 (大安 is not, 忠孝復興 is)."""

_SECTION = re.compile("[一二三四五六七八九]段$")
_SHORT = re.compile("^(.{1,3})(?:路|大道|街)([一二三四五六七八九]段)$")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)*")
_ENGLISH = re.compile("[\0-\u024f‘’]+$")
_LONG = {
    "rd": "road", "st": "street", "sec": "section", "ave": "avenue", "blvd": "boulevard",
    "ln": "lane", "aly": "alley", "n": "north", "e": "east", "s": "south", "w": "west",
    "dist": "district", "vil": "village", "sta": "station", "number": "no",
}  # fmt: skip
_NEVER_BARE = frozenset({"village", "road", "station"})
"""Kinds whose English name of one word could be anything."""

_SUFFIXES = {"village": "里", "district": "區"}

Word = tuple[str, int, int]
"""An English word with where it starts and stops."""


def section_base(name: str) -> str:
    """民生東路 of 民生東路三段, `Bade Rd.` of `Sec. 1, Bade Rd.`; the name itself if whole."""
    return re.sub(r"^sec\S*\s*\d+\s*,\s*", "", _SECTION.sub("", name), flags=re.IGNORECASE)


def shown(name: str, kind: str) -> str:
    """A name as the city writes it: 臺 for 台 but in 富台里, stations with 站."""
    proper = name if kind == "village" else name.replace("台", "臺")
    return f"{proper}站" if kind == "station" and not proper.endswith("站") else proper


def bare_station(name: str) -> str:
    """大安 of 捷運大安站; 臺北車站 stays whole."""
    bare = name.removeprefix("捷運").removesuffix("捷運站")
    return bare if bare.endswith("車站") else bare.removesuffix("站")


def chinese_forms(name: str, kind: str, aliases: tuple[str, ...]) -> Iterator[str]:
    """Folded Chinese forms of a name that say surely what is meant."""
    for form in {fold(normalise(n)) for n in (name, *aliases)}:
        if form.isascii():
            continue
        if kind == "station":
            yield from _station_forms(form)
        elif kind == "road" and len(form) == 2 and form in name:
            continue  # 前街 could be anything
        elif kind == "road":
            yield from _road_forms(form)
        elif len(form) > 1 and not (kind == "village" and not form.endswith("里")):
            yield form


def doubtful_forms(name: str, kind: str) -> Iterator[str]:
    """Folded forms that are this place only where no other place is called so."""
    for part in fold(name).split("/") if kind == "station" else ():
        if len(bare_station(part)) >= _SURE:
            yield bare_station(part)


def _road_forms(form: str) -> Iterator[str]:
    """民生東路三段, and 民生東三段 as people say it."""
    yield form
    if short := _SHORT.match(form):
        yield short[1] + short[2]


def _station_forms(form: str) -> Iterator[str]:
    for part in form.split("/"):
        bare = bare_station(part)
        full = bare if bare.endswith("車") else f"{bare}站"
        whole = bare if bare.endswith("站") else f"{bare}站"
        yield from {full, whole, f"捷運{bare}", f"捷運{whole}", f"{bare}捷運站"}


def english_words(folded: str) -> tuple[Word, ...]:
    """Lower-case words, apostrophes closed up, abbreviations of streets written out."""
    found = ((m[0].replace("'", "").replace("’", ""), m) for m in _WORD.finditer(folded))
    return tuple((_LONG.get(word, word), m.start(), m.end()) for word, m in found)


def english_forms(kind: str, aliases: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """English forms of a place as tuples of words."""
    for alias in aliases:
        words = english_words(fold(normalise(alias))) if _ENGLISH.match(alias) else ()
        if words:
            yield from _english_variants(kind, tuple(word for word, _, _ in words))


def doubtful_english(kind: str, aliases: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """English forms that are this place only where no other place is called so."""
    for form in english_forms(kind, aliases) if kind == "station" else ():
        if len(form) > 2 and form[-1] == "station" and form[-2] != "mrt":
            yield form[:-1]


def _english_variants(kind: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if kind == "station":
        bare = tuple(w for w in words if w not in ("mrt", "station"))
        yield from {(*bare, "station"), ("mrt", *bare), (*bare, "mrt"), (*bare, "mrt", "station")}
    elif words[0] == "section" and len(words) > 2:
        yield words
        yield (*words[2:], *words[:2])
    elif len(words) > 1 or kind not in _NEVER_BARE:
        yield words
