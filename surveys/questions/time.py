"""A time of day, picked or typed the way people say it."""

from __future__ import annotations

import re
from datetime import time

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
from surveys.questions.date import NUMERAL, counted

EARLY = ("凌晨", "清晨", "早上", "上午", "am")
LATE = ("下午", "傍晚", "晚上", "晚間", "pm")
NOON = "中午"

SPOKEN = re.compile(
    rf"(?P<part>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚間)?\s*"
    rf"(?P<hour>{NUMERAL}|兩)(?:\s*[點時:.]\s*(?P<minute>半|整|一刻|三刻|{NUMERAL})?\s*分?)?"
    r"\s*(?P<half>am|pm|a\.m\.|p\.m\.)?"
)
MINUTES = {"半": 30, "整": 0, "一刻": 15, "三刻": 45}


class Time(QuestionType):
    """A time as 15:00."""

    way = Way.TIME

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The time to the minute."""
        found = time_said(folded(said))
        return Unusable("time") if found is None else Usable(found.isoformat("minutes"))


def time_said(text: str) -> time | None:
    """The time that a folded text is; None for anything else, as for a bare number."""
    found = SPOKEN.fullmatch(text)
    if found is None or found[0] == found["hour"]:
        return None
    half = (found["half"] or "").replace(".", "")
    hour = _hour(counted(found["hour"]), found["part"] or half)
    minute = found["minute"] or "整"
    minutes = MINUTES[minute] if minute in MINUTES else counted(minute)
    return time(hour, minutes) if hour in range(24) and minutes in range(60) else None


def _hour(hour: int, part: str) -> int:
    if part in LATE and 1 <= hour < 12:
        return hour + 12
    if part in EARLY and hour == 12:
        return 0
    return hour + 12 if part == NOON and 1 <= hour < 4 else hour
