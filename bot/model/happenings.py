"""What happened: everything a turn or a job wants remembered, one class each.

Each has exactly one arm in bot/storage/record.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.messages import Address
from bot.model.person import Consent
from bot.model.proposal import Proposal
from bot.model.report import Report, ReportStage
from intents.reading import Place
from surveys.session import Answer, Session


@dataclass(frozen=True, slots=True)
class LanguageSet:
    """A person's language became known (`chosen` False) or was picked (`chosen` True)."""

    person: str
    language: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ReachChanged:
    """A person blocked the bot or came back."""

    person: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class ConsentChanged:
    """A person agreed to surveys or refused them."""

    person: str
    consent: Consent
    at: datetime


@dataclass(frozen=True, slots=True)
class PurposeChanged:
    """A person wants to be asked for a purpose of the city's, or not."""

    person: str
    purpose: str
    wanted: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportFiled:
    """A citizen pressed 送出."""

    report: Report


@dataclass(frozen=True, slots=True)
class ReportJoined:
    """A citizen pressed 我也遇到 on somebody's report."""

    report: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportCorrected:
    """A citizen or staff member named the right domain: a labelled example from now on."""

    text: str
    language: str
    judged: str | None
    domain: str
    kind: str | None
    model: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PhotoSent:
    """A photo arrived; it is fetched by `ref` from the channel later and kept as `photo`."""

    photo: str
    person: str
    address: Address
    ref: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PhotoAdded:
    """A photo was added to a report after it was filed."""

    report: str
    photo: str


@dataclass(frozen=True, slots=True)
class PlaceAdded:
    """A place was added to a report after it was filed."""

    report: str
    place: Place


@dataclass(frozen=True, slots=True)
class ReportMoved:
    """The city, or the citizen, moved a report to another stage."""

    report: str
    stage: ReportStage
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WordsTakenBack:
    """A message was unsent: what was made of it is withdrawn and its words erased."""

    person: str
    ref: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """A message was edited: `text` (redacted) replaces what was kept of it."""

    person: str
    ref: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SurveyBegun:
    """A person pressed 開始."""

    person: str
    session: Session


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """One answer of a session; a later one to the same question replaces it."""

    person: str
    session: str
    survey: str
    version: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class AnswerWithdrawn:
    """A person went back, or an earlier answer made this question irrelevant."""

    session: str
    question: str


@dataclass(frozen=True, slots=True)
class HandoverOffered:
    """A person wants to go on with a survey in another chat, where they will type this code."""

    session: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SessionTaken:
    """A person typed the code of a session that was begun in another chat."""

    person: str
    session: Session


@dataclass(frozen=True, slots=True)
class SurveyFull:
    """Enough people like this one have answered: their session is dropped."""

    person: str
    session: Session


@dataclass(frozen=True, slots=True)
class SurveyFinished:
    """A person answered the last question."""

    person: str
    session: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StaffLinked:
    """A staff member proved with a one-time code that this chat is theirs."""

    person: str
    address: Address
    staff: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """A person asked for deletion and confirmed it."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalMade:
    """A need was sent into the pipeline; `forwarders` are to receive it."""

    proposal: Proposal
    forwarders: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class ReportGathered:
    """A report was put into a need, a new one when `title` is not empty."""

    report: str
    need: str
    title: str
    at: datetime


Happening = (
    LanguageSet
    | ReachChanged
    | ConsentChanged
    | PurposeChanged
    | ReportFiled
    | ReportJoined
    | ReportCorrected
    | PhotoSent
    | PhotoAdded
    | PlaceAdded
    | ReportMoved
    | WordsTakenBack
    | WordsChanged
    | SurveyBegun
    | QuestionAnswered
    | AnswerWithdrawn
    | SurveyFinished
    | SurveyFull
    | HandoverOffered
    | SessionTaken
    | StaffLinked
    | PersonForgotten
    | ProposalMade
    | ReportGathered
)
