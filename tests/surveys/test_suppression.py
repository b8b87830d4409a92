"""What is published lets nobody reckon a small group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.suppression import LEAST, line, table

COUNTS = st.integers(0, 12) | st.sampled_from([0, 1, 4, 5, 100])


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([10, 20, 30], [10, 20, 30]),
        ([10, 0, 30], [10, 0, 30]),
        ([10, 4, 30], [None, None, 30]),
        ([1, 2, 30, 20], [None, None, 30, None]),
        ([1, 4, 30, 20], [None, None, 30, 20]),
        ([3, 0, 0], [None, None, None]),
        ([3, 0, 40], [None, 0, None]),
        ([], []),
    ],
)
def test_a_small_cell_is_hidden_with_another(counts: list[int], shown: list[int | None]) -> None:
    assert list(line({str(at): count for at, count in enumerate(counts)}).values()) == shown


@given(st.lists(COUNTS, min_size=2, max_size=8))
def test_no_small_group_shows_nor_follows_from_the_total(counts: list[int]) -> None:
    shown = list(line({str(at): count for at, count in enumerate(counts)}).values())
    behind = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert all(seen is None or seen == 0 or seen >= LEAST for seen in shown)
    assert not behind or len(behind) == len(counts) or (len(behind) > 1 and sum(behind) >= LEAST)


TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=2, max_size=5)
)


def reckoned(cells: list[list[int]], shown: list[list[int | None]]) -> list[tuple[int, int]]:
    """The hidden cells that follow from the sums of rows and columns and the cells shown."""
    places = [(r, c) for r, row in enumerate(shown) for c, seen in enumerate(row) if seen is None]
    lines = [[float(r == at) for r, _ in places] for at in range(len(cells))]
    lines += [[float(c == at) for _, c in places] for at in range(len(cells[0]))]
    sums = np.array(lines)
    rank = np.linalg.matrix_rank(sums) if places else 0
    return [
        place
        for at, place in enumerate(places)
        if np.linalg.matrix_rank(np.vstack([sums, np.eye(len(places))[at]])) == rank
    ]


@given(TABLES)
def test_no_hidden_cell_of_a_table_follows_from_its_sums(cells: list[list[int]]) -> None:
    shown = table(cells)
    whole = all(seen is None for row in shown for seen in row)
    small = [(r, c) for r, c in reckoned(cells, shown) if 0 < cells[r][c] < LEAST]
    assert whole or small == []
    assert all(s is None or s == 0 or s >= LEAST for row in shown for s in row)


@given(TABLES)
def test_the_same_counts_always_hide_the_same_cells(cells: list[list[int]]) -> None:
    assert table(cells) == table([list(row) for row in cells])


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert table([[5, 6], [7, 0]]) == [[5, 6], [7, 0]]


def test_a_cell_that_ties_two_hidden_blocks_is_not_reckoned_through_them() -> None:
    cells = [[3, 3, 9, 9], [3, 3, 3, 9], [9, 9, 3, 3], [9, 9, 3, 3]]
    assert reckoned(cells, table(cells)) == []
    assert sum(seen is None for row in table(cells) for seen in row) == 10
