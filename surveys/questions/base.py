"""What every question type promises."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Protocol

from surveys.definition import Names, Question
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


class QuestionType(Protocol):
    """How one type of question is checked, shown and understood."""

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """What is wrong with a definition, as (fault, remedy)."""
        ...

    def choices(self, question: Question, language: str) -> tuple[PromptChoice, ...]:
        """The buttons, none for a question that is answered by typing."""
        ...

    def read(
        self, question: Question, said: str, picked: tuple[str, ...], language: str
    ) -> Outcome:
        """What a typed text or a button's value means."""
        ...


def named(names: Names, language: str) -> str:
    """A text by language, the first there is where the language has none."""
    return names.get(language) or next(iter(names.values()))


def folded(said: str) -> str:
    """Full-width forms, case and outer spaces make no difference."""
    return unicodedata.normalize("NFKC", said).strip().casefold()


NUMERALS = {numeral: at for at, numeral in enumerate("一二三四五六七八九十", 1)}


def ordinal(said: str) -> int | None:
    """第二個, 選二, 2 or 二 as 2; None for anything else."""
    bare = said.removeprefix("第").removeprefix("選").removesuffix("個").removesuffix("項").strip()
    if bare in NUMERALS:
        return NUMERALS[bare]
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 4 else None


def option_said(question: Question, said: str) -> str | None:
    """The option that a text names: by value, label, number or a beginning that fits one only."""
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
