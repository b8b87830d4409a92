"""Words of one's own."""

from __future__ import annotations

import re

from surveys.definition import Question
from surveys.questions.base import Hearing, Outcome, QuestionType, Unusable, Usable

UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters, which neither JSON nor a database takes."""


class Text(QuestionType):
    """At least `least`, at most `most` characters."""

    free = True

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Bounds that can be met."""
        if not 0 < question.least <= question.most:
            return (("least and most can't be met", "let 1 ≤ least ≤ most"),)
        return ()

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The text itself, outer spaces off."""
        text = UNKEPT.sub("", said).strip()
        fits = question.least <= len(text) <= question.most
        return Usable(text) if fits else Unusable("text")
