"""A photo, sent from the phone; kept elsewhere, known here by its id."""

from __future__ import annotations

import re

from surveys.definition import Question
from surveys.questions.base import Hearing, Outcome, QuestionType, Unusable, Usable, Way

SENT = re.compile("photo:[0-9a-f-]{36}")

SHOWN = "📷"
"""What stands for a photo where answers are told in words."""


def sent(photo: str) -> str:
    """What sending a photo of that id says."""
    return f"photo:{photo}"


class Photo(QuestionType):
    """`photo:` and the photo's id. Whoever asks sees to it that nobody can type that."""

    way = Way.PHOTO

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The photo."""
        return Usable(said) if SENT.fullmatch(said) else Unusable("photo")
