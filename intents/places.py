"""Places named in a text, found in a list of the city's districts, villages, roads, stations."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from intents import crossings
from intents.crossings import crossed
from intents.entry import ELSEWHERE, WORD, Entry, Stretch
from intents.forms import bare_station, section_base, shown
from intents.ground import Area, Ground
from intents.normalise import fold, normalise
from intents.reading import Place
from intents.settle import inside, settled, whole
from intents.spots import LANDMARK, RANKS, Hit, Spots

__all__ = ["ELSEWHERE", "WORD", "Area", "Entry", "Gazetteer", "Stretch", "metres"]

_EARTH = 6_371_000.0


class Gazetteer:
    """The city's places, ready to be looked up by text or by point.

    Districts and villages of `areas` are known by name even where `entries` lack them.
    `stretches` tell in which district a house stands, of roads through several.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        areas: Sequence[Area],
        stretches: Sequence[Stretch] = (),
    ) -> None:
        self._ground = Ground(areas)
        listed = [_grounded(entry, self._ground) for entry in entries]
        named = [entry for entry in listed if entry.kind != "exit"]
        every = _distinct((*named, *_ground_entries(self._ground), *_base_roads(entries)))
        self._spots = Spots(every)
        self._exits = {entry.name: entry for entry in listed if entry.kind == "exit"}
        self._stations = _stations(every)
        self._stretches = _by_road(stretches)

    def find(self, text: str) -> tuple[Place, ...]:
        """The places that a text names, the most exact first, each once.

        One that lies in several districts, of which the text tells none, has no district;
        its `candidates` are the same place in each.
        """
        folded = fold(normalise(text))
        hits = self._spots.find(folded)
        if not hits:
            return ()
        kept = whole(crossed(inside(hits, folded), folded))
        placed = [self._place(hit, settled(hit, kept, folded, self._stretches)) for hit in kept]
        placed.sort(key=lambda place: RANKS.get(place.kind, LANDMARK))
        return tuple({(place.name, place.district): place for place in placed}.values())

    def locate(self, lat: float, lon: float) -> Place | None:
        """The point as a Place with its district and village; None outside the city."""
        area = self._ground.at(lat, lon)
        if area is None:
            return None
        name = f"{area.district}{area.village}"
        return Place(name, "point", area.district, area.village, lat, lon)

    def _place(self, hit: Hit, entries: Sequence[Entry]) -> Place:
        """The one entry that a hit means, else a place without district, with candidates."""
        places = [self._exact(hit, entry) for entry in entries]
        if len(places) == 1:
            return places[0]
        bare = replace(places[0], district=None, village=None, lat=None, lon=None)
        return replace(bare, candidates=tuple(places))

    def _exact(self, hit: Hit, entry: Entry) -> Place:
        """The entry as a place with what stands behind its name."""
        if hit.across:
            return Place(crossings.names(hit), "crossing", entry.district)
        station = self._stations.get(fold(bare_station(entry.name)))
        if hit.tail and station is not None and entry.kind != "road":
            return self._exit(station, hit.tail)
        place = Place(
            shown(entry.name, entry.kind),
            entry.kind,
            entry.district,
            entry.village,
            entry.lat,
            entry.lon,
        )
        if hit.tail and entry.kind == "road":
            return replace(place, name=place.name + hit.tail, kind="address")
        return place

    def _exit(self, station: Entry, number: str) -> Place:
        """A station's exit; the station's own point where the exit's is not known."""
        mark = "出口" if number.startswith("M") else "號出口"
        name = f"{shown(station.name, 'station')}{number}{mark}"
        at = self._exits.get(name, station)
        return Place(name, "exit", at.district, at.village, at.lat, at.lon)


def metres(a: Place, b: Place) -> float | None:
    """The distance over ground in metres; None where either has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, south = math.radians(a.lat), math.radians(b.lat)
    across = math.sin(math.radians(b.lon - a.lon) / 2) ** 2 * math.cos(north) * math.cos(south)
    return 2 * _EARTH * math.asin(math.sqrt(math.sin((south - north) / 2) ** 2 + across))


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


def _stations(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """Stations by their name without 捷運 and 站: 國父紀念館5號出口 is the station's."""
    return {fold(bare_station(e.name)): e for e in entries if e.kind == "station"}


def _by_road(stretches: Iterable[Stretch]) -> Mapping[str, Sequence[Stretch]]:
    along: dict[str, list[Stretch]] = {}
    for stretch in stretches:
        along.setdefault(stretch.road, []).append(stretch)
    return along
