"""A number of steps from one end to the other."""

from __future__ import annotations

from surveys.definition import Names, Question
from surveys.questions.base import (
    Hearing,
    Outcome,
    PromptChoice,
    QuestionType,
    Unusable,
    Usable,
    Way,
    folded,
    named,
    ordinal,
)

STAR = "★"


class Scale(QuestionType):
    """Whole steps from `least` to `most`, the ends labelled."""

    way = Way.CHOICE

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Two to eleven steps: more than fit under a thumb are not answered well."""
        if not 1 <= question.most - question.least <= 10:
            return (("has no 2 to 11 steps", "set least and most, for example 1 and 5"),)
        if question.stars and question.least != 1:
            return (("shows stars, which count from 1", "let least be 1"),)
        return ()

    def choices(self, question: Question, language: str) -> tuple[PromptChoice, ...]:
        """One button a step; the ends say what they mean."""
        ends = {question.least: question.low, question.most: question.high}
        steps = range(question.least, question.most + 1)
        shown = [STAR * step if question.stars else str(step) for step in steps]
        return tuple(
            PromptChoice(_label(mark, ends.get(step), language), str(step))
            for step, mark in zip(steps, shown, strict=True)
        )

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The step's number, typed, pressed or by its label."""
        text = folded(said)
        for choice in self.choices(question, hearing.language):
            if text in (choice.value, folded(choice.label)):
                return Usable(int(choice.value))
        for step, end in ((question.least, question.low), (question.most, question.high)):
            if end and text in {folded(name) for name in end.values()}:
                return Usable(step)
        counted = ordinal(text)
        if counted is None or not question.least <= counted <= question.most:
            return Unusable("number")
        return Usable(counted)


def _label(mark: str, end: Names | None, language: str) -> str:
    return f"{mark} {named(end, language)}" if end else mark
