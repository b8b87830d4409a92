"""What people type, read by the type of the question."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from standins.forms import CONTENT, OFTEN, TROUBLE, WISH, names, option, question, survey

from surveys.questions import TYPES
from surveys.questions.base import Hearing, Outcome, Ticked, Unusable, Usable, named, ordinal


def read(asked: dict[str, Any], said: str, picked: tuple[str, ...] = ()) -> Outcome:
    built = survey(asked).questions[0]
    return TYPES[built.type].read(built, said, Hearing(picked, "zh-TW", date(2026, 11, 27)))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2", 2),
        ("2.", 2),
        ("二", 2),
        ("第二個", 2),
        ("第2個", 2),
        ("第 2 個", 2),
        ("選二", 2),
        ("選2", 2),
        ("我選第二個", 2),
        ("第二項", 2),
        ("2號", 2),
        ("十", 10),
        ("12", 12),
        ("第", None),
        ("個", None),
        ("", None),
        ("-1", None),
        ("2.5", None),
        ("2 3", None),
        ("12345", None),
        ("二樓", None),
        ("零", None),
    ],
)
def test_a_number_is_known_however_it_is_said(said: str, number: int | None) -> None:
    assert ordinal(said) == number


def test_a_language_without_a_label_falls_back_to_the_citys_own() -> None:
    assert named({"en": "How often?", "zh-TW": "多常？"}, "ja") == "多常？"


def test_a_label_in_one_language_only_serves_all() -> None:
    assert named({"en": "How often?"}, "ja") == "How often?"


@pytest.mark.parametrize(
    "said",
    [
        "never",
        "NEVER",
        "從來不",
        " 從來不 ",
        "從來",
        "從",
        "2",
        "２",
        "二",
        "第二個",
        "選二",
        "選 ２",
    ],
)
def test_an_option_is_chosen_however_it_is_said(said: str) -> None:
    assert read(OFTEN, said) == Usable("never")


@pytest.mark.parametrize(
    "said", ["", "　", "3", "０", "第三個", "不", "每天 從來不", "？", "neverr"]
)
def test_what_names_no_option_is_misread(said: str) -> None:
    assert read(OFTEN, said) == Unusable("choice")


def test_a_beginning_that_fits_two_options_is_misread() -> None:
    asked = question("q", "choice", options=[option("a", "路燈太暗"), option("b", "路燈不亮")])
    assert [read(asked, said) for said in ("路燈", "路燈太")] == [Unusable("choice"), Usable("a")]


def test_a_label_of_another_language_is_understood_too() -> None:
    asked = question(
        "q", "choice", options=[option("a", "是"), {"value": "b", "label": names("否", "Not now")}]
    )
    assert read(asked, "not now") == Usable("b")


def test_a_button_says_its_own_option_even_when_another_has_that_label() -> None:
    asked = question("q", "choice", options=[option("a", "b"), option("b", "c")])
    assert read(asked, "b") == Usable("b")


def test_a_label_that_is_a_number_goes_before_the_place_in_the_list() -> None:
    asked = question("q", "choice", options=[option("a", "2"), option("b", "1")])
    assert read(asked, "２") == Usable("a")


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("1", 1),
        ("５", 5),
        ("三", 3),
        ("第四個", 4),
        ("選2", 2),
        ("1 很差", 1),
        ("很好", 5),
        ("GOOD", 5),
        (" 4 ", 4),
    ],
)
def test_a_step_is_known_however_it_is_said(said: str, step: int) -> None:
    assert read(CONTENT, said) == Usable(step)


@pytest.mark.parametrize("said", ["", "0", "6", "-1", "3.5", "好", "普通", "九"])
def test_what_is_no_step_is_misread(said: str) -> None:
    assert read(CONTENT, said) == Unusable("number")


@pytest.mark.parametrize(("said", "step"), [("-2", -2), ("－２", -2), ("0", 0), ("差", -2)])
def test_steps_below_zero_can_be_pressed_and_typed(said: str, step: int) -> None:
    asked = question("q", "scale", least=-2, most=2, low=names("差"))
    assert read(asked, said) == Usable(step)


@pytest.mark.parametrize(
    "said",
    [
        "機車擋路、晚上太暗",
        "晚上太暗、機車擋路",
        "1、2",
        "１，２",
        "1 2",
        "1,2;",
        "一和二",
        "第一個跟第二個",
        "機車 晚上",
        "parked dark",
        "1、2、1",
        "、1、、2、",
        "機車擋路\n晚上太暗",
    ],
)
def test_several_typed_at_once_are_the_whole_answer(said: str) -> None:
    outcome = read(TROUBLE, said, picked=("rain",))
    assert isinstance(outcome, Usable)
    assert set(outcome.value) == {"parked", "dark"}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("1、2、3", "many"),
        ("1、4", "many"),
        ("都沒有 下雨", "many"),
        ("1、9", "choice"),
        ("路面不平", "choice"),
        ("、", "choice"),
        ("", "choice"),
        ("done", "few"),
    ],
)
def test_too_many_too_few_or_unknown_ones_are_misread_with_the_reason(
    said: str, reason: str
) -> None:
    assert read(TROUBLE, said) == Unusable(reason)


def test_fewer_than_the_least_are_too_few() -> None:
    assert read({**TROUBLE, "least": 2}, "done", picked=("dark",)) == Unusable("few")


def test_an_option_that_stands_alone_is_enough_by_itself() -> None:
    assert read({**TROUBLE, "least": 2}, "done", picked=("none",)) == Usable(("none",))


@pytest.mark.parametrize(
    ("picked", "said", "now"),
    [
        ((), "dark", ("dark",)),
        (("parked",), "dark", ("parked", "dark")),
        (("parked", "dark"), "第一個", ("dark",)),
        (("parked", "dark"), "都沒有", ("none",)),
        (("none",), "下雨", ("rain",)),
        (("none",), "none", ()),
    ],
)
def test_one_at_a_time_is_ticked_or_unticked(
    picked: tuple[str, ...], said: str, now: tuple[str, ...]
) -> None:
    assert read(TROUBLE, said, picked) == Ticked(now)


def test_labels_with_blanks_are_told_apart_by_commas() -> None:
    cars, ground = names("車", "Parked cars"), names("地", "Uneven ground")
    asked = question(
        "q", "several", options=[{"value": "a", "label": cars}, {"value": "b", "label": ground}]
    )
    assert read(asked, "parked cars, uneven ground") == Usable(("a", "b"))


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("多一點樹", Usable("多一點樹")),
        ("  樹 \n", Usable("樹")),
        ("樹\x00\ud800", Usable("樹")),
        ("\x00", Unusable("text")),
        ("2", Usable("2")),
        ("一二三四五六七八九十", Usable("一二三四五六七八九十")),
        ("一二三四五六七八九十一", Unusable("text")),
        ("", Unusable("text")),
        ("　\n", Unusable("text")),
    ],
)
def test_words_of_ones_own_are_taken_within_their_bounds(said: str, outcome: Outcome) -> None:
    assert read(WISH, said) == outcome
