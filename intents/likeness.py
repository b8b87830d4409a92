"""How alike two texts are in what they complain about, wherever that may be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import sqrt

from intents.features import prepared, runs

# Where something is, when, and whom to thank does not tell what it is.
_PLACE = re.compile(
    "[\u4e00-\u9fff]{1,3}[市區里](?=[\u4e00-\u9fff0-9])|[\u4e00-\u9fff]{2,4}(?:大道|路|街)(?:[一二三四五六七八九十]段)?"
    "|[0-9一二三四五六七八九十百]+(?:段|巷|弄|號|樓|年|月|日|點|天)|〔[^〕]*〕|\\[[a-z]+\\]|[0-9]+"
    "|您好|你好|請問|謝謝|懇請|敬請|煩請|希望|儘速|盡速"
)
_SIGNS = re.compile(r"[\s,.!?;:()'\"…~\-]+")


def bare(text: str) -> str:
    """The text without places, numbers and courtesies, folded."""
    return _SIGNS.sub("", _PLACE.sub("", prepared(text)))


def likeness(a: str, b: str) -> float:
    """Cosine of the two texts' runs of one to two characters, 0 to 1; symmetric."""
    (one, square), (two, other) = _profile(a), _profile(b)
    if not one or not two:
        return float(prepared(a) == prepared(b))
    shared = sum(n * two[run] for run, n in one.items() if run in two)
    return min(1.0, shared / sqrt(square * other))


@lru_cache(maxsize=2_000)
def _profile(text: str) -> tuple[Mapping[str, int], int]:
    """Its runs and the square of their length; a need's texts are compared again and again."""
    found = Counter(runs(bare(text)))
    return found, sum(n * n for n in found.values())
