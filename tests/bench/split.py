"""Several problems in one text: how often as many are told apart as there are.

The texts of `dev` were looked at while the rules were made, those of `test` only measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.catalogue import load
from intents.train import train
from intents.understand import Understander

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parent / "split.jsonl"

Row = Mapping[str, Any]


def main() -> None:
    """Print each half's figures."""
    catalogue = load(ROOT / "config", "taipei")
    reader = Understander(catalogue.taxonomy, catalogue.gazetteer, train(catalogue.taxonomy))
    for half in ("dev", "test"):
        told(half, reader)


def told(half: str, reader: Understander) -> None:
    """Print how many texts of several problems are taken apart rightly, and of one left whole."""
    gold = rows(half)
    wrong = [row for row, _ in faults(half, reader)]
    for several in (True, False):
        some = [row for row in gold if (row["problems"] > 1) == several]
        right = sum(row not in wrong for row in some)
        name = "several problems" if several else "one problem"
        print(f"split: {half} {name}: {right} of {len(some)} texts ({right / len(some):.3f})")


def rows(half: str) -> list[Row]:
    """The texts of a half."""
    every = map(json.loads, FILE.read_text("utf-8").splitlines())
    return [row for row in every if row["half"] == half]


def faults(half: str, reader: Understander) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Each text that is taken apart wrongly, with its parts."""
    for row in rows(half):
        parts = reader.read(row["text"]).parts
        if max(len(parts), 1) != row["problems"]:
            yield row, tuple(part.redacted for part in parts)


if __name__ == "__main__":
    main()
