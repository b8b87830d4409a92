"""What staff should know of the last span, picked and counted. No citizen's identity in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model.need import Need
from bot.model.report import Report, ReportStage
from bot.model.vicinity import vicinity
from intents.reading import Urgency


@dataclass(frozen=True, slots=True)
class Round:
    """How far a survey round is: the survey's title, how many were invited, how many finished."""

    title: str
    invited: int
    answered: int


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What was looked up for a digest.

    `reports` were filed in [since, until), `before` in the equally long span before it.
    `needs` are those open; `joined` tells how many people each need gained in the span, by
    need id; `ripe` are ids of ripe needs. `undecided` counts all open reports without a
    domain, `stuck` forwardings that were given up or keep failing, `dead` inbox rows that
    could not be handled.
    """

    since: datetime
    until: datetime
    reports: tuple[Report, ...] = ()
    before: tuple[Report, ...] = ()
    needs: tuple[Need, ...] = ()
    joined: Mapping[str, int] = field(default_factory=dict)
    ripe: frozenset[str] = frozenset()
    rounds: tuple[Round, ...] = ()
    undecided: int = 0
    stuck: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many now and in the span before; `id` is a domain or a district, None if unknown."""

    id: str | None
    now: int
    before: int

    @property
    def rose(self) -> bool:
        """Whether there are more than before."""
        return self.now > self.before


@dataclass(frozen=True, slots=True)
class Pressing:
    """A report that cannot wait; `place` is its road or district, empty where unknown."""

    number: str
    urgency: Urgency
    domain: str | None
    kind: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Growing:
    """A need that gained `more` people or is ripe to be forwarded."""

    id: str
    title: str
    people: int
    more: int
    ripe: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest, the most important first in every list; times are in the city's own zone."""

    since: datetime
    until: datetime
    total: Count
    domains: tuple[Count, ...]
    districts: tuple[Count, ...]
    pressing: tuple[Pressing, ...]
    growing: tuple[Growing, ...]
    rounds: tuple[Round, ...]
    undecided: int
    stuck: int
    dead: int

    @property
    def quiet(self) -> bool:
        """True when nothing is new and nobody is waited for."""
        listed = self.total.now or self.growing or self.rounds
        return not (listed or self.undecided or self.stuck or self.dead)


def compile(facts: DigestFacts, timezone: str) -> Digest:
    """Pick, count and order the facts; `timezone` is the city's IANA name."""
    zone = ZoneInfo(timezone)
    reports, before = _standing(facts.reports), _standing(facts.before)
    return Digest(
        since=facts.since.astimezone(zone),
        until=facts.until.astimezone(zone),
        total=Count(None, len(reports), len(before)),
        domains=_counts(reports, before, lambda report: report.domain),
        districts=_counts(reports, before, _district),
        pressing=_pressing(reports),
        growing=_growing(facts),
        rounds=tuple(r for r in facts.rounds if r.invited),
        undecided=facts.undecided,
        stuck=facts.stuck,
        dead=facts.dead,
    )


def _standing(reports: Iterable[Report]) -> tuple[Report, ...]:
    return tuple(r for r in reports if r.stage is not ReportStage.WITHDRAWN)


def _district(report: Report) -> str | None:
    return report.place.district if report.place else None


def _counts(
    reports: Iterable[Report], before: Iterable[Report], of: Callable[[Report], str | None]
) -> tuple[Count, ...]:
    """Reports by domain or district, none that is zero now; what is unknown stands last."""
    now, then = Counter(map(of, reports)), Counter(map(of, before))
    ranked = sorted(now, key=lambda key: (key is None, -now[key], key or ""))
    return tuple(Count(key, now[key], then[key]) for key in ranked)


def _pressing(reports: Iterable[Report]) -> tuple[Pressing, ...]:
    """Danger before urgency, and the oldest first."""
    urgent = [r for r in reports if r.urgency is not Urgency.NORMAL]
    urgent.sort(key=lambda r: (r.urgency is not Urgency.DANGER, r.at, r.number))
    return tuple(
        Pressing(r.number, r.urgency, r.domain, r.kind, vicinity(r.place) if r.place else "")
        for r in urgent
    )


def _growing(facts: DigestFacts) -> tuple[Growing, ...]:
    """Ripe needs first, then those that gained most."""
    grown = [
        Growing(n.id, n.title, n.people, facts.joined.get(n.id, 0), n.id in facts.ripe)
        for n in facts.needs
    ]
    grown = [g for g in grown if g.more or g.ripe]
    return tuple(sorted(grown, key=lambda g: (not g.ripe, -g.more, -g.people, g.id)))
