"""Whom a round goes to: who speaks and is reached as asked, and whose lot is drawn."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins.forms import OFTEN, definition

from surveys.audience import drawn, fits
from surveys.build import build
from surveys.definition import Audience
from surveys.errors import Faults

SHARES = st.integers(1, 100)
PEOPLE = [f"person-{i}" for i in range(4000)]


def lucky(share: int, seed: str) -> set[str]:
    return set(drawn(Audience(share=share), PEOPLE, seed))


def faults(audience: Any) -> list[tuple[str, str]]:
    with pytest.raises(Faults) as raised:
        build(definition(OFTEN, audience=audience))
    return [(fault.path, fault.fault) for fault in raised.value.faults]


def test_without_an_audience_a_survey_is_for_everybody() -> None:
    assert set(drawn(build(definition(OFTEN)).audience, PEOPLE, "walk:1")) == set(PEOPLE)


@pytest.mark.parametrize(
    ("channel", "language", "meant"),
    [("line", "en", True), ("telegram", "en", False), ("line", "zh-TW", False)],
)
def test_both_channel_and_language_have_to_fit(channel: str, language: str, meant: bool) -> None:
    english = build(definition(OFTEN, audience={"channels": ["line"], "languages": ["en"]}))
    assert fits(english.audience, channel, language) == meant


def test_a_share_is_met_on_average() -> None:
    # 4,000 lots at a quarter: five standard deviations are 137.
    assert abs(len(lucky(25, "walk:1")) - 1000) < 137


def test_another_round_draws_others() -> None:
    # Of 1,000 people an independent draw takes a quarter again, 250 give or take 69.
    assert abs(len(lucky(25, "walk:1") & lucky(25, "walk:2")) - 250) < 75


@given(st.text(), SHARES, SHARES)
def test_who_is_in_a_smaller_share_is_in_a_larger(seed: str, one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert lucky(small, seed) <= lucky(large, seed)


@given(st.text(), st.integers(1, 5000))
def test_no_more_are_drawn_than_asked_for(seed: str, most: int) -> None:
    assert len(drawn(Audience(most=most), PEOPLE, seed)) == min(most, len(PEOPLE))


@given(st.text(), SHARES, st.integers(1, 100))
def test_a_lot_does_not_depend_on_who_else_takes_part(seed: str, share: int, most: int) -> None:
    alone = drawn(Audience(share=share, most=most), PEOPLE[:200], seed)
    among = drawn(Audience(share=share), PEOPLE, seed)
    assert set(alone) <= set(among)


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        ({"share": 0}, [("audience.share", "0 in a hundred is out of range")]),
        ({"share": 101}, [("audience.share", "101 in a hundred is out of range")]),
        ({"channels": "line"}, [("audience.channels", "is no list of words")]),
        ({"languages": ["ja"]}, [("audience.languages", "the survey does not speak ja")]),
        ({"ages": [18]}, [("audience.ages", "is not known")]),
        (["line"], [("audience", "is no mapping")]),
        ({"most": -1}, [("audience.most", "-1 people is out of range")]),
        (
            {"answered": {"survey": "walk", "question": "often", "any_of": []}},
            [("audience.answered.any_of", "names no answer")],
        ),
        (
            {"answered": {"survey": "walk", "any_of": ["daily"]}},
            [("audience.answered.question", "is no plain name")],
        ),
    ],
)
def test_an_audience_that_cannot_be_is_told(audience: Any, found: list[tuple[str, str]]) -> None:
    assert faults(audience) == found
