"""Fit bubbles to what a channel can show, losing no words. Pure.

Texts are measured in UTF-16 code units, labels in grapheme clusters (what a reader sees as
one character). Titles and labels that are too long are clipped with "…"; texts are split at
the end of a sentence into further bubbles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.channels.base import Capabilities
from bot.model.messages import Bubble, Choice, Outbound

TITLE = 100  # units: two lines on a phone, in any channel
ELLIPSIS = "…"

_JOINER = "\u200d"
# Where a text may be cut, the best place first: paragraph, sentence, clause or word.
_BREAKS = (
    re.compile(r"\n+"),
    re.compile(r"[。！？；!?…]+[」』）)\"']*|\.(?=\s)"),
    re.compile(r"[，、：,;\s]"),
)


def fit(outbound: Outbound, capabilities: Capabilities) -> tuple[tuple[Bubble, ...], ...]:
    """The calls to make, each of at most `capabilities.bubbles` bubbles, in order.

    A bubble's choices stand on the last of its pieces. Choices beyond the limit become
    lines of text, which a person can type. Bubbles with neither title nor text are left
    out, since no platform takes them.
    """
    pieces = [p for b in outbound.bubbles for p in _pieces(b, capabilities)]
    size = capabilities.bubbles
    return tuple(tuple(pieces[at : at + size]) for at in range(0, len(pieces), size))


def units(text: str) -> int:
    """Length in UTF-16 code units, as the platforms count texts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clusters(text: str) -> Iterator[str]:
    """What a reader sees as single characters; a flag or a family is one."""
    start = 0
    for at in range(1, len(text)):
        if not _joined(text[start:at], text[at]):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def clip_label(label: str, limit: int) -> str:
    """At most `limit` grapheme clusters, "…" being the last where some were cut."""
    if len(label) <= limit:
        return label
    seen = list(islice(clusters(label), limit + 1))
    if len(seen) <= limit:
        return label
    return "".join(seen[: limit - 1]).rstrip() + ELLIPSIS


def clip_text(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, "…" being the last where some were cut."""
    if units(text) <= limit:
        return text
    return text[: _reach(text, limit - 1)].rstrip() + ELLIPSIS


def split_text(text: str, limit: int, first: int | None = None) -> tuple[str, ...]:
    """Pieces of at most `limit` units, the first of at most `first` where given."""
    pieces = []
    rest, room = text, limit if first is None else first
    while units(rest) > room:
        cut = _cut(rest, _reach(rest, room))
        pieces.append(rest[:cut].rstrip())
        rest, room = rest[cut:].lstrip(), limit
    return (*pieces, rest) if rest or not pieces else tuple(pieces)


def _pieces(bubble: Bubble, capabilities: Capabilities) -> tuple[Bubble, ...]:
    fitted = _shortened(bubble, capabilities)
    if not fitted.title and not fitted.text.strip():
        return ()
    room = _room(fitted, capabilities)
    texts = split_text(fitted.text, capabilities.text, room)
    if texts == (fitted.text,):
        return (fitted,)
    shown = [replace(fitted, text=texts[0], choices=())]
    shown += [Bubble(text=text) for text in texts[1:]]
    return (*shown[:-1], replace(shown[-1], choices=fitted.choices))


def _shortened(bubble: Bubble, capabilities: Capabilities) -> Bubble:
    """The bubble with title and labels clipped, and what overflows turned into text."""
    choices = [c for c in bubble.choices if capabilities.pickers or c.picks is None]
    kept = tuple(_labelled(c, capabilities) for c in choices[: capabilities.choices])
    typed = [f"・{c.label}" for c in choices[capabilities.choices :]]
    title = clip_text(bubble.title, TITLE)
    short = bubble
    if (title, kept) != (bubble.title, bubble.choices):
        short = replace(bubble, title=title, choices=kept)
    facts: list[str] = []
    if not short.title or _heading(short) > _limit(short, capabilities) // 2:
        facts = [f"{label}: {value}" for label, value in short.facts]
        short = replace(short, facts=())
    if not facts and not typed:
        return short
    return replace(short, text="\n".join([*facts, *([short.text] if short.text else []), *typed]))


def _labelled(choice: Choice, capabilities: Capabilities) -> Choice:
    label = clip_label(choice.label, capabilities.label)
    return choice if label == choice.label else replace(choice, label=label)


def _limit(bubble: Bubble, capabilities: Capabilities) -> int:
    """A card must be told whole in its alternative text; anything else is a text."""
    return capabilities.alt_text if bubble.title and capabilities.cards else capabilities.text


def _room(bubble: Bubble, capabilities: Capabilities) -> int:
    return _limit(bubble, capabilities) - _heading(bubble)


def _heading(bubble: Bubble) -> int:
    """Units that title and facts take, with ": " and line ends counted."""
    rows = sum(units(label) + units(value) + 3 for label, value in bubble.facts)
    return units(bubble.title) + 2 + rows if bubble.title else 0


def _reach(text: str, limit: int) -> int:
    """How many code points of `text` fit into `limit` units without cutting a cluster."""
    size = end = 0
    for cluster in clusters(text):
        size += units(cluster)
        if size > limit:
            break
        end += len(cluster)
    return end or max(1, limit // 2)


def _cut(text: str, reach: int) -> int:
    """The best place to cut at or before `reach`, not wasting more than half of it."""
    for breaks in _BREAKS:
        ends = [m.end() for m in breaks.finditer(text, 0, reach)]
        if ends and ends[-1] * 2 > reach:
            return ends[-1]
    return reach


def _joined(cluster: str, char: str) -> bool:
    """Whether `char` belongs to the cluster before it."""
    if char < "\u0300":
        return cluster == "\r" and char == "\n"
    if _extends(char):
        return True
    if _flag(char):
        return len(cluster) == 1 and _flag(cluster)
    return cluster[-1] == _JOINER and _pictured(cluster[0]) and _pictured(char)


def _extends(char: str) -> bool:
    """Combining marks, joiners, skin tones and the tags of regional flags."""
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or char in "\u200c\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _pictured(char: str) -> bool:
    return char >= "\U0001f000" or unicodedata.category(char) == "So"
