"""A day, picked or typed the way people write days."""

from __future__ import annotations

import re
from datetime import date, timedelta

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
from surveys.questions.number import DIGITS

NEAR = {
    "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "後天": 2,
    "今日": 0, "昨日": -1, "明日": 1, "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMERAL = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
WEEKDAY = r"(?:\s*[(（]?(?:週|星期|禮拜)[一二三四五六日天][)）]?)?"

FIGURES = re.compile(r"(?:(?P<year>[0-9]{2,4})[-/.])?(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})")
CHINESE = re.compile(
    r"(?:(?:民國|西元)?\s*(?P<year>[0-9]{2,4})\s*年)?\s*"
    rf"(?P<month>{NUMERAL})\s*月\s*(?P<day>{NUMERAL})\s*[日號]?" + WEEKDAY
)
DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\.?(?:,?\s*(?P<year>[0-9]{4}))?"
)
MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,?\s*(?P<year>[0-9]{4}))?"
)

REPUBLIC = 1911
"""Years of the Republic count from the year after this one."""


class Date(QuestionType):
    """A day as 2026-12-01."""

    way = Way.DATE

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The day; one without a year is the nearest."""
        found = day_said(folded(said), hearing.day)
        return Unusable("date") if found is None else Usable(found.isoformat())


def day_said(text: str, today: date) -> date | None:
    """The day that a folded text is; None for anything else."""
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    for form in (FIGURES, CHINESE, DAY_FIRST, MONTH_FIRST):
        if found := form.fullmatch(text):
            return _day(found["year"], _month(found["month"]), counted(found["day"]), today)
    return None


def counted(numeral: str) -> int:
    """A number of up to two figures or Chinese numerals to 99; 0 for none."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return DIGITS.get(numeral, 0)
    return DIGITS.get(tens, 1 if not tens else 0) * 10 + DIGITS.get(ones, 0)


def _month(word: str) -> int:
    if word[:3] in MONTHS:
        return MONTHS.index(word[:3]) + 1
    return counted(word)


def _day(year: str | None, month: int, day: int, today: date) -> date | None:
    if year is not None:
        whole = int(year) if len(year) == 4 else int(year) + REPUBLIC
        return _made(whole, month, day)
    near = (_made(today.year + by, month, day) for by in (-1, 0, 1))
    return min(filter(None, near), key=lambda each: abs(each - today), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
