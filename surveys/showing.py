"""A question as one session sees it: its options' order, the answers its words hold."""

from __future__ import annotations

from dataclasses import replace

from surveys.branching import given
from surveys.definition import Names, Option, Question, Survey
from surveys.ordering import lot
from surveys.piping import filled
from surveys.questions.base import named
from surveys.questions.photo import SHOWN
from surveys.session import Session, Value, chosen

PARTING = {"zh-TW": "、"}
"""What parts several options named in a sentence; a comma where nothing is said here."""


def shown(survey: Survey, session: Session, question: Question) -> Question:
    """The question with its options in the session's order and its words filled."""
    return replace(
        question,
        text=_filled(survey, session, question.text),
        hint=_filled(survey, session, question.hint) if question.hint else None,
        options=shuffled(question, session.seed) if question.shuffled else question.options,
    )


def shuffled(question: Question, seed: str) -> tuple[Option, ...]:
    """The options in an order that the seed alone decides; the last ones stay last."""

    def drawn(option: Option) -> bytes:
        return lot(seed, f"{question.id} {option.value}")

    moving = sorted((option for option in question.options if not option.last), key=drawn)
    return (*moving, *(option for option in question.options if option.last))


def told(question: Question, value: Value | None, language: str) -> str:
    """An answer in words: the labels of options, else what was said; empty when skipped."""
    if question.type == "photo":
        return SHOWN if value is not None else ""
    labels = {option.value: named(option.label, language) for option in question.options}
    several = (str(each) for each in chosen(value))
    return PARTING.get(language, ", ").join(labels.get(each, each) for each in several)


def _filled(survey: Survey, session: Session, texts: Names) -> Names:
    if not any("${" in text for text in texts.values()):
        return texts
    answers = given(session)

    def answer(name: str) -> str:
        return told(survey.question(name), answers.get(name), session.language)

    return {tongue: filled(text, answer) for tongue, text in texts.items()}
