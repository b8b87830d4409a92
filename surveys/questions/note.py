"""Words to read, between questions."""

from __future__ import annotations

from surveys.definition import Option, Question
from surveys.questions.base import Hearing, Outcome, QuestionType, Usable, Way

READ = "read"


class Note(QuestionType):
    """Nothing is asked: whatever is said goes on."""

    way = Way.CHOICE
    options = (Option(READ, {"zh-TW": "繼續", "en": "Go on"}),)

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """That it was read."""
        return Usable(READ)
