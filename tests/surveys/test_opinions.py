"""Opinion groups agree with red-dwarf, the reference in Python for what Polis reckons."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reddwarf.implementations.base import PolisClusteringResult, run_pipeline
from sklearn.metrics import adjusted_rand_score, silhouette_score

from surveys.opinions import (
    Opinions,
    Votes,
    differs,
    divisive,
    grouped,
    opinions,
    placed,
    probability,
    proved,
    shared,
    steady,
    votes,
)
from surveys.session import Answer, Session

NOW = datetime(2026, 7, 6, tzinfo=UTC)
LEANINGS = ((1, 1, -1, -1, 1, 0), (-1, 1, 1, -1, 1, 0), (-1, -1, -1, 1, 1, 1))
SEEDS = (1, 3, 4)
LOCAL = 2
"""Votes for which red-dwarf, starting once, stops at groups that are less clear."""


@cache
def crowd(seed: int, people: int = 60, statements: int = 12, missing: float = 0.3) -> Votes:
    """Three groups of like minds, a tenth of whose votes are otherwise, and some not cast."""
    chance = np.random.default_rng(seed)
    leanings = np.array(LEANINGS, dtype=float).repeat(statements // 6, axis=1)
    table = leanings[chance.integers(0, 3, people)]
    other = chance.random(table.shape) < 0.1
    table[other] = chance.integers(-1, 2, other.sum())
    table[chance.random(table.shape) < missing] = math.nan
    return table


@cache
def by_reddwarf(seed: int) -> PolisClusteringResult:
    cast = [
        {
            "participant_id": int(row),
            "statement_id": int(column),
            "vote": float(vote),
            "modified": 0,
        }
        for (row, column), vote in np.ndenumerate(crowd(seed))
        if not math.isnan(vote)
    ]
    return run_pipeline(votes=cast, random_state=0)


@cache
def mine(seed: int) -> Opinions:
    table = crowd(seed)
    return opinions([str(at) for at in range(table.shape[1])], table)


def entered(seed: int) -> list[int]:
    return [at for at, row in enumerate(crowd(seed)) if (~np.isnan(row)).sum() >= 7]


@pytest.mark.parametrize("seed", SEEDS)
def test_people_stand_where_red_dwarf_places_them(seed: int) -> None:
    theirs = np.array([by_reddwarf(seed).participant_projections[at] for at in range(60)])
    points = placed(crowd(seed))
    signs = np.sign((points * theirs).sum(axis=0))
    assert np.abs(points * signs - theirs).max() < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_people_are_in_the_same_groups(seed: int) -> None:
    theirs = by_reddwarf(seed).participants_df["cluster_id"].dropna()
    assert list(theirs.index) == entered(seed)
    assert adjusted_rand_score(theirs.astype(int), mine(seed).labels) == 1


def test_where_the_groups_are_others_they_are_clearer() -> None:
    theirs = by_reddwarf(LOCAL).participants_df["cluster_id"].dropna().astype(int)
    found = mine(LOCAL)
    assert silhouette_score(found.points, found.labels) > silhouette_score(found.points, theirs)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_every_group_agrees_with_is_reckoned_the_same(seed: int) -> None:
    theirs = by_reddwarf(seed).group_aware_consensus
    for statement in mine(seed).statements:
        column = int(statement.id)
        assert statement.consensus == pytest.approx(theirs["agree"][column], abs=1e-9)
        assert statement.refusal == pytest.approx(theirs["disagree"][column], abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_marks_a_group_marks_it_for_red_dwarf_too(seed: int) -> None:
    result = by_reddwarf(seed)
    theirs = {
        frozenset((str(each["tid"]), each["repful-for"]) for each in group)
        for group in result.repness.values()
    }
    for group in mine(seed).groups:
        marks = {(p.statement, "agree" if p.agrees else "disagree") for p in group.positions}
        assert max(len(marks & other) for other in theirs) >= len(marks) - 1


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_probabilities_and_deviations_are_red_dwarfs(a: int, b: int, c: int, d: int) -> None:
    from reddwarf.utils import stats

    seen, seen_elsewhere = a + b, c + d
    assert probability(a, seen) == pytest.approx(float(stats.probability(a, seen)))
    assert proved(a, seen) == pytest.approx(float(stats.one_prop_test(a, seen)))
    theirs = stats.two_prop_test(a, c, seen, seen_elsewhere)
    assert differs(a, seen, c, seen_elsewhere) == pytest.approx(float(theirs))


@pytest.mark.parametrize(
    ("looks", "kept"),
    [
        ((3, 3, 3, 3), 3),
        ((3, 3, 3, 3, 2, 2, 2), 3),
        ((3, 3, 3, 3, 2, 2, 2, 2), 2),
        ((3, 2, 3, 2, 3, 2, 3, 2), 3),
        ((2, 3, 3, 3, 3, 4, 4, 4), 3),
    ],
)
def test_the_number_of_groups_changes_only_when_it_does_so_for_long(
    looks: tuple[int, ...], kept: int
) -> None:
    assert steady(looks) == kept


def test_the_last_few_who_come_do_not_change_the_number_of_groups() -> None:
    chance = np.random.default_rng(5)
    two = np.vstack([chance.normal(x, 0.1, (40, 2)) for x in (-2.0, 2.0)])
    chance.shuffle(two)
    late = chance.normal((0.0, 9.0), 0.1, (8, 2))
    assert [len(set(grouped(points))) for points in (two, np.vstack([two, late]))] == [2, 2]


def test_the_largest_group_comes_first() -> None:
    sizes = [group.people for group in mine(1).groups]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(mine(1).labels)


def test_what_all_share_and_what_parts_them_come_first() -> None:
    assert {each.id for each in shared(mine(1))[:2]} == {"8", "9"}
    assert {each.id for each in divisive(mine(1))[:4]} <= {"0", "1", "2", "3", "4", "5", "6", "7"}


def session(*cast: str | None) -> Session:
    answers = tuple(Answer(f"s{at}", vote, NOW) for at, vote in enumerate(cast))
    return Session("s", "walk", 1, "r1", "zh-TW", NOW, answers=answers)


def test_votes_are_told_from_what_was_not_voted_on() -> None:
    table = votes(
        ["s0", "s1", "s2"], [session("agree", "pass"), session(None), session("disagree")]
    )
    assert np.array_equal(table, [[1, 0, math.nan], [-1, math.nan, math.nan]], equal_nan=True)


def test_without_votes_there_are_no_groups() -> None:
    assert opinions(["s0"], votes(["s0"], [])).groups == ()


def test_who_all_vote_alike_are_one_group() -> None:
    assert [g.people for g in opinions(["s0", "s1"], np.ones((30, 2))).groups] == [30]


@given(
    st.integers(1, 8).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from([1.0, -1.0, 0.0, math.nan]), min_size=width, max_size=width),
            min_size=1,
            max_size=40,
        )
    )
)
@settings(max_examples=40)
def test_whatever_is_voted_everybody_who_entered_is_in_one_group(rows: list[list[float]]) -> None:
    table = np.array(rows)
    found = opinions([str(at) for at in range(table.shape[1])], table)
    assert sum(group.people for group in found.groups) == len(found.labels) == len(found.points)
    assert len(found.groups) <= 5
    assert all(0 < s.consensus <= 1 and 0 <= s.divides < 1 for s in found.statements)
    assert found == opinions([str(at) for at in range(table.shape[1])], table)
