"""Which need a report belongs to: same kind, near place, near time, and then like words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.city import Gathering
from bot.model.happenings import ReportGathered
from bot.model.need import Candidate
from bot.model.report import Report
from bot.model.vicinity import lane, road, vicinity
from bot.model.wording import Wording, named
from intents.likeness import likeness
from intents.places import metres
from intents.reading import Place
from intents.taxonomy import Taxonomy

_SAME_SPOT = 20.0
"""Metres between two shared points that a telephone takes for one."""

_AREAS = ("district", "village")


@dataclass(frozen=True, slots=True)
class _Match:
    need: Candidate
    exact: bool
    alike: float

    @property
    def rank(self) -> tuple[bool, float, int, str]:
        """The best first: same spot, like words, many people; the id only breaks ties."""
        return (not self.exact, -self.alike, -self.need.people, self.need.id)


def gather(
    report: Report,
    candidates: Sequence[Candidate],
    rules: Gathering,
    now: datetime,
    mint: Callable[[], str],
    title_of: Callable[[Report], str],
) -> ReportGathered:
    """The need that the report joins, a new one with a title where none fits.

    A report that already has a need stays there. `mint` gives a new need's id, `title_of`
    its title (see `title`).
    """
    if report.need:
        return ReportGathered(report.id, report.need, "", now)
    best = min(_matches(report, candidates, rules), key=lambda match: match.rank, default=None)
    if best:
        return ReportGathered(report.id, best.need.id, "", now)
    return ReportGathered(report.id, mint(), title_of(report), now)


def beginning(need_id: str, report: Report) -> Candidate:
    """The need that a report begins, as the reports after it may join it."""
    told = (report.text,) if report.text else ()
    return Candidate(need_id, report.domain, report.kind, report.place, 1, report.at, told)


def title(report: Report, taxonomy: Taxonomy, wording: Wording, language: str) -> str:
    """A need's title, 民生東路三段・路燈故障: the problem's kind and its place without number."""
    kind = taxonomy.kind(report.kind) if report.kind else None
    domain = taxonomy.domain(report.domain) if report.domain else None
    about = kind or domain
    what = named(about.name, language) if about else wording.say(language, "need.unsorted")
    where = vicinity(report.place) if report.place else ""
    return wording.say(language, "need.title", place=where, what=what) if where else what


def near(a: Place | None, b: Place | None, within: float) -> bool:
    """Whether two places may be one spot: by name on a road or in an area, else by metres.

    Two differently named roads, or lanes of one road, never are, however near. A place
    that is not known is near only another such.
    """
    if a is None or b is None:
        return a is b
    roads, lanes = (road(a), road(b)), (lane(a), lane(b))
    if _clash(*roads) or _clash(*lanes):
        return False
    if a.kind in _AREAS or b.kind in _AREAS:
        return a.kind == b.kind and _same_name(a, b)
    if roads[0] and roads[1]:
        return not _clash(a.district, b.district)
    apart = metres(a, b)
    return _same_name(a, b) if apart is None else apart <= within


def _matches(report: Report, candidates: Sequence[Candidate], rules: Gathering) -> Iterator[_Match]:
    for candidate in candidates:
        if not _possible(report, candidate, rules):
            continue
        exact = _exact(report, candidate)
        alike = max((likeness(report.text, text) for text in candidate.texts), default=0.0)
        if exact or alike >= rules.alike:
            yield _Match(candidate, exact, alike)


def _possible(report: Report, need: Candidate, rules: Gathering) -> bool:
    return (
        _same_problem(report, need)
        and abs(report.at - need.last) <= timedelta(days=rules.days)
        and near(report.place, need.place, rules.metres)
    )


def _same_problem(report: Report, need: Candidate) -> bool:
    """The same kind; where either has none, the same domain (or both are still unsorted)."""
    if report.kind and need.kind:
        return report.kind == need.kind
    return report.domain == need.domain


def _exact(report: Report, need: Candidate) -> bool:
    """The same kind at the same house or the same shared point: words need not agree."""
    here, there = report.place, need.place
    if here is None or there is None or not report.kind or report.kind != need.kind:
        return False
    if here.kind != there.kind:
        return False
    if here.kind == "address":
        return "號" in here.name and _same_name(here, there)
    apart = metres(here, there)
    return here.kind == "point" and apart is not None and apart <= _SAME_SPOT


def _same_name(a: Place, b: Place) -> bool:
    return a.name == b.name and not _clash(a.district, b.district)


def _clash(a: str | None, b: str | None) -> bool:
    return bool(a and b and a != b)
