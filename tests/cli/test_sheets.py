"""Survey results as sheets."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from standins.forms import CONTENT, TROUBLE, WISH, survey

from bot.cli.sheets import cell, workbook
from bot.storage.surveys import Given
from surveys.session import Answer, Value

NOW = datetime(2026, 7, 6, tzinfo=UTC)
WALK = survey(TROUBLE, CONTENT, WISH)


def given(session: str, question: str, value: Value | None) -> Given:
    return Given(session, "r1", 1, Answer(question, value, NOW))


def sheet(title: str, *answers: Given) -> list[tuple[object, ...]]:
    book = load_workbook(BytesIO(workbook(WALK, answers)))
    return list(book[title].iter_rows(values_only=True))


def test_each_session_is_a_row_and_each_question_a_column() -> None:
    rows = sheet(
        "answers",
        given("s1", "trouble", ("parked", "dark")),
        given("s2", "content", 2),
        given("s1", "content", 4),
    )
    assert rows == [
        ("session", "round", "version", "trouble", "content", "wish"),
        ("s1", "r1", 1, "parked|dark", 4, None),
        ("s2", "r1", 1, None, 2, None),
    ]


def test_every_figure_of_a_question_is_counted_in_a_row() -> None:
    rows = sheet("counts", given("s1", "content", 4), given("s2", "content", 5))
    assert [row[1:] for row in rows if row[0] == "content"] == [
        ("n", None, 2),
        ("skipped", None, 0),
        *(("counts", str(step), int(step > 3)) for step in range(1, 6)),
        ("mean", None, 4.5),
    ]


@pytest.mark.parametrize("words", ["=1+1", "+886", "-", "@here"])
def test_a_citizens_words_are_no_formula(words: str) -> None:
    rows = sheet("answers", given("s1", "wish", words))
    assert (rows[1][-1], cell(words)) == (f"'{words}", f"'{words}")
