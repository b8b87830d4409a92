"""One of several options."""

from __future__ import annotations

from surveys.definition import Question
from surveys.questions.base import (
    Outcome,
    PromptChoice,
    Unusable,
    Usable,
    buttons,
    option_said,
)


class Choice:
    """Exactly one option."""

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """At least two options."""
        if len(question.options) < 2:
            return (("has fewer than two options", "add options"),)
        return ()

    def choices(self, question: Question, language: str) -> tuple[PromptChoice, ...]:
        """One button for each option."""
        return buttons(question, language)

    def read(
        self, question: Question, said: str, picked: tuple[str, ...], language: str
    ) -> Outcome:
        """The option's value."""
        value = option_said(question, said)
        return Unusable("choice") if value is None else Usable(value)
