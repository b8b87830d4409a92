"""Blocks: neighbours that come in another order for each session."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins.forms import definition, names, question, surveys

from surveys.build import build
from surveys.definition import Question, Survey
from surveys.errors import Faults
from surveys.ordering import looked_at, ordered

FIRST, LAST = question("first", "text"), question("last", "text")
TRIO = [question(name, "statement", block="b") for name in ("x", "y", "z")]


def of(*questions: dict) -> Survey:
    return build(definition(*questions))


def ids(survey: Survey, seed: str) -> list[str]:
    return [each.id for each in ordered(survey, seed)]


def test_a_block_comes_in_every_order_and_nothing_else_moves() -> None:
    drawn = {tuple(ids(of(FIRST, *TRIO, LAST), str(seed))) for seed in range(100)}
    assert (len(drawn), {(each[0], each[-1]) for each in drawn}) == (6, {("first", "last")})


def test_a_seed_always_gives_the_same_order() -> None:
    assert ids(of(*TRIO), "s1") == ids(of(*TRIO), "s1")


def test_what_looks_back_at_its_own_block_stays_behind_that() -> None:
    why = question("why", "text", block="b", relevant="${x} = 'agree'")
    drawn = {tuple(ids(of(*TRIO, why), str(seed))) for seed in range(100)}
    assert {each[each.index("x") + 1] for each in drawn} == {"why"}


def test_what_asks_about_another_answer_moves_along() -> None:
    options = [
        {"value": "a", "label": names("甲")},
        {"value": "other", "label": names("其他"), "specify": names("是什麼？")},
    ]
    asked = question("which", "choice", options=options, block="b")
    drawn = {tuple(ids(of(asked, *TRIO), str(seed))) for seed in range(100)}
    assert {each[each.index("which") + 1] for each in drawn} == {"which_other"}


def test_the_rows_of_a_matrix_are_a_block_where_it_is_one() -> None:
    rows = [{"value": row, "label": names(row)} for row in ("a", "b", "c")]
    options = [{"value": v, "label": names(v)} for v in ("good", "bad")]
    matrix = {"id": "m", "type": "matrix", "text": names("如何？"), "rows": rows}
    survey = of({**matrix, "options": options, "block": "b"})
    assert len({tuple(ids(survey, str(seed))) for seed in range(100)}) == 6


def test_a_block_that_is_left_and_begun_again_is_a_fault() -> None:
    with pytest.raises(Faults, match="the block b was left before"):
        of(*TRIO, LAST, question("w", "text", block="b"))


@given(surveys(), st.text(max_size=5))
def test_every_question_comes_once_and_behind_those_it_looks_back_at(
    survey: Survey, seed: str
) -> None:
    asked: list[Question] = list(ordered(survey, seed))
    too_early = [
        (each.id, other.id)
        for at, each in enumerate(asked)
        for other in asked[at:]
        if other.id in looked_at(each)
    ]
    everyone = {question.id for question in survey.questions}
    assert ({each.id for each in asked}, len(asked), too_early) == (everyone, len(everyone), [])
