"""config/cities/<city>/places.csv: the names that citizens call places by."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.catalogue.document import text_of
from bot.model.errors import Fault
from intents.places import Entry

COLUMNS = ("name", "kind", "district", "village", "lat", "lon", "aliases")
KINDS = ("district", "village", "road", "station", "landmark")

_Row = Mapping[str, str]


def places(path: Path, faults: list[Fault]) -> tuple[Entry, ...]:
    """The rows of the file; those with faults are left out and told."""
    text = text_of(path, faults)
    if text is None:
        return ()
    # Line by line: a quote left open spoils its own row alone. No cell holds a line break.
    lines = [next(csv.reader([line]), []) for line in text.splitlines()]
    header = tuple(lines[0]) if lines else ()
    if header != COLUMNS:
        fault = f"the columns are {', '.join(header) or 'missing'}"
        faults.append(Fault(str(path), 1, fault, f"write {','.join(COLUMNS)} on the first line"))
        return ()
    rows = list(_rows(str(path), lines[1:], faults))
    faults.extend(_flaws(str(path), rows))
    return tuple(filter(None, (_entry(str(path), line, row, faults) for line, row in rows)))


def _rows(file: str, lines: Iterable[list[str]], faults: list[Fault]) -> Iterator[tuple[int, _Row]]:
    """Each row below the header with its line."""
    for line, cells in enumerate(lines, start=2):
        if len(cells) == len(COLUMNS):
            yield line, dict(zip(COLUMNS, cells, strict=True))
        elif cells:
            fault = f"{len(cells)} columns instead of {len(COLUMNS)}"
            faults.append(Fault(file, line, fault, "put names that hold a comma in quotes"))


def _flaws(file: str, rows: Sequence[tuple[int, _Row]]) -> Iterator[Fault]:
    districts = {row["name"] for _, row in rows if row["kind"] == "district"}
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in rows:
        for fault, remedy in _row_flaws(row, districts):
            yield Fault(file, line, fault, remedy)
        key = (row["name"], row["kind"], row["district"])
        if key in seen:
            fault = f"{row['name']} stands twice (first on line {seen[key]})"
            yield Fault(file, line, fault, "keep one of them")
        seen.setdefault(key, line)


def _row_flaws(row: _Row, districts: set[str]) -> Iterator[tuple[str, str]]:
    if not row["name"]:
        yield "the name is missing", "write the place's name"
    if row["kind"] not in KINDS:
        yield f"{row['kind'] or 'an empty word'} is no kind of place", f"use {', '.join(KINDS)}"
    if row["district"] not in districts:
        wrong = row["district"] or "an empty word"
        yield f"{wrong} is not a district of the city", "write one of the rows of kind district"
    if row["kind"] == "village" and not row["village"]:
        yield "a village's row has no village", "repeat its name in the column village"


def _entry(file: str, line: int, row: _Row, faults: list[Fault]) -> Entry | None:
    if not row["lat"] and not row["lon"]:
        lat = lon = None
    else:
        lat, lon = _degrees(row["lat"], 90), _degrees(row["lon"], 180)
        if lat is None or lon is None:
            fault = f"{row['lat']}, {row['lon']} is no latitude and longitude"
            remedy = "write WGS 84 degrees such as 25.03750 and 121.56370, or neither"
            faults.append(Fault(file, line, fault, remedy))
            return None
    aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
    village = row["village"] or None
    return Entry(row["name"], row["kind"], row["district"], village, lat, lon, aliases)


def _degrees(cell: str, bound: int) -> float | None:
    """The cell as degrees; None where it is no number or beyond `bound`."""
    try:
        degrees = float(cell)
    except ValueError:
        return None
    return degrees if -bound <= degrees <= bound else None
