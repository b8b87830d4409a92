"""How many, how long, how old: a number that is typed."""

from __future__ import annotations

import re

from surveys.definition import Question
from surveys.questions.base import Hearing, Outcome, QuestionType, Unusable, Usable, folded

DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"兩": 2}

AMOUNT = re.compile(
    r"(?:大約|大概|約|about )?\s*"
    r"(?:(?P<figures>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.[0-9]{1,3})?)"
    r"|(?P<tens>[一二兩三四五六七八九]?)(?P<ten>十)(?P<ones>[一二三四五六七八九]?)"
    r"|(?P<one>[零一二兩三四五六七八九]))"
    r"(?:\s*(?P<unit>[^\W\d_零一二兩三四五六七八九十百千萬億幾半多到至或]{1,8}))?[.。]?"
)
"""A number in figures or, below a hundred, in Chinese numerals; a unit may follow."""


class Number(QuestionType):
    """A number from `least` to `most`, both included."""

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """A range that is one."""
        if question.least >= question.most:
            return (("least and most can't be met", "let least be less than most"),)
        return ()

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The number; 15分鐘, 約15 and 十五 are 15."""
        value = amount(folded(said))
        if value is None or not question.least <= value <= question.most:
            return Unusable("number")
        return Usable(value)


def amount(text: str) -> int | float | None:
    """The number that a folded text is, whole where it can be; None for anything else."""
    found = AMOUNT.fullmatch(text)
    if found is None:
        return None
    if found["figures"]:
        value = float(found["figures"].replace(",", ""))
        return int(value) if value.is_integer() else value
    if found["ten"]:
        return DIGITS.get(found["tens"], 1) * 10 + DIGITS.get(found["ones"], 0)
    return DIGITS[found["one"]]
