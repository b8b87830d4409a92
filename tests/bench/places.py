"""Places: how many of those that people name are found, and in the right district.

Half of the texts (`dev`) were looked at while the list and the rules were made, half (`test`)
only measured. A place found is right when it has the gold name and either the gold district or,
where the words leave several open, exactly those as candidates.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.catalogue import load
from intents.language import traditional
from intents.places import Gazetteer
from intents.reading import Place

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SECONDS = 2.0

Row = Mapping[str, Any]
Told = tuple[str, frozenset[str]]
"""A place's name and the district, or the districts, that it may lie in."""


@dataclass(frozen=True)
class Figures:
    """What one half of the texts shows; all shares are 0 to 1.

    `named` is precision and recall by name alone, `first` the share of texts with places whose
    first place (the one that a report takes) is right, `silent` that of texts without where
    none is found, `ambiguous` the recall of those with several candidates.
    """

    texts: int
    places: int
    precision: float
    recall: float
    named: tuple[float, float]
    first: float
    silent: float
    ambiguous: float


def main() -> None:
    """Print the table."""
    print(table())


def table() -> str:
    """Each half's figures, and how fast places are looked for."""
    gazetteer = load(ROOT / "config", "taipei").gazetteer
    lines = [_line(half, figures(rows(half), gazetteer)) for half in ("dev", "test")]
    fast = speed([row["text"] for row in rows("dev")], gazetteer)
    return "\n".join([*lines, f"places: {fast:,.0f} texts/s, one by one, one process"])


def figures(gold: Sequence[Row], gazetteer: Gazetteer) -> Figures:
    """How the gazetteer does on the texts."""
    every = [(meant(row), [told(p) for p in seen(row, gazetteer)]) for row in gold]
    right = sum(len(wanted & set(found)) for wanted, found in every)
    wanted = sum(len(wanted) for wanted, _ in every)
    given = sum(len(found) for _, found in every)
    by_name = sum(len(_names(wanted) & _names(found)) for wanted, found in every)
    placed = [pair for pair in every if pair[0]]
    bare = [pair for pair in every if not pair[0]]
    open_ = [one for wanted, _ in every for one in wanted if len(one[1]) > 1]
    solved = [one for wanted, found in every for one in wanted if len(one[1]) > 1 and one in found]
    return Figures(
        texts=len(gold),
        places=wanted,
        precision=right / max(given, 1),
        recall=right / max(wanted, 1),
        named=(by_name / max(given, 1), by_name / max(wanted, 1)),
        first=sum(found[:1] != [] and found[0] in wanted for wanted, found in placed)
        / max(len(placed), 1),
        silent=sum(not found for _, found in bare) / max(len(bare), 1),
        ambiguous=len(solved) / max(len(open_), 1),
    )


def seen(row: Row, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places found in a text, read as the pipeline reads it."""
    return gazetteer.find(traditional(row["text"]))


def meant(row: Row) -> set[Told]:
    """The gold places of a text."""
    return {
        (place["name"], frozenset(place.get("ambiguous") or [place["district"]]))
        for place in row["places"]
    }


def told(place: Place) -> Told:
    """A place as found: its district, or those of its candidates."""
    several = frozenset(c.district or "" for c in place.candidates)
    return place.name, several or frozenset([place.district or ""])


def speed(texts: Sequence[str], gazetteer: Gazetteer) -> float:
    """Texts a second, each looked through anew."""
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        for text in texts:
            gazetteer.find(text)
        done += len(texts)
    return done / (time.perf_counter() - started)


def rows(half: str) -> list[Row]:
    """The texts of a half."""
    return list(map(json.loads, (HERE / f"places_{half}.jsonl").read_text("utf-8").splitlines()))


def faults(half: str, gazetteer: Gazetteer) -> Iterator[tuple[Row, set[Told], set[Told]]]:
    """Each text with what is missing and what is found wrongly."""
    for row in rows(half):
        wanted, found = meant(row), {told(p) for p in seen(row, gazetteer)}
        if wanted != found:
            yield row, wanted - found, found - wanted


def _names(places: Iterable[Told]) -> set[str]:
    return {name for name, _ in places}


def _line(half: str, of: Figures) -> str:
    return (
        f"places: {half}: precision {of.precision:.3f}, recall {of.recall:.3f} "
        f"(by name alone {of.named[0]:.3f}, {of.named[1]:.3f}), "
        f"first place right {of.first:.3f}, none where none is {of.silent:.3f}, "
        f"ambiguous ones {of.ambiguous:.3f} ({of.texts} texts, {of.places} places)"
    )


if __name__ == "__main__":
    main()
