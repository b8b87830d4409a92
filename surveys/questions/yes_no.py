"""Yes or no, in the words that the definition puts on the two buttons."""

from __future__ import annotations

import re

from surveys.definition import Question
from surveys.questions.base import (
    Hearing,
    Outcome,
    QuestionType,
    Unusable,
    Usable,
    Way,
    folded,
    option_said,
)

YES, NO = "yes", "no"

AGREEING = re.compile(r"是|對|好|有|要|會|行|可以|同意|願意|贊成|沒問題|y|yes|yeah|ok|sure")
REFUSING = re.compile(r"否|沒|不(是|對|好|要|會|行|可以|同意|願意|贊成)?|沒有|n|no|nope")
AROUND = re.compile(r"^(我|嗯|恩)+|[的啊呀喔哦吧了啦,，.。!！~～\s]+$")
"""What people put around such a word without changing it."""


class YesNo(QuestionType):
    """Two options, `yes` and `no`; other common words for them are understood too."""

    way = Way.CHOICE

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Just these two options, in whatever order."""
        if sorted(option.value for option in question.options) != [NO, YES]:
            return (("has not the options yes and no", "give each its label, and no others"),)
        return ()

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """`yes` or `no`. A label goes before what its words mean elsewhere."""
        value = option_said(question, said)
        if value is not None:
            return Usable(value)
        agreed = agrees(said)
        return Unusable("choice") if agreed is None else Usable(YES if agreed else NO)


def agrees(said: str) -> bool | None:
    """Whether common words say yes or no; None for any others."""
    word = bare(said)
    if AGREEING.fullmatch(word):
        return True
    return False if REFUSING.fullmatch(word) else None


def bare(said: str) -> str:
    """The word, folded, without what people put around it."""
    return AROUND.sub("", folded(said))
