"""Urgency and danger on texts written for it, figures of speech and other traps among them.

The texts of `dev` were looked at while the words were chosen, those of `test` only measured.
Those of `others` are by two writers who saw neither words nor sightings and told most dangers
without naming them; nothing was chosen by them. Those of `third` are by one who used plain words
of danger in and out of danger; that 我想死 must never be told calm was learnt from them. Those of
`short` are a few words or characters each, half of them English, and do not tell which danger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.catalogue import load
from intents.reading import Urgency
from intents.train import train
from intents.understand import Understander
from intents.urgency import Alarm

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parent / "urgency.jsonl"

Row = Mapping[str, str]


def main() -> None:
    """Print each half's figures by urgency."""
    catalogue = load(ROOT / "config", "taipei")
    taxonomy, alarm = catalogue.taxonomy, Alarm(catalogue.taxonomy)
    reader = Understander(taxonomy, catalogue.gazetteer, train(taxonomy))
    for half in ("dev", "test", "others", "third", "short"):
        gold = rows(half)
        told(f"{half}, by words alone", gold, [alarm.heard(row["text"]) for row in gold])
        readings = [reader.read(row["text"]) for row in gold]
        told(half, gold, [(r.urgency, r.danger) for r in readings])


def told(half: str, gold: Sequence[Row], heard: Sequence[tuple[Urgency, str | None]]) -> None:
    """Print precision and recall by urgency, and how often the right number is given."""
    pairs = [(row["urgency"], str(urgency)) for row, (urgency, _) in zip(gold, heard, strict=True)]
    for urgency in Urgency:
        right = sum(pair == (urgency, urgency) for pair in pairs)
        found = sum(seen == urgency for _, seen in pairs)
        wanted = sum(meant == urgency for meant, _ in pairs)
        print(
            f"urgency: {half} {urgency}: precision {right / max(found, 1):.3f}, "
            f"recall {right / max(wanted, 1):.3f} ({wanted} of {len(gold)} texts)"
        )
    if not any("danger" in row for row in gold):
        return
    dangers = [(row.get("danger"), d) for row, (_, d) in zip(gold, heard, strict=True) if d]
    right = sum(meant == seen for meant, seen in dangers)
    print(f"urgency: {half}: right kind of danger in {right} of {len(dangers)} heard")


def rows(half: str) -> list[Row]:
    """The texts of a half."""
    every = map(json.loads, FILE.read_text("utf-8").splitlines())
    return [row for row in every if row["half"] == half]


def faults(half: str, alarm: Alarm) -> Iterator[tuple[Row, str, str | None]]:
    """Each text that is heard wrongly, with what was heard."""
    for row in rows(half):
        urgency, danger = alarm.heard(row["text"])
        if (urgency, danger) != (row["urgency"], row.get("danger")):
            yield row, str(urgency), danger


if __name__ == "__main__":
    main()
