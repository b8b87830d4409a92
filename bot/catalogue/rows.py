"""CSV files whose rows remember their line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.catalogue.document import text_of
from bot.model.errors import Fault

Row = Mapping[str, str]


def read(path: Path, columns: Sequence[str], faults: list[Fault]) -> list[tuple[int, Row]]:
    """Each row below the header with its line (from 1); wrong ones are left out and told."""
    text = text_of(path, faults)
    if text is None:
        return []
    # Line by line: a quote left open spoils its own row alone. No cell holds a line break.
    lines = [next(csv.reader([line]), []) for line in text.splitlines()]
    header = tuple(lines[0]) if lines else ()
    if header != tuple(columns):
        fault = f"the columns are {', '.join(header) or 'missing'}"
        faults.append(Fault(str(path), 1, fault, f"write {','.join(columns)} on the first line"))
        return []
    return list(_rows(str(path), columns, lines[1:], faults))


def _rows(
    file: str, columns: Sequence[str], lines: Iterable[list[str]], faults: list[Fault]
) -> Iterator[tuple[int, Row]]:
    for line, cells in enumerate(lines, start=2):
        if len(cells) == len(columns):
            yield line, dict(zip(columns, cells, strict=True))
        elif cells:
            fault = f"{len(cells)} columns instead of {len(columns)}"
            faults.append(Fault(file, line, fault, "put names that hold a comma in quotes"))
