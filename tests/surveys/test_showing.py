"""What is written short is asked at length; options shuffle; earlier answers come back in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins.forms import OFTEN, TROUBLE, WISH, definition, names, option, question, survey

from surveys.build import build
from surveys.definition import Survey
from surveys.engine import Sprint, answer, begin
from surveys.errors import Faults
from surveys.events import Misread
from surveys.session import SessionState

NOW = datetime(2026, 7, 6, 4, 30, tzinfo=UTC)
OPTIONS = [option(f"o{at}", f"選項{at}號") for at in range(8)]
NONE = option("none", "都沒有", alone=True)
OTHER = option("other", "其他", specify=names("是什麼？"))


def begun(of: Survey, seed: str = "s1", language: str = "zh-TW") -> Sprint:
    return begin(of, seed, "r1", language, NOW, NOW.date())


def said(of: Survey, *words: str) -> Sprint:
    sprint = begun(of)
    for each in words:
        sprint = answer(of, sprint.session, each, NOW)
    return sprint


def labels(sprint: Sprint) -> list[str]:
    assert sprint.prompt
    return [choice.label for choice in sprint.prompt.choices]


def text(sprint: Sprint) -> str:
    assert sprint.prompt
    return sprint.prompt.text


def faults(*asked: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(Faults) as refused:
        build(definition(*asked))
    return [(fault.path, fault.fault) for fault in refused.value.faults]


SHUFFLED = survey(question("q", "choice", shuffled=True, options=[NONE, *OPTIONS, OTHER]))


@given(st.text(max_size=26))
def test_shuffled_options_are_all_there_and_the_last_ones_last(seed: str) -> None:
    shown = labels(begun(SHUFFLED, seed))
    assert (sorted(shown[:8]), shown[8:]) == (
        [each["label"]["zh-TW"] for each in OPTIONS],
        ["都沒有", "其他"],
    )


def test_one_session_sees_one_order_and_others_see_others() -> None:
    orders = [tuple(labels(begun(SHUFFLED, f"session {at}"))) for at in range(50)]
    again = [tuple(labels(begun(SHUFFLED, f"session {at}"))) for at in range(50)]
    assert orders == again
    assert len(set(orders)) > 45


def test_every_option_comes_first_about_equally_often() -> None:
    firsts = [labels(begun(SHUFFLED, f"session {at}"))[0] for at in range(800)]
    counts = [firsts.count(label) for label in {*firsts}]
    assert len(counts) == 8
    assert 60 <= min(counts) <= max(counts) <= 140


def test_the_second_one_is_the_second_shown() -> None:
    first = begun(SHUFFLED, "any")
    assert first.prompt
    done = answer(SHUFFLED, first.session, "第二個", NOW)
    assert done.session.answers[0].value == first.prompt.choices[1].value


def test_an_option_to_be_specified_brings_its_question() -> None:
    of = survey({**OFTEN, "options": [*OFTEN["options"], OTHER]}, WISH)
    assert [q.id for q in of.questions] == ["often", "often_other", "wish"]
    assert [said(of, "其他").session.current, said(of, "每天").session.current] == [
        "often_other",
        "wish",
    ]


def test_a_matrix_is_one_choice_for_each_row() -> None:
    rows = [option("lane", "巷子"), option("park", "公園")]
    of = survey(question("safe", "matrix", rows=rows, options=OPTIONS[:2]))
    assert [q.id for q in of.questions] == ["safe_lane", "safe_park"]
    assert text(said(of, "1")) == "safe？\n▸ 公園"


def test_an_earlier_answer_comes_back_in_words() -> None:
    of = survey(TROUBLE, question("worst", "text", text=names("「${trouble}」哪裡最嚴重？")))
    assert text(said(of, "1、2")) == "「機車擋路、晚上太暗」哪裡最嚴重？"


def test_what_was_skipped_comes_back_as_nothing() -> None:
    of = survey(question("a", "note"), question("b", "text", text=names("[${a}]")))
    assert text(said(of, "好")) == "[繼續]"


def test_holes_in_an_answer_are_not_filled() -> None:
    of = survey(
        question("a", "text"), question("b", "text"), question("c", "text", text=names("${b}"))
    )
    assert text(said(of, "甲", "${a}")) == "${a}"


def test_an_answer_that_the_constraint_does_not_allow_is_asked_again_with_the_remark() -> None:
    low = question("low", "number", most=100)
    high = question("high", "number", most=100, constraint=". > ${low}", remark=names("要更多"))
    sprint = said(survey(low, high), "5", "5")
    assert (sprint.events, sprint.session.current) == ((Misread("constraint", "要更多"),), "high")
    assert said(survey(low, high), "5", "6").session.state is SessionState.FINISHED


def test_a_survey_of_which_nothing_is_relevant_ends_at_once() -> None:
    of = survey({**OFTEN, "relevant": "false()"})
    assert (begun(of).prompt, begun(of).session.state) == (None, SessionState.FINISHED)


def test_what_depends_on_today_depends_on_the_day_the_session_began() -> None:
    of = survey({**OFTEN, "relevant": "today() = '2026-07-06'"})
    assert begun(of).session.current == "often"


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (
            question("q", "text", text=names("${x}？")),
            ("questions[1].text", "x is not asked before"),
        ),
        (question("q", "text", hint=names("${q}")), ("questions[1].hint", "q is not asked before")),
        (
            question("q", "text", constraint="${x} = 1"),
            ("questions[1].constraint", "x is not asked before"),
        ),
        (
            question("q", "text", relevant="${often} = 'weekly'"),
            ("questions[1].relevant", "weekly is no answer to often"),
        ),
        (
            question("q", "text", constraint="1 +"),
            ("questions[1].constraint", "has its end where a value is due (character 4)"),
        ),
        (question("q", "matrix", options=OPTIONS), ("questions[1].rows", "are no list")),
        (
            question("q", "matrix", rows=["a"], options=OPTIONS),
            ("questions[1].rows[0]", "is no mapping"),
        ),
        (
            question("q", "matrix", rows=[option("a", "甲")], options=OPTIONS, most=3),
            ("questions[1].most", "is not known"),
        ),
        (
            question("q", "choice", options=[OPTIONS[0], {**OTHER, "specify": "?"}]),
            ("questions[1].text", "has no text by language"),
        ),
        (
            question("q", "scale", least=0, stars=True),
            ("questions[1]", "shows stars, which count from 1"),
        ),
        (
            question("q", "statement", options=OPTIONS),
            ("questions[1]", "has other options than the three votes"),
        ),
    ],
    ids=lambda given: given[1] if isinstance(given, tuple) else "",
)
def test_a_fault_is_told_where_it_stands(asked: dict[str, Any], fault: tuple[str, str]) -> None:
    assert fault in faults(OFTEN, asked)
