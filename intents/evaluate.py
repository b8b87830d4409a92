"""How well a model reads labelled texts: the figures of `cityvoice intents evaluate`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from intents.calibrate import calibration_error
from intents.reading import Reading


@dataclass(frozen=True, slots=True)
class Gold:
    """A text, the label that people gave it, and every domain that is right for it."""

    text: str
    label: str
    accept: tuple[str, ...] = ()


def evaluate(rows: Sequence[Gold], readings: Sequence[Reading], seconds: float) -> dict[str, Any]:
    """Figures over texts and their readings, which took `seconds`.

    Accuracy and F1 judge the best domain even where it was not sure enough to be kept;
    `abstained` is the share of texts where it was not.
    """
    guessed = [_best(reading) for reading in readings]
    right = [_right(row, guess) for row, guess in zip(rows, guessed, strict=True)]
    meant = [
        guess if good else _meant(row, readings)
        for row, guess, good in zip(rows, guessed, right, strict=True)
    ]
    labels = {label: _figures(label, meant, guessed) for label in sorted({*meant, *guessed} - {""})}
    named = [figures["f1"] for figures in labels.values() if figures["support"]]
    count = max(1, len(rows))
    return {
        "n": len(rows),
        "accuracy": sum(right) / count,
        "macro_f1": sum(named) / max(1, len(named)),
        "calibration_error": calibration_error([r.confidence for r in readings], right),
        "abstained": sum(r.abstained for r in readings) / count,
        "documents_per_second": len(rows) / seconds if seconds > 0 else 0.0,
        "labels": labels,
    }


def _best(reading: Reading) -> str:
    return max(reading.scores, key=reading.scores.__getitem__, default="")


def _right(row: Gold, guess: str) -> bool:
    return guess in (row.label, *row.accept)


def _meant(row: Gold, readings: Sequence[Reading]) -> str:
    """The row's label where the model knows it, else the first accepted one it knows."""
    known = readings[0].scores
    return next((label for label in (row.label, *row.accept) if label in known), row.label)


def _figures(label: str, meant: Sequence[str], guessed: Sequence[str]) -> dict[str, float]:
    hits = sum(m == g == label for m, g in zip(meant, guessed, strict=True))
    said, support = guessed.count(label), meant.count(label)
    precision, recall = hits / max(1, said), hits / max(1, support)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "support": support}
