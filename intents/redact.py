"""Personal data out of a text: numbers of identity, phones, addresses of mail, cards, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from re import Match

from intents.language import ENGLISH
from intents.normalise import normalise
from intents.personal import KEPT, PATTERNS, Pattern

MARKS: Mapping[str, tuple[str, str]] = {
    "email": ("〔電郵〕", "[email]"),
    "card": ("〔卡號〕", "[card]"),
    "identity": ("〔身分證〕", "[id]"),
    "phone": ("〔電話〕", "[phone]"),
    "plate": ("〔車牌〕", "[plate]"),
    "account": ("〔帳號〕", "[account]"),
    "name": ("〔姓名〕", "[name]"),
}
"""Kind of personal data to its mark in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (without) of a normalised text, and what they are."""

    start: int
    end: int
    kind: str


def redact(text: str, language: str) -> tuple[str, Mapping[str, int]]:
    """The normalised text with marks for personal data, and how many of each kind.

    Addresses and case numbers stay: without them nobody can help.
    """
    shown = normalise(text)
    found = spans(shown)
    parts, at = [], 0
    for span in found:
        parts += [shown[at : span.start], MARKS[span.kind][language == ENGLISH]]
        at = span.end
    return "".join((*parts, shown[at:])), dict(Counter(span.kind for span in found))


def spans(shown: str) -> tuple[Span, ...]:
    """Where personal data stands in a normalised text, in order; no two overlap."""
    taken: list[Span] = []
    for pattern in PATTERNS:
        for match in pattern.expression.finditer(shown):
            span = _span(pattern, match)
            if pattern.sure(shown[span.start : span.end]) and not _claimed(span, taken):
                taken.append(span)
    return tuple(sorted((s for s in taken if s.kind != KEPT), key=lambda span: span.start))


def _span(pattern: Pattern, match: Match[str]) -> Span:
    """What of the match is personal: not the words before it that gave it away."""
    start = max(match.start(), match.end("keep") if "keep" in match.re.groupindex else 0)
    return Span(start, match.end(), pattern.kind)


def _claimed(span: Span, taken: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in taken)
