"""When a need is ripe, and its heat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from standins.samples import CITY, NOW, need

from bot.pipeline.ripen import heat, ripe

LATER = NOW + timedelta(days=2)


def test_enough_people_for_long_enough_make_a_need_ripe() -> None:
    assert ripe(need(), CITY.ripeness, LATER) is True


def test_too_few_people_leave_it_unripe() -> None:
    assert ripe(need(people=2), CITY.ripeness, LATER) is False


def test_too_short_a_time_leaves_it_unripe() -> None:
    assert ripe(need(), CITY.ripeness, LATER - timedelta(seconds=1)) is False


def test_a_forwarded_need_is_not_ripe_again() -> None:
    assert ripe(need(stage="collected"), CITY.ripeness, LATER) is False


@pytest.mark.parametrize(
    "days, expected",
    [((), 0.0), ((0,), 1.0), ((14,), 0.5), ((0, 14, 28), 1.75), ((-3,), 1.0)],
)
def test_heat_halves_in_two_weeks(days: tuple[int, ...], expected: float) -> None:
    assert heat([NOW - timedelta(days=d) for d in days], NOW) == pytest.approx(expected)
