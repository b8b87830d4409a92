"""Urgency and danger on texts written for it, figures of speech and other traps among them.

The texts of `dev` were looked at while the words were chosen, those of `test` only measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.catalogue import load
from intents.reading import Urgency
from intents.urgency import Alarm

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parent / "urgency.jsonl"

Row = Mapping[str, str]


def main() -> None:
    """Print each half's figures by urgency."""
    alarm = Alarm(load(ROOT / "config", "taipei").taxonomy)
    for half in ("dev", "test"):
        told(half, rows(half), alarm)


def told(half: str, gold: Sequence[Row], alarm: Alarm) -> None:
    """Print precision and recall by urgency, and how often the right number is given."""
    heard = [alarm.heard(row["text"]) for row in gold]
    pairs = [(row["urgency"], str(urgency)) for row, (urgency, _) in zip(gold, heard, strict=True)]
    for urgency in Urgency:
        right = sum(pair == (urgency, urgency) for pair in pairs)
        found = sum(seen == urgency for _, seen in pairs)
        wanted = sum(meant == urgency for meant, _ in pairs)
        print(
            f"urgency: {half} {urgency}: precision {right / max(found, 1):.3f}, "
            f"recall {right / max(wanted, 1):.3f} ({wanted} of {len(gold)} texts)"
        )
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
