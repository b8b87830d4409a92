"""Weights: margins hold, ipfn reckons the same, and the cost is told."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ipfn.ipfn import ipfn

from surveys.weighting import Margins, Weighted, rake, share

MARGINS: Margins = {
    "district": {"north": 500, "south": 300, "east": 200},
    "sex": {"f": 520, "m": 480},
    "age": {"young": 300, "middle": 450, "old": 250},
}


def person(district: str, sex: str, age: str) -> dict[str, str]:
    return {"district": district, "sex": sex, "age": age}


FULL = [
    person(district, sex, age)
    for district, times in (("north", 1), ("south", 4), ("east", 2))
    for sex, more in (("f", 3), ("m", 1))
    for age in MARGINS["age"]
    for _ in range(times * more)
]


def sums(people: Sequence[Mapping[str, str]], weighted: Weighted, name: str) -> dict[str, float]:
    found = Counter[str]()
    for each, weight in zip(people, weighted.weights, strict=True):
        found[each[name]] += weight / len(people)
    return dict(found)


@pytest.mark.parametrize("name", list(MARGINS))
def test_every_margin_holds(name: str) -> None:
    weighted = rake(FULL, MARGINS)
    assert weighted.converged
    shares = {category: size / 1000 for category, size in MARGINS[name].items()}
    assert sums(FULL, weighted, name) == pytest.approx(shares)


PEOPLE = st.lists(
    st.builds(
        person, *(st.sampled_from(sorted(MARGINS[name])) for name in ("district", "sex", "age"))
    ),
    min_size=6,
    max_size=60,
)


@given(PEOPLE)
def test_ipfn_reckons_the_same_weights(people: list[dict[str, str]]) -> None:
    weighted = rake(people, MARGINS)
    assume(weighted.converged and not weighted.empty)
    cells, names = np.zeros((3, 2, 3)), [list(MARGINS[name]) for name in MARGINS]
    for each in people:
        cells[tuple(names[at].index(each[name]) for at, name in enumerate(MARGINS))] += 1
    targets = [np.array([*MARGINS[name].values()]) for name in MARGINS]
    close = {"convergence_rate": 1e-10, "max_iteration": 1000, "rate_tolerance": 0}
    theirs = ipfn(cells.copy(), targets, [[0], [1], [2]], **close).iteration()
    for each, weight in zip(people, weighted.weights, strict=True):
        place = tuple(names[at].index(each[name]) for at, name in enumerate(MARGINS))
        expected = theirs[place] / cells[place] * len(people) / 1000
        assert weight == pytest.approx(expected, rel=1e-4, abs=1e-6)


@given(PEOPLE)
def test_weights_are_positive_and_one_on_average(people: list[dict[str, str]]) -> None:
    weighted = rake(people, MARGINS)
    assert min(weighted.weights) > (0 if weighted.converged else -1)
    assert math.fsum(weighted.weights) == pytest.approx(len(people))
    assert weighted.effect + 1e-9 >= 1
    assert weighted.effective <= len(people) + 1e-9


def test_people_who_are_as_the_population_weigh_one_each() -> None:
    balanced = [person("north", sex, "old") for sex in ("f", "m")]
    weighted = rake(balanced, {"sex": {"f": 1, "m": 1}})
    assert (weighted.weights, weighted.effect, weighted.effective) == ((1, 1), 1, 2)


def test_categories_in_which_nobody_answered_are_told() -> None:
    weighted = rake([person("north", "f", "old")], MARGINS)
    assert weighted.empty == (
        ("district", "south"),
        ("district", "east"),
        ("sex", "m"),
        ("age", "young"),
        ("age", "middle"),
    )
    assert weighted.weights == (1.0,)


def test_who_did_not_say_is_left_as_they_are() -> None:
    people = [{"sex": "f"}, {"sex": "f"}, {"sex": "m"}, {}]
    weighted = rake(people, {"sex": {"f": 1, "m": 1}})
    assert weighted.weights == pytest.approx((0.75, 0.75, 1.5, 1.0))


def test_nobody_has_no_weights() -> None:
    assert (rake([], MARGINS).weights, rake([], MARGINS).effect) == ((), 1.0)


def test_a_share_is_weighted_and_its_margin_grows_with_the_weights() -> None:
    even = share([True] * 50 + [False] * 50, [1.0] * 100)
    uneven = share([True] * 50 + [False] * 50, [3.0] * 50 + [1.0] * 50)
    assert even == pytest.approx((0.5, 0.098), abs=1e-4)
    assert uneven == pytest.approx((0.75, 1.959964 * math.sqrt(0.75 * 0.25 / 80)))


def test_of_nobody_nothing_is_known() -> None:
    assert share([], []) == (0.0, 1.0)
