"""Places named in a text, found in a list of the city's districts, villages, roads, stations."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from intents.forms import chinese_forms, english_forms, english_words, section_base, shown
from intents.ground import Area, Ground
from intents.normalise import fold, normalise
from intents.reading import Place

__all__ = ["Area", "Entry", "Gazetteer", "metres"]

_EARTH = 6_371_000.0
_NUMBER = "[0-9一二三四五六七八九十百]+"
_TAIL = re.compile(
    rf"(?P<lane>\s*{_NUMBER}\s*巷)?(?P<alley>\s*{_NUMBER}\s*弄)?"
    r"(?P<house>\s*[0-9]+(?:[之-][0-9]+)?\s*號(?:之[0-9]+)?)?"
)
# The more exactly a kind says where something is, the earlier it stands.
_RANKS = {"address": 0, "road": 2, "village": 3, "district": 4}
_LANDMARK = 1
# 大安區域, 光復里程 and the like are other words.
_NOT_AFTER = {"village": "程面頭", "district": "域塊間"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the city's list of places. `kind` is district, village, road, station or
    the city's own word (park, market …); `aliases` are other names, English ones included.

    A road through several districts has one Entry for each; `lat` and `lon` are WGS 84
    degrees.
    """

    name: str
    kind: str
    district: str | None
    village: str | None
    lat: float | None
    lon: float | None
    aliases: tuple[str, ...] = ()


Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Form(Generic[Key]):
    """One way to write a name, and every entry that is written so."""

    written: Key
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    """Entries named at one spot; `tail` is 113巷8號 behind a road."""

    at: int
    entries: tuple[Entry, ...]
    tail: str = ""


class Gazetteer:
    """The city's places, ready to be looked up by text or by point.

    Districts and villages of `areas` are known by name even where `entries` lack them.
    """

    def __init__(self, entries: Sequence[Entry], areas: Sequence[Area]) -> None:
        self._ground = Ground(areas)
        listed = [_grounded(entry, self._ground) for entry in entries]
        every = _distinct((*listed, *_ground_entries(self._ground), *_base_roads(entries)))
        self._chinese = _index(every, lambda e: chinese_forms(e.name, e.kind, e.aliases), 2)
        self._english = _index(every, lambda e: english_forms(e.kind, e.aliases), 1)

    def find(self, text: str) -> tuple[Place, ...]:
        """The places that a text names, the most exact first, each once.

        A road in several districts has none unless the text names one of them.
        """
        folded = fold(normalise(text))
        hits = [*self._written(folded), *self._spoken(folded)]
        if not hits:
            return ()
        known = _districts(hits)
        placed = [(hit.at, _place(hit, known)) for hit in hits]
        placed.sort(key=lambda pair: (_RANKS.get(pair[1].kind, _LANDMARK), pair[0]))
        return tuple({(place.name, place.district): place for _, place in placed}.values())

    def locate(self, lat: float, lon: float) -> Place | None:
        """The point as a Place with its district and village; None outside the city."""
        area = self._ground.at(lat, lon)
        if area is None:
            return None
        name = f"{area.district}{area.village}"
        return Place(name, "point", area.district, area.village, lat, lon)

    def _written(self, folded: str) -> Iterator[_Hit]:
        """Places in Chinese: at each character the longest name, with its 巷弄號."""
        at = 0
        while at < len(folded) - 1:
            form = self._longest(folded, at)
            if form is None:
                at += 1
                continue
            stop = at + len(form.written)
            tail = _TAIL.match(folded, stop) if form.entries[0].kind == "road" else None
            yield _Hit(at, form.entries, tail[0].replace(" ", "") if tail else "")
            at = tail.end() if tail else stop

    def _longest(self, folded: str, at: int) -> _Form[str] | None:
        for form in self._chinese.get(folded[at : at + 2], ()):
            after = at + len(form.written)
            barred = _NOT_AFTER.get(form.entries[0].kind, "")
            if folded.startswith(form.written, at) and folded[after : after + 1] not in [*barred]:
                return form
        return None

    def _spoken(self, folded: str) -> Iterator[_Hit]:
        """Places in English, by whole words."""
        words = english_words(folded)
        at = 0
        while at < len(words):
            forms = self._english.get(words[at : at + 1], ())
            found = next((f for f in forms if words[at : at + len(f.written)] == f.written), None)
            if found:
                yield _Hit(at, found.entries)
            at += len(found.written) if found else 1


def metres(a: Place, b: Place) -> float | None:
    """The distance over ground in metres; None where either has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, south = math.radians(a.lat), math.radians(b.lat)
    across = math.sin(math.radians(b.lon - a.lon) / 2) ** 2 * math.cos(north) * math.cos(south)
    return 2 * _EARTH * math.asin(math.sqrt(math.sin((south - north) / 2) ** 2 + across))


def _index(
    entries: Iterable[Entry], forms: Callable[[Entry], Iterable[Key]], width: int
) -> Mapping[Key, tuple[_Form[Key], ...]]:
    """Forms by their first `width` characters or words, the longest form first."""
    written: dict[Key, list[Entry]] = {}
    for entry in entries:
        for form in dict.fromkeys(forms(entry)):
            written.setdefault(form, []).append(entry)
    index: dict[Key, list[_Form[Key]]] = {}
    for form, of in written.items():
        index.setdefault(form[:width], []).append(_Form(form, _one_kind(of)))  # type: ignore[index]
    return {
        start: tuple(sorted(some, key=lambda f: -len(f.written)))  # type: ignore[arg-type]
        for start, some in index.items()
    }


def _one_kind(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries of the most exact kind among those written alike."""
    kind = min((e.kind for e in entries), key=lambda k: _RANKS.get(k, _LANDMARK))
    return tuple(e for e in entries if e.kind == kind)


def _distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each name once a district; the first, which the city itself lists, stays."""
    kept: dict[tuple[str, str, str | None], Entry] = {}
    for entry in entries:
        kept.setdefault((fold(entry.name), entry.kind, entry.district), entry)
    return tuple(kept.values())


def _grounded(entry: Entry, ground: Ground) -> Entry:
    """The entry with the district and village of its point, where its line told none."""
    if entry.district or entry.lat is None or entry.lon is None:
        return entry
    area = ground.at(entry.lat, entry.lon)
    return replace(entry, district=area.district, village=area.village) if area else entry


def _base_roads(entries: Iterable[Entry]) -> Iterator[Entry]:
    """民生東路 for 民生東路三段: people often leave the section out."""
    for entry in entries:
        base = section_base(entry.name)
        if entry.kind == "road" and base != entry.name:
            aliases = tuple(section_base(alias) for alias in entry.aliases)
            yield Entry(base, "road", entry.district, None, None, None, aliases)


def _ground_entries(ground: Ground) -> Iterator[Entry]:
    for district, (lat, lon) in ground.districts().items():
        yield Entry(district, "district", district, None, lat, lon)
    for area, lat, lon in ground.villages():
        yield Entry(area.village, "village", area.district, area.village, lat, lon)


def _districts(hits: Iterable[_Hit]) -> frozenset[str]:
    """The districts that the text says outright, else those of its one-district places."""
    said = frozenset(
        e.district for hit in hits for e in hit.entries if e.kind == "district" and e.district
    )
    sure = (hit.entries[0].district for hit in hits if len(hit.entries) == 1)
    return said or frozenset(d for d in sure if d)


def _place(hit: _Hit, known: frozenset[str]) -> Place:
    """The one entry that fits the known districts, else what all entries agree on."""
    fitting = [e for e in hit.entries if e.district in known]
    one = fitting[0] if len(fitting) == 1 else hit.entries[0]
    name = shown(one.name, one.kind)
    place = Place(name, one.kind, one.district, one.village, one.lat, one.lon)
    if len(fitting) != 1 and len(hit.entries) > 1:
        place = replace(place, district=None, village=None, lat=None, lon=None)
    if hit.tail:
        place = replace(place, name=place.name + hit.tail, kind="address")
    return place
