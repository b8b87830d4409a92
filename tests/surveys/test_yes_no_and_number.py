"""Yes or no and numbers: their definitions, and conditions on them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from standins.forms import OFTEN, WISH, definition, option, question, survey

from bot.model.plain import from_json, to_json
from surveys.build import build
from surveys.definition import Survey
from surveys.engine import answer, begin
from surveys.errors import Faults
from surveys.questions.number import amount
from surveys.session import Session

NOW = datetime(2026, 7, 6, 4, 30, tzinfo=UTC)
AGREE = question("agree", "yes_no", options=[option("yes", "同意"), option("no", "不同意")])
MANY = question("many", "number", most=120)


def faults(*questions: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        build(definition(*questions))
    except Faults as wrong:
        return [(each.path, each.fault) for each in wrong.faults]
    return []


def when(earlier: str, *values: object) -> dict[str, Any]:
    return {**WISH, "relevant": {"question": earlier, "any_of": list(values)}}


def current(of: Survey, said: str) -> str | None:
    first = begin(of, "s1", "round-1", "zh-TW", NOW, NOW.date()).session
    return answer(of, first, said, NOW).session.current


def test_a_yes_or_no_is_conditioned_on_without_quotes_in_yaml() -> None:
    written = yaml.safe_load("{question: agree, is: yes}")
    built = survey(AGREE, {**WISH, "relevant": written})
    assert built.question("wish").relevant == "selected(${agree}, 'yes')"


@pytest.mark.parametrize(("said", "asked"), [("好", "wish"), ("我不同意", None)])
def test_a_condition_on_a_yes_holds_only_after_a_yes(said: str, asked: str | None) -> None:
    assert current(survey(AGREE, when("agree", True)), said) == asked


@pytest.mark.parametrize(("said", "asked"), [("0", "wish"), ("一", "wish"), ("2", None)])
def test_a_condition_on_a_number_holds_only_for_that_number(said: str, asked: str | None) -> None:
    assert current(survey(MANY, when("many", 0, 1)), said) == asked


@pytest.mark.parametrize("value", [121, -1, "x", "07", 2.5])
def test_a_condition_on_a_number_that_cannot_be_given_is_a_fault(value: object) -> None:
    told = [("questions[1].relevant", f"{value} is no answer to many")]
    assert faults(MANY, when("many", value)) == told


def test_an_option_that_yaml_made_true_or_false_is_told_to_be_quoted() -> None:
    written = yaml.safe_load("{value: no, label: {zh-TW: 否}}")
    with pytest.raises(Faults) as raised:
        build(definition({**OFTEN, "options": [*OFTEN["options"], written]}))
    assert [(each.path, each.remedy) for each in raised.value.faults] == [
        ("questions[0].options[2].value", "put it in quotes")
    ]


def test_a_yes_or_no_has_just_the_two_options() -> None:
    fault = [("questions[0]", "has not the options yes and no")]
    assert faults({**AGREE, "options": [option("yes", "好"), option("maybe", "再說")]}) == fault
    assert faults({**AGREE, "options": [*AGREE["options"], option("maybe", "再說")]}) == fault


def test_a_range_of_one_number_is_a_fault() -> None:
    assert faults({**MANY, "least": 120}) == [("questions[0]", "least and most can't be met")]


@given(st.integers(-999_999_999, 999_999_999))
def test_a_whole_number_is_read_as_itself_with_or_without_commas(value: int) -> None:
    assert [amount(str(value)), amount(f"{value:,}")] == [value, value]


def test_a_number_with_a_fraction_goes_to_json_and_back() -> None:
    of = survey(MANY, WISH)
    session = answer(
        of, begin(of, "s1", "r", "zh-TW", NOW, NOW.date()).session, "2.5小時", NOW
    ).session
    assert session.answers[0].value == 2.5
    assert from_json(Session, to_json(session)) == session
