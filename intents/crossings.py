"""Two roads told as the one place where they cross: 忠孝東路與復興南路口."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from intents.forms import section_base
from intents.spots import Hit

_LINK = re.compile(r"\s*(?:與|和|跟|及|同|到|接|近|靠近|[,/&+x×╳]|and|at|near)?(?:臺北市)?\s*")
_ENGLISH_LINK = re.compile(r"\.?\s+(?:and|&|at|x|near)\s+|\.?\s*[/&]\s*")
_END = re.compile(
    r"\s*的?(?:這個|那個)?(?:交叉|交會|交界|交匯|交接|路口|十字路口|圓環|丁字路口|"
    r"口(?!罩|味|水|香|氣|徑|號|袋|腔|渴|交))"
)
_ENGLISH_WORDS = re.compile(
    r"corner|intersection|crossing|junction|crossroads?|crosswalk|traffic lights?"
)


def crossed(hits: Sequence[Hit], folded: str) -> list[Hit]:
    """The hits with every two roads that are told to cross made one."""
    joined: list[Hit] = []
    for hit in hits:
        before = joined[-1] if joined else None
        if before is not None and _cross(before, hit, folded):
            joined[-1] = replace(before, stop=hit.stop, across=hit.entries)
        else:
            joined.append(hit)
    return joined


def _cross(one: Hit, other: Hit, folded: str) -> bool:
    if one.kind != "road" or other.kind != "road" or one.tail or other.tail or one.across:
        return False
    if section_base(one.entries[0].name) == section_base(other.entries[0].name):
        return False
    between = folded[one.stop : other.at]
    if _LINK.fullmatch(between) and _END.match(folded, other.stop):
        return True
    return bool(_ENGLISH_LINK.fullmatch(between)) and bool(_ENGLISH_WORDS.search(folded))


def names(hit: Hit) -> str:
    """忠孝東路與復興南路口."""
    first, second = (entries[0].name for entries in (hit.entries, hit.across))
    return f"{first}與{second}口"


def districts(hit: Hit) -> frozenset[str]:
    """The districts that both roads run through; those of either where they share none."""
    one, other = ({e.district for e in of if e.district} for of in (hit.entries, hit.across))
    return frozenset(one & other or chain(one, other))
