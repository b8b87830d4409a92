"""What a city brings: its name, clock, rules and offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Bureau:
    """An office of the city; `domains` and `kinds` are what it answers for."""

    id: str
    name: Mapping[str, str]
    domains: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ripeness:
    """When a need is ripe: distinct people, and days since its first report."""

    people: int
    days: int


@dataclass(frozen=True, slots=True)
class Gathering:
    """How near reports must be to be one need: metres, days, and alikeness of words (0–1)."""

    metres: float
    days: int
    alike: float


@dataclass(frozen=True, slots=True)
class Fatigue:
    """How often a person is asked at most: so many survey rounds in so many days."""

    rounds: int
    days: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours by the wall clock in which nobody is sent what can wait; over midnight where
    `begins` is later than `ends`."""

    begins: time
    ends: time

    def holds(self, at: time) -> bool:
        """Whether a wall time is in the quiet hours."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@dataclass(frozen=True, slots=True)
class City:
    """A city pack. `prefix` starts case numbers, `timezone` is an IANA name.

    `digest_at` is the local time HH:MM of the daily digest; `gathering` and `ripeness` are
    the rules for needs. `holidays` is the country (ISO 3166) whose public holidays the city
    keeps, empty for none. `prices` is what a message that the city begins costs on a channel,
    in `currency`. Without `fatigue` or `quiet` surveys are sent as they are due. `purposes`
    (id to names) are what people can be asked for, and say apart that they do not want to be.
    """

    id: str
    name: Mapping[str, str]
    prefix: str
    timezone: str
    languages: tuple[str, ...]
    digest_at: str
    gathering: Gathering
    ripeness: Ripeness
    bureaus: tuple[Bureau, ...]
    holidays: str = ""
    fatigue: Fatigue | None = None
    quiet: Quiet | None = None
    prices: Mapping[str, float] = field(default_factory=dict)
    currency: str = ""
    purposes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def tongue(self, language: str | None) -> str:
        """The language to speak: the one asked for, else the city's own."""
        return language or self.languages[0]

    def awake(self, moment: datetime) -> datetime:
        """The moment (aware) itself, or the end of the quiet hours that it falls into."""
        wall = moment.astimezone(ZoneInfo(self.timezone))
        if self.quiet is None or not self.quiet.holds(wall.time()):
            return moment
        days = timedelta(days=int(wall.time() >= self.quiet.ends))
        ends = datetime.combine(wall.date() + days, self.quiet.ends, wall.tzinfo)
        return ends.astimezone(moment.tzinfo)

    def bureau_for(self, domain: str | None, kind: str | None) -> Bureau | None:
        """The office for a kind, else for its domain, else None."""
        by_kind = next((b for b in self.bureaus if kind and kind in b.kinds), None)
        return by_kind or next((b for b in self.bureaus if domain and domain in b.domains), None)
