"""A statement of one's own, which others are to vote on once staff have looked at it."""

from __future__ import annotations

from surveys.definition import Question
from surveys.questions.base import Hearing, Outcome, Unusable, Usable
from surveys.questions.text import Text


class Suggestion(Text):
    """One sentence on one line, at least `least` and at most `most` characters."""

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The sentence, its lines made one."""
        heard = super().read(question, said, hearing)
        if isinstance(heard, Usable):
            return Usable(" ".join(str(heard.value).split()))
        return Unusable("suggestion")
