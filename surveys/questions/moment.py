"""A day and a time, picked together or typed one after the other."""

from __future__ import annotations

from datetime import datetime

from surveys.definition import Question
from surveys.questions.base import (
    Hearing,
    Outcome,
    QuestionType,
    Unusable,
    Usable,
    Way,
    folded,
)
from surveys.questions.date import day_said
from surveys.questions.time import time_said


class Moment(QuestionType):
    """A moment as 2026-12-01T15:00, by the city's clock."""

    way = Way.MOMENT

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The moment; the first part that is a day parts it from the time."""
        text = folded(said).replace("t", " ", 1) if said[4:5] == "-" else folded(said)
        for at in range(1, len(text)):
            day = day_said(text[:at].strip(), hearing.day)
            time = time_said(text[at:].strip())
            if day is not None and time is not None:
                return Usable(datetime.combine(day, time).isoformat(timespec="minutes"))
        return Unusable("moment")
