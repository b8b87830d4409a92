"""Answers counted: per question how many, and of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import median
from typing import Any

from surveys.definition import Question, Survey
from surveys.session import Answer, Value, chosen

WORDS = ("text", "date", "time", "moment", "place", "photo", "suggestion")
"""Types whose answers are listed, not counted."""


def tally(survey: Survey, answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """One object a question: id, type, n (answered), skipped, and counts, mean or texts.

    `counts` has every option or step in order, those nobody chose too; `n` of a question with
    several options counts people, not ticks. A ranking has beside the counts how many put each
    option `first`, and its `mean_rank` among those who ranked it (1 is the first). A number has
    mean, median, min and max; words, days, times, places and photos are listed as `texts`.
    Notes are left out. What nobody answered has None for each of these.
    """
    given: dict[str, list[Value | None]] = {question.id: [] for question in survey.questions}
    for answer in answers:
        if answer.question in given:
            given[answer.question].append(answer.value)
    asked = (question for question in survey.questions if question.type != "note")
    return [_counted(question, given[question.id]) for question in asked]


def _counted(question: Question, values: list[Value | None]) -> dict[str, Any]:
    said = [value for value in values if value is not None]
    row: dict[str, Any] = {
        "id": question.id,
        "type": question.type,
        "n": len(said),
        "skipped": len(values) - len(said),
    }
    if question.type in WORDS:
        return {**row, "texts": said}
    numbers = [value for value in said if isinstance(value, int | float)]
    if question.type == "number":
        return {**row, **_spread(numbers)}
    if question.type == "ranking":
        row |= _ranked(question, [value for value in said if isinstance(value, tuple)])
    ticks = Counter(str(each) for value in said for each in chosen(value))
    row["counts"] = {each: ticks[each] for each in answerable(question)}
    return {**row, "mean": _mean(numbers)} if question.type == "scale" else row


def answerable(question: Question) -> tuple[str, ...]:
    """What a counted question can be answered with, in order."""
    if question.type == "scale":
        return tuple(str(step) for step in range(question.least, question.most + 1))
    return tuple(option.value for option in question.options)


def _ranked(question: Question, orders: list[tuple[str, ...]]) -> dict[str, Any]:
    options = [option.value for option in question.options]
    places = {o: [order.index(o) + 1 for order in orders if o in order] for o in options}
    return {
        "first": {option: places[option].count(1) for option in options},
        "mean_rank": {option: _mean(list(places[option])) for option in options},
    }


def _mean(numbers: list[int | float]) -> float | None:
    return round(sum(numbers) / len(numbers), 3) if numbers else None


def _spread(numbers: list[int | float]) -> dict[str, float | None]:
    return {
        "mean": _mean(numbers),
        "median": median(numbers) if numbers else None,
        "min": min(numbers, default=None),
        "max": max(numbers, default=None),
    }
