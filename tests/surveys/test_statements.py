"""Participants' statements among a survey's own, and the order that tells most."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from standins.forms import question, survey

from surveys.engine import answer, begin, fits
from surveys.ordering import ordered
from surveys.statements import Added, extended, informative, worth

NOW, TODAY = datetime(2026, 7, 6, tzinfo=UTC), date(2026, 7, 6)
FIRST, LAST = question("first", "text"), question("last", "suggestion", required=False)
VIEWS = [question(f"v{at}", "statement") for at in range(3)]
VOTE = survey(FIRST, *VIEWS, LAST)
ADDED = (Added("a1", "公園的燈應該亮到半夜。"), Added("b2", "公車應該開到一點。"))
COUNTS = st.integers(0, 200)


def ids(of, order=()):
    return [each.id for each in ordered(of, "s1", order)]


def test_what_was_accepted_is_asked_behind_the_surveys_own_statements() -> None:
    assert ids(extended(VOTE, ADDED)) == ["first", "v0", "v1", "v2", "own_a1", "own_b2", "last"]


def test_without_statements_it_is_asked_before_people_are_invited_to_make_one() -> None:
    assert ids(extended(survey(FIRST, LAST), ADDED[:1])) == ["first", "own_a1", "last"]


def test_with_nothing_accepted_the_survey_is_as_it_was() -> None:
    assert extended(VOTE, ()) is VOTE


def test_a_session_that_was_begun_before_goes_on_and_meets_it() -> None:
    begun = begin(VOTE, "s1", "r1", "zh-TW", NOW, TODAY)
    on = answer(VOTE, begun.session, "好", NOW).session
    longer = extended(VOTE, ADDED)
    seen = []
    while on.current and on.current != "last":
        assert fits(longer, on)
        seen.append(on.current)
        on = answer(longer, on, "agree", NOW).session
    assert seen == ["v0", "v1", "v2", "own_a1", "own_b2"]


def test_statements_come_in_the_order_that_a_session_was_begun_with() -> None:
    order = ("own_b2", "v2", "v0")
    assert ids(extended(VOTE, ADDED), order) == [
        "first", "own_b2", "v2", "v0", "v1", "own_a1", "last",
    ]  # fmt: skip


@given(COUNTS, COUNTS, COUNTS)
def test_one_more_vote_tells_less_the_more_there_are(
    agreed: int, against: int, passed: int
) -> None:
    assert worth(agreed * 2 + 1, against * 2 + 1, passed * 2 + 1) < worth(agreed, against, passed)


@given(st.integers(1, 200), st.integers(0, 50))
def test_what_divides_tells_more_than_what_all_agree_on(half: int, passed: int) -> None:
    assert worth(half, half, passed) > worth(2 * half, 0, passed)


@given(st.integers(1, 200), st.integers(0, 50))
def test_what_many_pass_on_tells_less(votes: int, passed: int) -> None:
    assert worth(votes, votes, passed + 1) < worth(votes, votes, passed)


def test_the_one_that_tells_most_comes_first() -> None:
    assert informative({"a": (50, 50, 0), "b": (1, 1, 0), "c": (2, 0, 9)}) == ("b", "a", "c")


def fewest(asking_most: bool) -> int:
    """Of twenty statements the fewest votes that one has got after 200 people voted on five."""
    chance = np.random.default_rng(3)
    leaning = chance.random(20)
    votes = {f"v{at:02}": (0, 0, 0) for at in range(20)}
    for _ in range(200):
        order = informative(votes) if asking_most else tuple(votes)
        for name in order[:5]:
            agreed, against, passed = votes[name]
            agrees = chance.random() < leaning[int(name[1:])]
            votes[name] = (agreed + agrees, against + (not agrees), passed)
    return min(sum(each) for each in votes.values())


def test_those_who_leave_early_still_vote_on_every_statement_between_them() -> None:
    assert (fewest(asking_most=False) > 0, fewest(asking_most=True) > 0) == (False, True)
