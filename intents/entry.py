"""What a city lists of its places: names, and house numbers along roads."""

from __future__ import annotations

from dataclasses import dataclass

ELSEWHERE = "elsewhere"
"""The kind of a place outside the city: what is named right behind it lies there too."""

WORD = "word"
"""The kind of a word that holds a place's name and means no place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the city's list of places. `kind` is district, village, road, station, exit
    or the city's own word (park, market …); `aliases` are other names, English ones included.

    What lies in several districts has one Entry for each; `lat` and `lon` are WGS 84
    degrees. `district` is None for kinds ELSEWHERE and WORD.
    """

    name: str
    kind: str
    district: str | None
    village: str | None
    lat: float | None
    lon: float | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """House numbers `first` to `last` of a road that lie in one district.

    `side` is 1 for odd numbers, 0 for even ones, None for both. A lane counts by the number
    that it bears.
    """

    road: str
    district: str
    side: int | None
    first: int
    last: int

    def holds(self, number: int) -> bool:
        """Whether the house of that number stands here."""
        return self.first <= number <= self.last and self.side in (None, number % 2)
