"""Redaction: precision and recall by type on texts written for it, {type:value} marked.

The texts of `dev` were looked at while the patterns were made, those of `test` only measured.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from intents.normalise import normalise
from intents.redact import MARKS, spans

FILE = Path(__file__).parent / "redaction.jsonl"
ALL = "all"
_MARKED = re.compile(r"\{(\w+):([^}]*)\}")

Values = Counter[tuple[str, str]]
"""(type, value) to how often it stands in a text."""


def main() -> None:
    """Print each half's figures by type, and the speed."""
    for half in ("dev", "test"):
        told(half)
    texts = [normalise(plain(marked)) for marked in rows("test")]
    started = time.perf_counter()
    for text in texts * 20:
        spans(text)
    print(f"redaction: {len(texts) * 20 / (time.perf_counter() - started):,.0f} texts/s")


def told(half: str) -> None:
    """Print precision and recall by type, and how many texts were read without any fault."""
    texts = rows(half)
    for kind, (precision, recall, count) in figures(half).items():
        print(
            f"redaction: {half} {kind}: precision {precision:.3f}, recall {recall:.3f} "
            f"({count} in {len(texts)} texts)"
        )
    whole = 1 - len(list(faults(half))) / len(texts)
    print(f"redaction: {half}: {whole:.3f} of the texts without fault")


def figures(half: str) -> Mapping[str, tuple[float, float, int]]:
    """Precision, recall and how many there are, by type and for all."""
    right, found, gold = Counter[str](), Counter[str](), Counter[str]()
    for text in rows(half):
        wanted, seen = expected(text), redacted(text)
        for total, values in ((right, wanted & seen), (found, seen), (gold, wanted)):
            total.update(name for kind, _ in values.elements() for name in (kind, ALL))
    return {
        kind: (right[kind] / max(found[kind], 1), right[kind] / max(gold[kind], 1), gold[kind])
        for kind in (*MARKS, ALL)
    }


def rows(half: str) -> list[str]:
    """The marked texts of a half."""
    lines = map(json.loads, FILE.read_text("utf-8").splitlines())
    return [row["marked"] for row in lines if row["half"] == half]


def plain(marked: str) -> str:
    """The text as the citizen wrote it."""
    return _MARKED.sub(r"\2", marked)


def expected(marked: str) -> Values:
    """The personal data that was marked."""
    return Counter((kind, normalise(value)) for kind, value in _MARKED.findall(marked))


def redacted(marked: str) -> Values:
    """The personal data that is found."""
    shown = normalise(plain(marked))
    return Counter((span.kind, shown[span.start : span.end]) for span in spans(shown))


def faults(half: str) -> Iterator[tuple[str, Values, Values]]:
    """Each text that is read wrongly, with what is missed and what is too much."""
    for text in rows(half):
        wanted, seen = expected(text), redacted(text)
        if wanted != seen:
            yield text, wanted - seen, seen - wanted


if __name__ == "__main__":
    main()
