"""config/cities/<city>/places.csv: the names that citizens call places by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.catalogue.rows import Row, read
from bot.model.errors import Fault
from intents.entry import ELSEWHERE, WORD, Entry

COLUMNS = ("name", "kind", "district", "village", "lat", "lon", "aliases")
NOWHERE = (ELSEWHERE, WORD)
"""Kinds whose rows have no district: they are named to be no place of the city."""

KINDS = (
    "district", "village", "area", "road", "station", "exit", "park", "market", "school",
    "hospital", "office", "landmark", *NOWHERE,
)  # fmt: skip


def places(path: Path, faults: list[Fault]) -> tuple[Entry, ...]:
    """The rows of the file; those with faults are left out and told."""
    rows = read(path, COLUMNS, faults)
    faults.extend(_flaws(str(path), rows))
    return tuple(filter(None, (_entry(str(path), line, row, faults) for line, row in rows)))


def _flaws(file: str, rows: Sequence[tuple[int, Row]]) -> Iterator[Fault]:
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


def _row_flaws(row: Row, districts: set[str]) -> Iterator[tuple[str, str]]:
    if not row["name"]:
        yield "the name is missing", "write the place's name"
    if row["kind"] not in KINDS:
        yield f"{row['kind'] or 'an empty word'} is no kind of place", f"use {', '.join(KINDS)}"
    if row["kind"] in NOWHERE:
        if row["district"]:
            yield f"{row['kind']} lies in no district", "leave the column district empty"
    elif row["district"] not in districts:
        wrong = row["district"] or "an empty word"
        yield f"{wrong} is not a district of the city", "write one of the rows of kind district"
    if row["kind"] == "village" and not row["village"]:
        yield "a village's row has no village", "repeat its name in the column village"


def _entry(file: str, line: int, row: Row, faults: list[Fault]) -> Entry | None:
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
    district = row["district"] or None
    return Entry(row["name"], row["kind"], district, village, lat, lon, aliases)


def _degrees(cell: str, bound: int) -> float | None:
    """The cell as degrees; None where it is no number or beyond `bound`."""
    try:
        degrees = float(cell)
    except ValueError:
        return None
    return degrees if -bound <= degrees <= bound else None
