"""Which district a named place lies in, by its house number and by what the text says near it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from intents import crossings
from intents.entry import ELSEWHERE, WORD, Entry, Stretch
from intents.forms import section_base
from intents.spots import Hit
from intents.tails import first_number

_NEAR = 8
"""Characters between two places that are told as one spot."""

_LEAD = 4
"""Characters before a place in which a district may lead to it: 大安的文昌街."""

_GOING = re.compile("[往到從至走去開搭騎回]|前往|方向|to |from ")
_JOINED = re.compile("[市縣的 ]{0,2}")

Stretches = Mapping[str, Sequence[Stretch]]
"""The stretches of each road that runs through several districts."""


def inside(hits: Iterable[Hit], folded: str) -> list[Hit]:
    """The hits that lie in the city: 板橋區文化路 does not, and neither do mere words."""
    kept: list[Hit] = []
    away = -1
    for hit in hits:
        joined = away >= 0 and _JOINED.fullmatch(folded, away, hit.at) is not None
        if hit.kind == ELSEWHERE or joined:
            away = hit.stop
        elif hit.kind != WORD:
            kept.append(hit)
            away = -1
    return kept


def whole(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without roads that the text names with their section elsewhere."""
    sections = {
        section_base(e.name) for hit in hits for e in hit.entries[:1] if e.kind == "road"
        and section_base(e.name) != e.name
    }  # fmt: skip
    return [hit for hit in hits if hit.tail or hit.across or hit.entries[0].name not in sections]


def settled(hit: Hit, hits: Sequence[Hit], folded: str, stretches: Stretches) -> tuple[Entry, ...]:
    """The entries that a hit can mean: one where its district is certain."""
    entries = hit.entries
    if hit.across:
        entries = _within(_one_each(hit), crossings.districts(hit))
    if len(entries) > 1:
        entries = _within(entries, _by_number(hit, stretches))
    if len(entries) > 1:
        entries = _within(entries, _near(hit, hits, folded))
    if len(entries) > 1:
        entries = _within(entries, _said(hits))
    if len(entries) > 1:
        entries = _within(entries, _led(hit, entries, folded))
    return entries


def _one_each(hit: Hit) -> tuple[Entry, ...]:
    """An entry for each district of two roads."""
    return tuple({e.district: e for e in (*hit.across, *hit.entries)}.values())


def _within(entries: Sequence[Entry], districts: Collection[str]) -> tuple[Entry, ...]:
    """The entries in those districts; all where none is."""
    return tuple(e for e in entries if e.district in districts) or tuple(entries)


def _by_number(hit: Hit, stretches: Stretches) -> frozenset[str]:
    """The districts of the road that have that number."""
    number = first_number(hit.tail) if hit.kind == "road" else None
    if number is None:
        return frozenset()
    along = stretches.get(hit.entries[0].name, ())
    return frozenset(s.district for s in along if s.holds(number))


def _near(hit: Hit, hits: Sequence[Hit], folded: str) -> frozenset[str]:
    """The districts of places told right before or behind."""
    return frozenset(
        other.entries[0].district or ""
        for other in hits
        if other is not hit and len(other.entries) == 1 and _beside(other, hit, folded)
    )


def _beside(one: Hit, other: Hit, folded: str) -> bool:
    first, second = (one, other) if one.at < other.at else (other, one)
    between = folded[first.stop : second.at]
    return len(between) <= _NEAR and not _GOING.search(between)


def _led(hit: Hit, entries: Iterable[Entry], folded: str) -> frozenset[str]:
    """The districts told without 區 before the place: alone 大安 could be anything, but here
    it tells two districts apart."""
    before = folded[max(0, hit.at - _LEAD) : hit.at]
    return frozenset(e.district for e in entries if e.district and e.district[:-1] in before)


def _said(hits: Iterable[Hit]) -> frozenset[str]:
    """The districts that the text says outright."""
    return frozenset(hit.entries[0].district or "" for hit in hits if hit.kind == "district")
