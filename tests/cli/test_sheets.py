"""Survey results as sheets."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from standins.forms import CONTENT, TROUBLE, WISH, survey

from bot.cli.sheets import cell, workbook
from surveys.results import whole
from surveys.session import Answer, Session, Value

NOW = datetime(2026, 7, 6, tzinfo=UTC)
WALK = survey(TROUBLE, CONTENT, WISH)


def session(name: str, **said: Value) -> Session:
    answers = tuple(Answer(question, value, NOW) for question, value in said.items())
    return Session(name, "walk", 1, "r1", "zh-TW", NOW, answers=answers, day=NOW.date())


def sheet(title: str, *sessions: Session, by: str | None = None) -> list[tuple[object, ...]]:
    content = workbook(WALK, sessions, whole(WALK, sessions, by))
    return list(load_workbook(BytesIO(content))[title].iter_rows(values_only=True))


def test_each_session_is_a_row_and_each_question_a_column() -> None:
    rows = sheet(
        "answers",
        session("s1", trouble=("parked", "dark"), content=4),
        session("s2", content=2),
    )
    assert rows == [
        ("session", "round", "version", "trouble", "content", "wish"),
        ("s1", "r1", 1, "parked|dark", 4, None),
        ("s2", "r1", 1, None, 2, None),
    ]


def test_every_figure_of_a_question_is_counted_in_a_row() -> None:
    rows = sheet("counts", session("s1", content=4), session("s2", content=5))
    assert [row[1:] for row in rows if row[0] == "content"] == [
        ("n", None, 2),
        ("skipped", None, 0),
        *(("counts", str(step), int(step > 3)) for step in range(1, 6)),
        ("mean", None, 4.5),
    ]


@pytest.mark.parametrize("words", ["=1+1", "+886", "-", "@here"])
def test_a_citizens_words_are_no_formula(words: str) -> None:
    rows = sheet("answers", session("s1", wish=words))
    assert (rows[1][-1], cell(words)) == (f"'{words}", f"'{words}")


def test_where_people_left_is_a_sheet() -> None:
    rows = sheet("reached", session("s1", trouble=("dark",)), session("s2"))
    assert rows[1:] == [("trouble", 2, 1, 0, 1), ("content", 1, 0, 0, 1), ("wish", 0, 0, 0, 0)]


def test_questions_and_values_have_their_labels_in_each_language() -> None:
    rows = sheet("labels")
    assert [row for row in rows if row[0] == "trouble" and row[2] == "zh-TW"][:3] == [
        ("trouble", None, "zh-TW", "trouble？"),
        ("trouble", "parked", "zh-TW", "機車擋路"),
        ("trouble", "dark", "zh-TW", "晚上太暗"),
    ]


def test_a_question_held_against_another_is_a_table() -> None:
    rows = sheet("crossed", session("s1", trouble=("dark", "rain"), content=4), by="content")
    assert rows[:5] == [
        ("trouble", "parked", "dark", "rain", "none"),
        ("1", 0, 0, 0, 0),
        ("2", 0, 0, 0, 0),
        ("3", 0, 0, 0, 0),
        ("4", 0, 1, 1, 0),
    ]
