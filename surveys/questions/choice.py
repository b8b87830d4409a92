"""One of several options."""

from __future__ import annotations

from surveys.definition import Question
from surveys.questions.base import (
    Hearing,
    Outcome,
    QuestionType,
    Unusable,
    Usable,
    Way,
    option_said,
)


class Choice(QuestionType):
    """Exactly one option."""

    way = Way.CHOICE

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """At least two options."""
        if len(question.options) < 2:
            return (("has fewer than two options", "add options"),)
        return ()

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The option's value."""
        value = option_said(question, said)
        return Unusable("choice") if value is None else Usable(value)
