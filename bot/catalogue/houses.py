"""config/cities/<city>/houses.csv: in which district the houses of a road stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from bot.catalogue.rows import Row, read
from bot.model.errors import Fault
from intents.entry import Stretch

COLUMNS = ("road", "district", "side", "first", "last")
SIDES = {"odd": 1, "even": 0, "both": None}


def houses(
    path: Path, roads: Collection[tuple[str, str | None]], faults: list[Fault]
) -> tuple[Stretch, ...]:
    """The rows of the file, each of one of `roads` (name and district); none without the file.

    Rows with faults are left out and told.
    """
    if not path.exists():
        return ()
    kept: list[Stretch] = []
    for line, row in read(path, COLUMNS, faults):
        found = list(_flaws(row, roads))
        faults.extend(Fault(str(path), line, fault, remedy) for fault, remedy in found)
        if not found:
            kept.append(_stretch(row))
    return tuple(kept)


def _flaws(row: Row, roads: Collection[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    if (row["road"], row["district"]) not in roads:
        fault = f"{row['road']} in {row['district']} is not a road of the city"
        yield fault, "write one of the rows of kind road of places.csv"
    if row["side"] not in SIDES:
        yield f"{row['side'] or 'an empty word'} is no side", f"use {', '.join(SIDES)}"
    numbers = [row[name] for name in ("first", "last")]
    if not all(n.isascii() and n.isdecimal() for n in numbers):
        yield f"{' to '.join(numbers)} are no house numbers", "write whole numbers"
    elif int(numbers[0]) > int(numbers[1]):
        yield f"{' to '.join(numbers)} runs backwards", "write the lower number first"


def _stretch(row: Row) -> Stretch:
    first, last = int(row["first"]), int(row["last"])
    return Stretch(row["road"], row["district"], SIDES[row["side"]], first, last)
