"""What every question type promises."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from surveys.definition import Names, Option, Question
from surveys.session import Value


@dataclass(frozen=True, slots=True)
class PromptChoice:
    """A button: what it shows and what pressing it says."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Usable:
    """A value that answers the question."""

    value: Value


@dataclass(frozen=True, slots=True)
class Ticked:
    """Part of an answer: these options are chosen so far."""

    picked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """Not an answer; `reason` is a key for the wording."""

    reason: str


Outcome = Usable | Ticked | Unusable


class Way(StrEnum):
    """How a question is answered: what is put under a thumb beside what can be typed."""

    CHOICE = "choice"
    TICKS = "ticks"
    RANKS = "ranks"
    WORDS = "words"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    PLACE = "place"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What an answer is understood by: the options ticked so far, the language, the day."""

    picked: tuple[str, ...]
    language: str
    day: date


class QuestionType(ABC):
    """How one type of question is checked, shown and understood.

    `options` are those that the type always has; `free` answers are in people's own words, of
    which what is personal is not kept.
    """

    way = Way.WORDS
    free = False
    options: tuple[Option, ...] = ()

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """What is wrong with a definition, as (fault, remedy)."""
        return ()

    def choices(self, question: Question, language: str) -> tuple[PromptChoice, ...]:
        """The buttons, none for a question that is answered by typing."""
        return buttons(question, language)

    @abstractmethod
    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """What a typed text or a button's value means."""


def named(names: Names, language: str) -> str:
    """A text by language; where the language has none in zh-TW, else the first there is."""
    return names.get(language) or names.get("zh-TW") or next(iter(names.values()))


def folded(said: str) -> str:
    """Full-width forms, case and outer spaces make no difference."""
    return unicodedata.normalize("NFKC", said).strip().casefold()


NUMERALS = {numeral: at for at, numeral in enumerate("一二三四五六七八九十", 1)}

ORDINAL = re.compile(r"我?選?\s*第?\s*([0-9]{1,3}|[一二三四五六七八九十])\s*[個項號分]?[.。]?")


def ordinal(said: str) -> int | None:
    """第二個, 選二, 我選第2項, 2分, 2 or 二 as 2; None for anything else."""
    found = ORDINAL.fullmatch(said)
    return NUMERALS.get(found[1]) or int(found[1]) if found else None


def option_said(question: Question, said: str) -> str | None:
    """The option that a text names: by value, label, number or a beginning that fits one only.

    A button's value comes before all else, so that no other option's label can take it.
    """
    if any(said == option.value for option in question.options):
        return said
    text = folded(said)
    for option in question.options:
        if text in {folded(option.value), *(folded(label) for label in option.label.values())}:
            return option.value
    place = ordinal(text)
    if place is not None and 1 <= place <= len(question.options):
        return question.options[place - 1].value
    begun = [
        option.value
        for option in question.options
        if text and any(folded(label).startswith(text) for label in option.label.values())
    ]
    return begun[0] if len(begun) == 1 else None


def buttons(question: Question, language: str) -> tuple[PromptChoice, ...]:
    """One button for each option."""
    return tuple(PromptChoice(named(o.label, language), o.value) for o in question.options)
