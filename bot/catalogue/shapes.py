"""What the files of config/ look like: their keys, types and bounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from bot.catalogue.holidays import known
from bot.model.city import Fatigue, Gathering, Quiet, Ripeness
from intents.reading import Reply
from intents.taxonomy import PlaceNeed

Sentence = Annotated[str, StringConstraints(min_length=1)]
_WORD = r"[^/\s][^/]*[^/\s]"
Listed = Annotated[str, StringConstraints(pattern=rf"^\s*{_WORD}(\s*/\s*{_WORD})*\s*$")]
"""Words of two characters and more, with strokes between: a thousand lines would be slow to
read, for people too."""
Id = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")]
PackId = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9-]*$")]
Language = Annotated[str, StringConstraints(pattern="^[a-z]{2,3}(-[A-Z]{2})?$")]
Names = Annotated[dict[Language, Sentence], Field(min_length=1)]
Sentences = dict[Language, list[Sentence]]
Clock = Annotated[str, StringConstraints(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError("time_zone", "is not a time zone") from None
    return name


def _by_id(entry: object) -> object:
    """A domain's mere id is short for a mapping that holds no more."""
    return {"id": entry} if isinstance(entry, str) else entry


class Shape(BaseModel):
    """Unknown keys and near-miss types (a number for a text) are faults."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class KindShape(Shape):
    """A kind of problem in a domain's file."""

    id: Id
    name: Names
    place: Annotated[PlaceNeed, Field(strict=False)]
    words: Sentences
    examples: Sentences


class DomainShape(Shape):
    """config/domains/<domain>.yaml."""

    id: Id
    name: Names
    about: Names
    kinds: list[KindShape]
    examples: Sentences
    questions: Sentences = {}
    terms: dict[Language, Listed] = {}


class PackDomain(Shape):
    """A city's own cut of a domain: another name, or several files in one."""

    id: Id
    name: Names | None = None
    about: Names | None = None
    from_: Annotated[list[Id] | None, Field(alias="from", min_length=1)] = None


ListedDomain = Annotated[PackDomain, BeforeValidator(_by_id)]


class GatheringShape(Shape):
    """How near reports must be to be one need."""

    metres: Annotated[float, Field(gt=0)]
    days: Annotated[int, Field(gt=0)]
    alike: Annotated[float, Field(ge=0, le=1)]

    def plain(self) -> Gathering:
        """The same as the model's noun."""
        return Gathering(self.metres, self.days, self.alike)


class RipenessShape(Shape):
    """When a need is ripe."""

    people: Annotated[int, Field(ge=1)]
    days: Annotated[int, Field(ge=0)]

    def plain(self) -> Ripeness:
        """The same as the model's noun."""
        return Ripeness(self.people, self.days)


class FatigueShape(Shape):
    """How often a person is asked at most."""

    rounds: Annotated[int, Field(ge=1)]
    days: Annotated[int, Field(ge=1, le=90)]

    def plain(self) -> Fatigue:
        """The same as the model's noun."""
        return Fatigue(self.rounds, self.days)


class QuietShape(Shape):
    """The hours in which nobody is sent what can wait."""

    begins: Clock
    ends: Clock

    def plain(self) -> Quiet:
        """The same as the model's noun."""
        return Quiet(time.fromisoformat(self.begins), time.fromisoformat(self.ends))


def _known_country(country: str) -> str:
    if country and not known(country):
        raise PydanticCustomError("country", "is no country whose holidays are known")
    return country


class CityShape(Shape):
    """config/cities/<city>/city.yaml."""

    id: PackId
    name: Names
    prefix: Annotated[str, StringConstraints(pattern="^[A-Z]{2,4}$")]
    timezone: Annotated[str, AfterValidator(_known_zone)]
    languages: Annotated[list[Language], Field(min_length=1)]
    digest_at: Clock
    gathering: GatheringShape
    ripeness: RipenessShape
    holidays: Annotated[str, AfterValidator(_known_country)] = ""
    fatigue: FatigueShape | None = None
    quiet: QuietShape | None = None
    prices: dict[str, Annotated[float, Field(ge=0)]] = {}
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = None
    purposes: dict[Id, Names] = {}
    places_of: PackId | None = None
    domains: Annotated[list[ListedDomain], Field(min_length=1)]


class BureauShape(Shape):
    """An entry of config/cities/<city>/bureaus.yaml."""

    id: Id
    name: Names
    domains: list[Id] = []
    kinds: list[Id] = []


class ActShape(Shape):
    """An act of config/not_reports.yaml."""

    name: Names
    examples: Sentences


class DangerShape(Shape):
    """An entry of config/dangers.yaml: words, the number to call where they betray a danger
    and not mere urgency, and how people tell of it without those words. `kind` is what a report
    of it is where nothing else tells; with `ask_first` none is drafted unasked."""

    call: Annotated[str | None, StringConstraints(pattern="^[0-9]{3,}$")] = None
    kind: Id | None = None
    ask_first: bool = False
    words: Sentences = {}
    examples: Sentences = {}


class AnswerShape(Shape):
    """An entry of config/faq.yaml."""

    examples: Sentences
    answer: Names
    phone: Annotated[str | None, StringConstraints(pattern="^[0-9][0-9-]{2,}$")] = None
    link: Annotated[str | None, StringConstraints(pattern="^https://[^ ]+$")] = None


Bureaus = Annotated[list[BureauShape], Field(min_length=1)]
Acts = dict[
    Literal["greeting", "thanks", "praise", "question", "small_talk", "abuse", "spam"], ActShape
]
DangersShape = dict[Id, DangerShape]
Commands = dict[Id, list[Sentence]]
Replies = dict[Reply, list[Sentence]]
Faq = dict[Id, AnswerShape]
WordingShape = dict[str, str]


def frozen(sentences: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Sentences as the model keeps them."""
    return {language: tuple(texts) for language, texts in sentences.items()}
