"""Answers counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from standins.forms import CONTENT, FIRST, OFTEN, TROUBLE, WISH, option, question, survey

from surveys.session import Answer, Value
from surveys.tally import tally

NOW = datetime(2026, 7, 6, tzinfo=UTC)


def counted(asked: dict[str, Any], *values: Value | None) -> dict[str, Any]:
    answers = [Answer(asked["id"], value, NOW) for value in values]
    return tally(survey(asked), answers)[0]


@pytest.mark.parametrize(
    ("asked", "values", "row"),
    [
        (
            OFTEN,
            ("never", "never", "daily"),
            {"type": "choice", "n": 3, "skipped": 0, "counts": {"daily": 1, "never": 2}},
        ),
        (
            TROUBLE,
            (("parked", "dark"), ("dark",), None),
            {
                "type": "several",
                "n": 2,
                "skipped": 1,
                "counts": {"parked": 1, "dark": 2, "rain": 0, "none": 0},
            },
        ),
        (
            FIRST,
            (("lamps", "buses"), ("buses", "lamps"), ("lamps", "pavement"), None),
            {
                "type": "ranking",
                "n": 3,
                "skipped": 1,
                "first": {"lamps": 2, "pavement": 0, "buses": 1},
                "mean_rank": {"lamps": 1.333, "pavement": 2, "buses": 1.5},
                "counts": {"lamps": 3, "pavement": 1, "buses": 2},
            },
        ),
        (
            CONTENT,
            (5, 4, 4),
            {
                "type": "scale",
                "n": 3,
                "skipped": 0,
                "counts": {"1": 0, "2": 0, "3": 0, "4": 2, "5": 1},
                "mean": 4.333,
            },
        ),
        (
            question("many", "number"),
            (10, 2.5, 4, None),
            {
                "type": "number",
                "n": 3,
                "skipped": 1,
                "mean": 5.5,
                "median": 4,
                "min": 2.5,
                "max": 10,
            },
        ),
        (
            question("agree", "yes_no", options=[option("yes", "好"), option("no", "不好")]),
            ("yes", "no", "yes"),
            {"type": "yes_no", "n": 3, "skipped": 0, "counts": {"yes": 2, "no": 1}},
        ),
        (
            WISH,
            ("多一點樹", None),
            {"type": "text", "n": 1, "skipped": 1, "texts": ["多一點樹"]},
        ),
    ],
    ids=["choice", "several", "ranking", "scale", "number", "yes_no", "text"],
)
def test_each_type_is_counted_in_its_way(
    asked: dict[str, Any], values: tuple[Value | None, ...], row: dict[str, Any]
) -> None:
    assert counted(asked, *values) == {"id": asked["id"], **row}


def test_a_scale_nobody_answered_has_no_mean() -> None:
    assert (counted(CONTENT, None)["mean"], counted(CONTENT, None)["skipped"]) == (None, 1)


def test_a_number_nobody_answered_has_no_middle_and_no_ends() -> None:
    row = counted(question("many", "number"))
    assert [row[key] for key in ("mean", "median", "min", "max")] == [None] * 4


def test_every_question_has_a_row_in_order_even_without_answers() -> None:
    rows = tally(survey(), [])
    assert [(row["id"], row["n"]) for row in rows] == [
        ("often", 0),
        ("why", 0),
        ("trouble", 0),
        ("content", 0),
        ("wish", 0),
    ]


def test_answers_to_questions_that_are_gone_count_for_nothing() -> None:
    assert tally(survey(OFTEN), [Answer("gone", "x", NOW)]) == tally(survey(OFTEN), [])


def test_steps_of_a_scale_are_listed_in_their_order() -> None:
    assert list(counted(CONTENT, 5, 1)["counts"]) == ["1", "2", "3", "4", "5"]
