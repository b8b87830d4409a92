"""A need becomes a proposal: one JSON document without personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.model.city import City
from bot.model.errors import CityvoiceError
from bot.model.need import Need
from bot.model.proposal import Proposal, Stage
from bot.model.report import Report, ReportStage
from bot.model.vicinity import vicinity, without_houses
from bot.model.wording import Wording, named
from bot.pipeline.evidence import evidence
from intents.reading import Urgency
from intents.taxonomy import Taxonomy

SCHEMA_VERSION = "1.0"


class Undecided(CityvoiceError):
    """A need without a domain of this city cannot be forwarded: a person decides it first."""


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name and words proposals are written, the same for all of a city."""

    city: City
    taxonomy: Taxonomy
    wording: Wording
    language: str


def propose(
    need: Need,
    reports: Sequence[Report],
    author: Author,
    by: str,
    now: datetime,
    mint: Callable[[], str],
    surveys: Sequence[Mapping[str, Any]] = (),
) -> Proposal:
    """The need as a proposal; its document keeps to config/schemas/proposal.schema.json.

    `reports` are the need's own; withdrawn ones count for nothing. `by` is the account or
    job that forwards, never a citizen. `surveys` are tallies in the schema's form. Raises
    Undecided.
    """
    standing = [report for report in reports if report.stage is not ReportStage.WITHDRAWN]
    mark = author.wording.say(author.language, "proposal.house")
    proof = evidence(need, standing, surveys, author.city.timezone, mark)
    proposal_id = mint()
    document = {
        "schema_version": SCHEMA_VERSION,
        "id": proposal_id,
        "need": need.id,
        "city": {"id": author.city.id, "name": named(author.city.name, author.language)},
        "language": author.language,
        "title": without_houses(need.title, ""),
        **_subject(need, author),
        "problem_statement": _statement(need, standing, proof["quotes"], author),
        "evidence": proof,
        "bureaus": _bureaus(need, author),
        "stage": Stage.COLLECTED.value,
        "history": [_collected(author, by, now)],
    }
    return Proposal(proposal_id, need.id, Stage.COLLECTED, document, now)


def _subject(need: Need, author: Author) -> dict[str, Any]:
    domain = author.taxonomy.domain(need.domain) if need.domain else None
    if domain is None:
        raise Undecided(f"need {need.id} has no domain yet: decide its reports' domain first")
    kind = author.taxonomy.kind(need.kind) if need.kind else None
    return {
        "domain": {"id": domain.id, "name": named(domain.name, author.language)},
        "kind": {"id": kind.id, "name": named(kind.name, author.language)} if kind else None,
    }


def _statement(need: Need, reports: Sequence[Report], voices: Sequence[str], author: Author) -> str:
    """The problem in a few sentences, each from counted facts; the most typical voice last."""
    sentences = [_opening(need, reports, author)]
    for key, urgency in (("danger", Urgency.DANGER), ("urgent", Urgency.HIGH)):
        number = sum(report.urgency is urgency for report in reports)
        if number:
            sentences.append(author.wording.say(author.language, f"proposal.{key}", number=number))
    sentences += [
        author.wording.say(author.language, "proposal.voice", quote=q) for q in voices[:1]
    ]
    return author.wording.say(author.language, "proposal.joint").join(sentences)


def _opening(need: Need, reports: Sequence[Report], author: Author) -> str:
    zone = ZoneInfo(author.city.timezone)
    subject = _subject(need, author)
    where = vicinity(need.place) if need.place else ""
    return author.wording.say(
        author.language,
        "proposal.problem",
        place=where or named(author.city.name, author.language),
        first=need.first.astimezone(zone).date().isoformat(),
        last=need.last.astimezone(zone).date().isoformat(),
        people=need.people,
        reports=len(reports),
        what=(subject["kind"] or subject["domain"])["name"],
    )


def _bureaus(need: Need, author: Author) -> list[dict[str, str]]:
    bureau = author.city.bureau_for(need.domain, need.kind)
    if bureau is None:
        return []
    return [{"id": bureau.id, "name": named(bureau.name, author.language)}]


def _collected(author: Author, by: str, now: datetime) -> dict[str, str]:
    why = author.wording.say(author.language, "proposal.collected")
    return {"stage": Stage.COLLECTED.value, "at": now.isoformat(), "by": by, "why": why}
