"""A statement that one agrees with, disagrees with or passes."""

from __future__ import annotations

from surveys.definition import Option, Question
from surveys.questions.base import (
    Hearing,
    Outcome,
    QuestionType,
    Unusable,
    Usable,
    Way,
    option_said,
)
from surveys.questions.yes_no import agrees, bare

AGREE, DISAGREE, PASS = "agree", "disagree", "pass"

PASSING = (
    "不知道",
    "沒意見",
    "無意見",
    "不確定",
    "都可以",
    "普通",
    "不清楚",
    "not sure",
    "no opinion",
)


class Statement(QuestionType):
    """One of three votes, as Polis has them."""

    way = Way.CHOICE
    options = (
        Option(AGREE, {"zh-TW": "同意", "en": "Agree"}),
        Option(DISAGREE, {"zh-TW": "不同意", "en": "Disagree"}),
        Option(PASS, {"zh-TW": "沒意見", "en": "Pass"}),
    )

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """No options but the three votes; their labels may be others."""
        if [option.value for option in question.options] != [AGREE, DISAGREE, PASS]:
            return (("has other options than the three votes", "leave options out"),)
        return ()

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """A vote: its label, or other words for it."""
        value = option_said(question, said)
        if value is not None:
            return Usable(value)
        agreed = agrees(said)
        if agreed is not None:
            return Usable(AGREE if agreed else DISAGREE)
        return Usable(PASS) if bare(said) in PASSING else Unusable("choice")
