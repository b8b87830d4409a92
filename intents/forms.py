"""The ways in which people write one name of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intents.normalise import fold, normalise

_TAILS = ("路", "街", "段", "道", "巷", "弄", "里", "區", "站")
_SURE = 4
"""A station's name of this many characters is sure without 站 (大安 is not, 忠孝復興 is)."""

_SECTION = re.compile("[一二三四五六七八九]段$")
_WORD = re.compile("[a-z0-9]+")
_ENGLISH = re.compile("[\0-\u024f‘’]+$")
_LONG = {
    "rd": "road", "st": "street", "sec": "section", "ave": "avenue", "blvd": "boulevard",
    "ln": "lane", "aly": "alley", "n": "north", "e": "east", "s": "south", "w": "west",
    "dist": "district", "vil": "village", "sta": "station",
}  # fmt: skip


def section_base(name: str) -> str:
    """民生東路 of 民生東路三段, `Bade Rd.` of `Sec. 1, Bade Rd.`; the name itself if whole."""
    return re.sub(r"^sec\S*\s*\d+\s*,\s*", "", _SECTION.sub("", name), flags=re.IGNORECASE)


def shown(name: str, kind: str) -> str:
    """A name as the city writes it: 臺 for 台, stations with 站."""
    proper = name.replace("台", "臺")
    return f"{proper}站" if kind == "station" and not proper.endswith("站") else proper


def chinese_forms(name: str, kind: str, aliases: tuple[str, ...]) -> Iterator[str]:
    """Folded Chinese forms of a name. A name that could be anything else is left out."""
    for form in {fold(normalise(n)) for n in (name, *aliases)}:
        if not form.isascii():
            yield from _station_forms(form) if kind == "station" else _plain_forms(form)


def _plain_forms(form: str) -> Iterator[str]:
    if len(form) > 2 or form.endswith(_TAILS):
        yield form


def _station_forms(form: str) -> Iterator[str]:
    for part in form.split("/"):
        bare = part.removeprefix("捷運").removesuffix("捷運站").removesuffix("站")
        full = bare if bare.endswith("車") else f"{bare}站"
        whole = f"{bare}站"
        yield from {full, whole, f"捷運{bare}", f"捷運{whole}", f"{bare}捷運站"}
        if len(bare) >= _SURE:
            yield bare


def english_words(folded: str) -> tuple[str, ...]:
    """Lower-case words, apostrophes closed up, abbreviations of streets written out."""
    closed = folded.replace("'", "").replace("’", "")
    return tuple(_LONG.get(word, word) for word in _WORD.findall(closed))


def english_forms(kind: str, aliases: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """English forms of a place as tuples of words."""
    for alias in aliases:
        words = english_words(fold(normalise(alias))) if _ENGLISH.match(alias) else ()
        if words:
            yield from _english_variants(kind, words)


def _english_variants(kind: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if kind == "station":
        bare = tuple(w for w in words if w not in ("mrt", "station"))
        yield from {(*bare, "station"), ("mrt", *bare), (*bare, "mrt")}
        if len(bare) > 1:
            yield bare
    elif words[0] == "section" and len(words) > 2:
        yield words
        yield (*words[2:], *words[:2])
    elif len(words) > 1:
        yield words
