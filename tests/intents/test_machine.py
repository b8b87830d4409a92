"""Linear machines: a column for each label, alone or with one that weighs telling runs beside."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from intents.machine import Machine, machines

NAMES = np.array(["bus", "lamp", "tree"])


def rows(seed: int = 7, count: int = 90) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Texts of twelve runs, three of which stand mostly under one label each, the rest anywhere."""
    chance = np.random.default_rng(seed)
    labels = NAMES[np.arange(count) % 3]
    there = chance.random((count, 12)) < 0.15
    for at, name in enumerate(NAMES):
        there[labels == name, at] = chance.random((labels == name).sum()) < 0.95
    return sparse.csr_matrix(there.astype(np.float32)), labels


def machine(texts: sparse.csr_matrix, labels: np.ndarray, telling: bool) -> Machine:
    (made,) = machines(texts, labels, (1.0,), True, 0, telling)
    return made


def right(made: Machine, texts: sparse.csr_matrix, labels: np.ndarray) -> float:
    found = np.asarray(made.labels)[made.scores(texts).argmax(axis=1)]
    return float((found == labels).mean())


@pytest.mark.parametrize("telling", [False, True])
def test_labels_are_told_apart_by_what_stands_under_them(telling: bool) -> None:
    texts, labels = rows()
    made = machine(texts, labels, telling)
    assert (made.labels, right(made, *rows(8)) > 0.7) == (("bus", "lamp", "tree"), True)


@pytest.mark.parametrize("telling", [False, True])
def test_of_two_labels_each_has_its_column(telling: bool) -> None:
    texts, labels = rows()
    two = labels != "tree"
    made = machine(texts[two], labels[two], telling)
    assert (made.weights.shape, right(made, texts[two], labels[two]) > 0.8) == ((12, 2), True)


def test_the_same_rows_make_the_same_machine() -> None:
    texts, labels = rows()
    one, other = (machine(texts, labels, telling=True) for _ in range(2))
    assert np.array_equal(one.weights, other.weights)


def test_the_one_beside_leans_more_on_what_tells() -> None:
    texts, labels = rows(count=300)
    plain, both = (machine(texts, labels, telling) for telling in (False, True))

    def telling_share(made: Machine) -> float:
        weights = np.abs(made.weights[:, made.labels.index("lamp")])
        return float(weights[1] / weights.sum())

    assert telling_share(both) > telling_share(plain)


def test_each_slack_has_the_machine_that_it_would_make_alone() -> None:
    texts, labels = rows()
    both = machines(texts, labels, (0.1, 1.0), True, 0, telling=True)
    assert np.array_equal(both[1].weights, machine(texts, labels, telling=True).weights)
