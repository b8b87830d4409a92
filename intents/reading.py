"""What a text was understood to say: the Reading and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Act(StrEnum):
    """What a text does: only a report ever becomes a case."""

    REPORT = "report"
    GREETING = "greeting"
    THANKS = "thanks"
    PRAISE = "praise"
    QUESTION = "question"
    SMALL_TALK = "small_talk"
    ABUSE = "abuse"
    SPAM = "spam"
    COMMAND = "command"
    EMPTY = "empty"


class Reply(StrEnum):
    """What a text answers, whatever was asked: yes, no thanks, not so, I don't know."""

    AGREE = "agree"
    DECLINE = "decline"
    AMISS = "amiss"
    UNKNOWN = "unknown"


class Urgency(StrEnum):
    """How soon somebody must look at it."""

    NORMAL = "normal"
    HIGH = "high"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text or shared as a location.

    `name` is as the city writes it (臺北市's own names, 臺 folded); `kind` is one of
    district, village, area, road, address, crossing, station, exit, point or a kind of
    landmark (park, market, school, hospital …); `lat` and `lon` are WGS 84 degrees, None
    where the gazetteer knows only the district. `district` and `village` are names with 區
    and 里, None where unknown. `candidates` is the same place in each of the districts that
    the text leaves open, at least two; empty where there is nothing to ask.
    """

    name: str
    kind: str
    district: str | None = None
    village: str | None = None
    lat: float | None = None
    lon: float | None = None
    candidates: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, understood.

    `redacted` is the text with personal data replaced by marks such as 〔電話〕: the only
    form that may be kept. `domain` is None when the classifier abstains, `confidence` is
    the calibrated probability of the best domain, `scores` holds every domain and sums to 1.
    `danger` names the danger to life (fire, gas …) or is None; where the classifier abstains, it
    may tell the domain and kind all the same. `command` is the command's id for texts such as
    進度, None otherwise; `reply` what the text is as an answer to something asked, None where it
    says more than that. `personal` counts what was redacted, by type. `parts` are the problems
    of a text that tells several, each read for itself; empty where it tells one. `model` is the
    version of the model that judged.
    """

    redacted: str
    language: str
    act: Act
    domain: str | None = None
    confidence: float = 0.0
    scores: Mapping[str, float] = field(default_factory=dict)
    kind: str | None = None
    places: tuple[Place, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    danger: str | None = None
    command: str | None = None
    reply: Reply | None = None
    personal: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[Reading, ...] = ()
    model: str = ""

    @property
    def abstained(self) -> bool:
        """True when no domain was sure enough and a person must decide."""
        return self.domain is None
