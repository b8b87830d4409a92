"""What a citizen told the city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from intents.reading import Place, Urgency


class ReportStage(StrEnum):
    """How far the city is with a report."""

    RECEIVED = "received"
    WORKING = "working"
    DONE = "done"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where, by which reports and needs of the same problem are found."""

    domain: str | None
    kind: str | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Report:
    """A filed report. `text` is redacted; `number` is the case number shown to people.

    `refs` are the platform ids of the messages it was made of, so that an unsent one can be
    found again. `person` is the reporter's id; `need` the need it was gathered into.
    """

    id: str
    number: str
    person: str
    text: str
    language: str
    domain: str | None
    kind: str | None
    confidence: float
    urgency: Urgency
    place: Place | None
    model: str
    at: datetime
    refs: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    stage: ReportStage = ReportStage.RECEIVED
    need: str | None = None


def problem(report: Report) -> Problem:
    """What a report is about."""
    return Problem(report.domain, report.kind, report.place)
