"""Which questions are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from surveys.definition import Question, Survey
from surveys.ordering import ordered
from surveys.reckoning import Situation, holds
from surveys.session import Session, Value


def given(session: Session) -> Mapping[str, Value | None]:
    """What was answered, by question; None for one that was skipped."""
    return {answer.question: answer.value for answer in session.answers}


def relevant(question: Question, answers: Mapping[str, Value | None], day: date) -> bool:
    """Whether a question is asked after these answers, on that day."""
    return not question.relevant or holds(question.relevant, Situation(answers, day))


def path(
    survey: Survey,
    answers: Mapping[str, Value | None],
    day: date,
    seed: str,
    order: Sequence[str] = (),
) -> tuple[Question, ...]:
    """The questions in the order of seed and `order` that these answers lead through; an
    irrelevant answer counts not."""
    counted: dict[str, Value | None] = {}
    found = []
    for question in ordered(survey, seed, order):
        if relevant(question, counted, day):
            found.append(question)
            if question.id in answers:
                counted[question.id] = answers[question.id]
    return tuple(found)
