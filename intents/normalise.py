"""One shape for what people type: width, hidden characters, length; and folding for matching."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UNDERSTOOD = 5_000
"""Characters of a text that are read; the rest of a longer one is left out."""

_RAW = 4 * UNDERSTOOD
_KEPT = "\n\t"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn"})
# These stay as Taiwan writes them: people see their own words again in the summary.
_PUNCTUATION = re.compile("([，！？；：（）])")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")
_FOLDED = str.maketrans("台，！？；：（）、。", "臺,!?;:(),.")
_SECTION = re.compile(r"(?<![0-9])([1-9])\s*(?=段)")
_NUMERALS = dict(zip("123456789", "一二三四五六七八九", strict=True))


@lru_cache(maxsize=8)  # each part of the pipeline asks anew for the text at hand
def normalise(text: str) -> str:
    """NFKC without controls, zero-width and direction marks, blanks single, length bounded.

    Chinese punctuation stays full-width. Doing it twice changes nothing.
    """
    shown = _visible(text[:_RAW])
    folded = "".join(_narrow(part) for part in _PUNCTUATION.split(shown))
    single = _BREAKS.sub("\n", _BLANKS.sub(" ", folded))
    return single.strip()[:UNDERSTOOD].strip()


def fold(text: str) -> str:
    """A normalised text for matching only: small letters, 臺 for 台, 三段 for 3段."""
    small = text.lower().translate(_FOLDED)
    return _SECTION.sub(lambda found: _NUMERALS[found[1]], small)


def _narrow(part: str) -> str:
    return part if _PUNCTUATION.match(part) else unicodedata.normalize("NFKC", part)


def _visible(text: str) -> str:
    if text.replace("\n", "").isprintable():  # nothing of what is dropped can be printed
        return text
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _DROPPED)
