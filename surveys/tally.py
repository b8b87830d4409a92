"""Answers counted: per question how many, and of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from surveys.definition import Question, Survey
from surveys.session import Answer, Value


def tally(survey: Survey, answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """One object a question: id, type, n (answered), skipped, and counts, mean or texts.

    `counts` has every option or step in order, those nobody chose too; `n` of a question with
    several options counts people, not ticks.
    """
    given: dict[str, list[Value | None]] = {question.id: [] for question in survey.questions}
    for answer in answers:
        if answer.question in given:
            given[answer.question].append(answer.value)
    return [_counted(question, given[question.id]) for question in survey.questions]


def _counted(question: Question, values: list[Value | None]) -> dict[str, Any]:
    said = [value for value in values if value is not None]
    row: dict[str, Any] = {
        "id": question.id,
        "type": question.type,
        "n": len(said),
        "skipped": len(values) - len(said),
    }
    if question.type == "text":
        return {**row, "texts": said}
    if question.type == "scale":
        steps = Counter(said)
        counts = {str(step): steps[step] for step in range(question.least, question.most + 1)}
        numbers = [value for value in said if isinstance(value, int)]
        mean = round(sum(numbers) / len(numbers), 3) if numbers else None
        return {**row, "counts": counts, "mean": mean}
    ticks = Counter(
        each for value in said for each in (value if isinstance(value, tuple) else (value,))
    )
    return {**row, "counts": {option.value: ticks[option.value] for option in question.options}}
