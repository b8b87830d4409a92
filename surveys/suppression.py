"""Counts that can be published: no small group shows, not even by subtraction.

A cell of 1 to 4 people could point at somebody, so it is hidden (primary suppression). Where a
line of cells with a published total had one hidden cell, its value could be reckoned, so one
more is hidden (complementary suppression): the smallest of the others. The same counts always
hide the same cells. Source: Hundepool et al., «Statistical Disclosure Control», 2012, ch. 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

LEAST = 5
"""The smallest group of people that is published."""

Cells = Sequence[Sequence[int]]
Hidden = set[tuple[int, int]]


def line(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """The counts by option, None where hidden; their sum may be published."""
    names = list(counts)
    hidden = _hidden([[counts[name] for name in names]], least, columns=False)
    return {name: None if (0, at) in hidden else counts[name] for at, name in enumerate(names)}


def table(cells: Cells, least: int = LEAST) -> list[list[int | None]]:
    """A cross table, None where hidden; the sums of rows and columns may be published."""
    hidden = _hidden(cells, least, columns=True)
    return [
        [None if (row, column) in hidden else count for column, count in enumerate(counts)]
        for row, counts in enumerate(cells)
    ]


def _hidden(cells: Cells, least: int, columns: bool) -> Hidden:
    """The cells to hide; each look hides more, until none gives one away."""
    hidden = {
        (row, column)
        for row, counts in enumerate(cells)
        for column, count in enumerate(counts)
        if 0 < count < least
    }
    while more := _more(cells, hidden, least, columns):
        hidden |= more
    return hidden


def _more(cells: Cells, hidden: Hidden, least: int, columns: bool) -> Hidden:
    found = (_gives_away(cells, each, hidden, least) for each in _lines(cells, columns))
    more = {place for place in found if place}
    return more or (set(_joined(cells, hidden)) if columns else set())


def _joined(cells: Cells, hidden: Hidden) -> Iterable[tuple[int, int]]:
    """One cell that keeps a hidden one from being reckoned through several lines.

    Hidden cells tie rows to columns. One that is the only tie between two parts of the table
    follows from the sums of either part; a second tie is hidden then, the smallest there is.
    """
    for place in sorted(hidden):
        rows, columns = _tied(place[0], hidden - {place})
        if place[1] in columns:
            continue
        ties = [
            (cells[row][column] == 0, cells[row][column], (row, column))
            for row in range(len(cells))
            for column in range(len(cells[0]))
            if (row in rows) != (column in columns) and (row, column) not in hidden
        ]
        if ties:
            yield min(ties)[2]
            return


def _tied(row: int, hidden: Hidden) -> tuple[set[int], set[int]]:
    """The rows and columns that hidden cells tie to a row, directly or through others."""
    rows, columns = {row}, set[int]()
    while True:
        wider = columns | {c for r, c in hidden if r in rows}
        taller = rows | {r for r, c in hidden if c in wider}
        if (taller, wider) == (rows, columns):
            return rows, columns
        rows, columns = taller, wider


def _lines(cells: Cells, columns: bool) -> Iterable[list[tuple[int, int]]]:
    rows, width = len(cells), len(cells[0]) if cells else 0
    yield from ([(row, column) for column in range(width)] for row in range(rows))
    if columns:
        yield from ([(row, column) for row in range(rows)] for column in range(width))


def _gives_away(
    cells: Cells, places: Sequence[tuple[int, int]], hidden: Hidden, least: int
) -> tuple[int, int] | None:
    """One more cell of the line to hide: while what is hidden in it adds up to a small group.

    A lone hidden cell is the total less the others; two that hold 1 and 2 people are a group
    of 3. The smallest cell with people comes first; an empty one only where no other is left.
    """
    behind = [place for place in places if place in hidden]
    total = sum(cells[row][column] for row, column in behind)
    if not behind or (len(behind) > 1 and total >= least):
        return None
    others = [place for place in places if place not in hidden]
    return min(
        others,
        key=lambda place: (cells[place[0]][place[1]] == 0, cells[place[0]][place[1]], place),
        default=None,
    )
