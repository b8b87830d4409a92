"""What a round takes: calls, time, money, and how it is spread where messages run out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.delivery import Lane, Plan

COUNTS = st.integers(0, 10_000)


def test_people_of_one_call_cost_one_call() -> None:
    lane = Lane("line", 1001, per_second=200, together=500, price=0.2)
    assert (lane.calls, lane.seconds, lane.cost) == (3, 0.015, pytest.approx(200.2))


def test_without_a_quota_everybody_is_invited_at_once() -> None:
    lane = Lane("telegram", 90, per_second=30)
    assert (list(lane.waves()), lane.beyond, lane.seconds) == ([90], 0, 3.0)


def test_what_a_month_does_not_reach_comes_in_the_next_ones() -> None:
    lane = Lane("line", 450, per_second=1, left=50, limit=200)
    assert (list(lane.waves()), lane.beyond) == ([50, 200, 200], 400)


def test_with_nothing_left_this_month_begins_with_nobody() -> None:
    assert list(Lane("line", 150, per_second=1, left=0, limit=200).waves()) == [0, 150]


def test_where_no_month_has_messages_nobody_is_in_a_wave() -> None:
    assert sum(Lane("line", 9, per_second=1, left=0, limit=0).waves()) == 0


@given(COUNTS, COUNTS, st.integers(1, 10_000))
def test_everybody_is_in_one_wave_and_no_wave_is_larger_than_its_month(
    people: int, left: int, limit: int
) -> None:
    waves = list(Lane("line", people, per_second=1, left=left, limit=limit).waves())
    assert (sum(waves), waves[:1] <= [left], max(waves[1:], default=0) <= limit) == (
        people,
        True,
        True,
    )


def test_channels_are_sent_to_side_by_side() -> None:
    lanes = (Lane("line", 400, per_second=200), Lane("telegram", 90, per_second=30))
    plan = Plan(lanes)
    assert (plan.people, plan.seconds, plan.beyond) == (490, 3.0, 0)
