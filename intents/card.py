"""A model's card: what it learned from, how well it judges, and why it may. Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from intents.gate import Change, Verdict

BINS = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a card tells.

    `made` is a date, `examples` and `corrections` count texts by domain, `figures` are those
    of intents.evaluate on texts that were held back, `curve` that of `curve`.
    """

    version: str
    made: str
    examples: Mapping[str, int]
    corrections: Mapping[str, int]
    figures: Mapping[str, Any]
    curve: Sequence[tuple[float, float, int]]
    verdict: Verdict


def curve(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, int]]:
    """Mean confidence, share that was right, and texts, in at most ten bins of equally many."""
    pairs = sorted(zip(confidences, right, strict=True))
    bins = min(BINS, len(pairs))
    cuts = [round(len(pairs) * i / bins) for i in range(bins + 1)] if bins else []
    return [_bin(pairs[start:end]) for start, end in pairwise(cuts)]


def _bin(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float, int]:
    count = len(pairs)
    return sum(c for c, _ in pairs) / count, sum(r for _, r in pairs) / count, count


def card(facts: Facts) -> str:
    """The card as Markdown."""
    return "\n\n".join(
        (
            f"# Model {facts.version}",
            f"Made on {facts.made}. Tells the city's domains apart in the words of citizens.",
            _learned(facts),
            _judged(facts),
            _sure(facts),
            _gate(facts.verdict),
            "## Not meant for\n\nDecisions about people. A person can always choose another "
            "domain, and what is not sure enough waits for one.",
        )
    )


def _learned(facts: Facts) -> str:
    total, taught = sum(facts.examples.values()), sum(facts.corrections.values())
    return (
        f"## Learned from\n\n{total} examples written for the city and {taught} corrections by "
        "citizens and staff, redacted. Every fifth text was held back for the figures below."
    )


def _judged(facts: Facts) -> str:
    heads = ("domain", "examples", "corrections", "precision", "recall", "F1", "held back")
    rows = [
        (
            domain,
            facts.examples.get(domain, 0),
            facts.corrections.get(domain, 0),
            *(f"{f[name]:.3f}" for name in ("precision", "recall", "f1")),
            f["support"],
        )
        for domain, f in facts.figures["labels"].items()
    ]
    whole = f"accuracy {facts.figures['accuracy']:.3f}, macro-F1 {facts.figures['macro_f1']:.3f}"
    return f"## Judged\n\n{whole}, {facts.figures['n']} texts held back.\n\n{_table(heads, rows)}"


def _sure(facts: Facts) -> str:
    rows = [(f"{sure:.2f}", f"{right:.2f}", texts) for sure, right, texts in facts.curve]
    table = _table(("confidence", "right", "texts"), rows)
    error = facts.figures["calibration_error"]
    return f"## How sure, how right\n\nCalibration error {error:.3f}.\n\n{table}"


def _gate(verdict: Verdict) -> str:
    return f"## Against the model before\n\n{outcome(verdict)}"


def outcome(verdict: Verdict) -> str:
    """Whether a candidate may go live, and why, in one sentence or two."""
    whole = verdict.whole
    counted = f"{whole.before} of {whole.texts} right before, {whole.after} now"
    if verdict.passed:
        return f"It may go live: {counted}, and no domain loses more than chance explains."
    if not verdict.lost:
        return f"It stays out: {counted}, which is no gain."
    return f"It stays out: {counted}, but {'; '.join(map(_loss, verdict.lost))}."


def _loss(change: Change) -> str:
    return (
        f"{change.domain} falls from {change.before} to {change.after} of {change.texts}, "
        f"more than the {change.interval:.1f} that chance explains"
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
