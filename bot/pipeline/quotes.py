"""A few citizens' own words, as different from each other as can be, safe to show."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.report import Report
from bot.model.vicinity import without_houses
from intents.likeness import likeness

_MOST = 5
_LENGTH = 120
_POOL = 40
"""How many of the latest texts are compared: each with each."""

_ECHO = 0.9
"""From this likeness on, a quote says nothing new."""


def quotes(reports: Sequence[Report], mark: str) -> tuple[str, ...]:
    """At most five quotes of at most 120 characters, one a person, the most typical first.

    Texts are redacted already; numbers of houses become `mark`.
    """
    pool = _pool(reports, mark)
    if not pool:
        return ()
    chosen = [max(pool, key=lambda text: sum(likeness(text, other) for other in pool))]
    while len(chosen) < _MOST:
        echo, text = min((_echo(text, chosen), text) for text in pool)
        if echo >= _ECHO:
            break
        chosen.append(text)
    return tuple(chosen)


def _pool(reports: Sequence[Report], mark: str) -> tuple[str, ...]:
    """The latest text of each person, without doubles, in an order that is always the same."""
    latest = {r.person: r for r in sorted(reports, key=lambda r: (r.at, r.id)) if r.text.strip()}
    newest = sorted(latest.values(), key=lambda r: (r.at, r.id))[-_POOL:]
    return tuple(sorted({_quote(r.text, mark) for r in newest}))


def _echo(text: str, chosen: Sequence[str]) -> float:
    """How much of a text was said by those chosen; 1 for a chosen one itself."""
    return 1.0 if text in chosen else max(likeness(text, other) for other in chosen)


def _quote(text: str, mark: str) -> str:
    whole = " ".join(without_houses(text, mark).split())
    return whole if len(whole) <= _LENGTH else f"{whole[: _LENGTH - 1]}…"
