"""Report or not: what a text is taken for, and which answer a question gets.

The texts of `dev` were looked at while the rules were made, those of `test` only measured. The
texts of `looked` and `others` are by two who saw no example; only those of `looked` were looked at.
Those of `english`, `hurried` (Chinese of nine characters at most) and `short` (both languages) are
by three more: mistakes in the first two were counted while short examples were written, those of
`short` only measured, as those of `mixed` were: all lengths, half of them English, much idle talk
and praise with the city's words in it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.catalogue import load
from intents.answers import Answers
from intents.reading import Act
from intents.train import train
from intents.understand import Understander

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parent / "answers.jsonl"

Row = Mapping[str, Any]
Taken = tuple[str, str | None]
"""The act that a text is taken for, and the id of the answer that it gets."""


def main() -> None:
    """Print each half's figures."""
    catalogue = load(ROOT / "config", "taipei")
    reader = Understander(catalogue.taxonomy, catalogue.gazetteer, train(catalogue.taxonomy))
    for half in ("dev", "test", "looked", "others", "english", "hurried", "short", "mixed"):
        told(half, reader, catalogue.answers)


def told(half: str, reader: Understander, answers: Answers) -> None:
    """Print precision and recall of reports and acts, and how many questions are answered."""
    gold = rows(half)
    seen = [taken(row["text"], reader, answers) for row in gold]
    acts = [(row["act"], act) for row, (act, _) in zip(gold, seen, strict=True)]
    for act in dict.fromkeys(meant for meant, _ in acts):
        right = sum(pair == (act, act) for pair in acts)
        found, wanted = sum(s == act for _, s in acts), sum(m == act for m, _ in acts)
        print(
            f"answers: {half} {act}: precision {right / max(found, 1):.3f}, "
            f"recall {right / wanted:.3f} ({wanted} of {len(gold)} texts)"
        )
    if any("entry" in row for row in gold):
        answered(half, gold, seen)


def answered(half: str, gold: Sequence[Row], seen: Sequence[Taken]) -> None:
    """Print how often a question gets its own answer."""
    count = Counter[str]()
    for row, (_, entry) in zip(gold, seen, strict=True):
        wanted_entry = row.get("entry")
        count["given"] += entry is not None
        count["known"] += wanted_entry is not None
        count["right"] += entry is not None and entry == wanted_entry
    print(
        f"answers: {half} answers: precision {count['right'] / max(count['given'], 1):.3f}, "
        f"recall {count['right'] / count['known']:.3f} ({count['known']} have one)"
    )


def taken(text: str, reader: Understander, answers: Answers) -> Taken:
    """What the bot would take a text for: what gets an answer is a question."""
    reading = reader.read(text)
    entry = answers.find(reading)
    return (Act.QUESTION, entry.id) if entry else (reading.act, None)


def rows(half: str) -> list[Row]:
    """The texts of a half."""
    every = map(json.loads, FILE.read_text("utf-8").splitlines())
    return [row for row in every if row["half"] == half]


def faults(half: str, reader: Understander, answers: Answers) -> Iterator[tuple[Row, Taken]]:
    """Each text that is taken for something else or gets another answer."""
    for row in rows(half):
        seen = taken(row["text"], reader, answers)
        if seen != (row["act"], row.get("entry")):
            yield row, seen


if __name__ == "__main__":
    main()
