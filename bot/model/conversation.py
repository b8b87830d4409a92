"""Where a talk stands. Goes to JSON and back unchanged (bot/model/plain.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.messages import Choice
from intents.reading import Place, Urgency
from surveys.session import Session


class Asking(StrEnum):
    """What the report talk waits for; WHETHER: is this meant as a report at all?"""

    CONFIRM = "confirm"
    PLACE = "place"
    DOMAIN = "domain"
    WHETHER = "whether"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report not yet sent. `id` marks its buttons, so that old ones do nothing.

    `text` is redacted. `judged` is the classifier's domain, `domain` the one that counts,
    `ranked` all domains by probability. `placeless` tells that the person skipped the place,
    `same` are the (id, case number) offered as 我也遇到.
    """

    id: str
    text: str
    language: str
    domain: str | None
    judged: str | None
    kind: str | None
    confidence: float
    urgency: Urgency
    place: Place | None
    model: str
    at: datetime
    ranked: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    placeless: bool = False


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is going on.

    `last_report` (a case number) takes photos sent right after filing; `photos` and `place`
    were sent ahead of the words and wait for them.
    """

    last_report: str = ""
    photos: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Reporting:
    """A draft is being completed."""

    draft: Draft
    asking: Asking


@dataclass(frozen=True, slots=True)
class Surveying:
    """A survey is being answered."""

    session: Session


@dataclass(frozen=True, slots=True)
class Confirming:
    """The person asked to be forgotten and must confirm."""


Topic = Idle | Reporting | Surveying | Confirming


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's talk on one channel.

    `offered` are the buttons last shown: a typed text equal to one of their labels counts
    as pressing it. `shelved` are surveys laid aside, the newest last. `further` are problems that
    were told along with another and wait until that one is done.
    """

    topic: Topic = Idle()
    offered: tuple[Choice, ...] = ()
    shelved: tuple[Session, ...] = ()
    further: tuple[Draft, ...] = ()
