"""What a city brings: its name, clock, rules and offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
class City:
    """A city pack. `prefix` starts case numbers, `timezone` is an IANA name.

    `digest_at` is the local time HH:MM of the daily digest; `gathering` and `ripeness` are
    the rules for needs. `holidays` is the country (ISO 3166) whose public holidays the city
    keeps, empty for none.
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

    def tongue(self, language: str | None) -> str:
        """The language to speak: the one asked for, else the city's own."""
        return language or self.languages[0]

    def bureau_for(self, domain: str | None, kind: str | None) -> Bureau | None:
        """The office for a kind, else for its domain, else None."""
        by_kind = next((b for b in self.bureaus if kind and kind in b.kinds), None)
        return by_kind or next((b for b in self.bureaus if domain and domain in b.domains), None)
