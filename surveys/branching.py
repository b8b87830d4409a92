"""Which questions are asked."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.definition import Question, Survey
from surveys.session import Session, Value


def given(session: Session) -> Mapping[str, Value | None]:
    """What was answered, by question; None for one that was skipped."""
    return {answer.question: answer.value for answer in session.answers}


def relevant(question: Question, answers: Mapping[str, Value | None]) -> bool:
    """Whether a question is asked after these answers."""
    rule = question.relevant
    if rule is None:
        return True
    value = answers.get(rule.question)
    said = value if isinstance(value, tuple) else (str(value),)
    return value is not None and any(each in rule.any_of for each in said)


def path(survey: Survey, answers: Mapping[str, Value | None]) -> tuple[Question, ...]:
    """The questions in order that these answers lead through; an irrelevant answer counts not."""
    counted: dict[str, Value | None] = {}
    found = []
    for question in survey.questions:
        if relevant(question, counted):
            found.append(question)
            if question.id in answers:
                counted[question.id] = answers[question.id]
    return tuple(found)
