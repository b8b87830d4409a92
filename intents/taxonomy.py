"""Domains and kinds of problem: what a city distinguishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

CALM = "calm"
"""Names the sightings that tell of no danger."""

URGENT = "urgent"
"""Names those that tell of none yet, and had better be looked at soon."""


class PlaceNeed(StrEnum):
    """Whether a kind of problem can be worked on without knowing where it is."""

    NEEDED = "needed"
    HELPFUL = "helpful"
    NONE = "none"


Names = Mapping[str, str]
"""Language (zh-TW, en) to name."""

Sentences = Mapping[str, tuple[str, ...]]
"""Language to example sentences or words."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem below a domain; `words` name it almost surely."""

    id: str
    name: Names
    place: PlaceNeed
    words: Sentences
    examples: Sentences


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the city's domains; `examples` are those of none of its kinds.

    `questions` ask about its services: they teach the domain, yet report nothing. `terms` are
    words that are seldom said of anything else.
    """

    id: str
    name: Names
    about: Names
    kinds: tuple[Kind, ...]
    examples: Sentences
    questions: Sentences
    terms: Sentences


@dataclass(frozen=True)
class Taxonomy:
    """All that a city distinguishes, and the texts that are not reports.

    `not_reports` maps an act (greeting, thanks …) to its example sentences by language.
    `dangers` maps a danger (fire, gas …) to the words that betray it, by language, and
    `emergency` maps the danger to the number to call (119 or 110). `urgent` are words that
    raise urgency to high. `commands` maps a command id to the texts that give it, `replies` a
    reply (intents.reading.Reply) to the texts that are one. `sightings` are
    texts by the danger that they tell of, by language; those of `calm` only sound like one.
    `charges` maps a danger to the kind that it is where nothing else tells the domain, and of
    those in `asked_first` no report is drafted before the person wants one.
    """

    domains: tuple[Domain, ...]
    not_reports: Mapping[str, Sentences]
    dangers: Mapping[str, Sentences]
    emergency: Mapping[str, str]
    urgent: Sentences
    commands: Mapping[str, tuple[str, ...]]
    sightings: Mapping[str, Sentences] = field(default_factory=dict)
    charges: Mapping[str, str] = field(default_factory=dict)
    asked_first: frozenset[str] = frozenset()
    replies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def domain(self, domain_id: str) -> Domain | None:
        """The domain of that id, None where the city has none."""
        return self._domains.get(domain_id)

    def kind(self, kind_id: str) -> Kind | None:
        """The kind of that id, None where the city has none."""
        return self._kinds[kind_id][1] if kind_id in self._kinds else None

    def domain_of(self, kind_id: str) -> Domain | None:
        """The domain that a kind belongs to."""
        return self._kinds[kind_id][0] if kind_id in self._kinds else None

    @cached_property
    def _domains(self) -> Mapping[str, Domain]:
        return {domain.id: domain for domain in self.domains}

    @cached_property
    def _kinds(self) -> Mapping[str, tuple[Domain, Kind]]:
        return {kind.id: (domain, kind) for domain in self.domains for kind in domain.kinds}
