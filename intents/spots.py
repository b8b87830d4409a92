"""Names of places found in a text, by an index of their first characters or words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from intents.entry import ELSEWHERE, WORD, Entry
from intents.forms import (
    chinese_forms,
    doubtful_english,
    doubtful_forms,
    english_forms,
    english_words,
)
from intents.normalise import fold
from intents.tails import english_house, exit_before, exit_number, house

RANKS = {
    "address": 0, "crossing": 0, "exit": 0, "road": 2, "village": 3, "area": 3, "district": 4,
    ELSEWHERE: 5, WORD: 6,
}  # fmt: skip
"""The more exactly a kind says where something is, the lower; kinds not named have 1."""

LANDMARK = 1

_NARROW = 2
"""Names of so few characters are taken for a person's behind a surname: 張文山."""

_SURNAMES = frozenset("陳林黃張李王吳劉蔡楊許鄭郭洪曾邱廖賴徐葉莊呂")
_NAMELIKE = frozenset({"area", "district"})
# 大安區域, 光復里程 and the like are other words.
_NOT_AFTER = {"village": frozenset("程面頭邊外"), "district": frozenset("域塊間隔")}
_NOT_BEFORE = {
    # 月臺大排長龍, 一臺大車: here 臺 is no 臺北 or 臺大.
    "臺": frozenset(
        "月平陽舞電櫃視講天窗炮吧站後前檯一二兩三四五六七八九十幾這那每整半多0123456789"
    ),
    # 臺北市大安區 is no 北市大, 臺北投資 no 北投.
    "北": frozenset("臺"),
}
# An office is a place where people stand before or in it; else it is who is spoken of.
_AT_OFFICE = re.compile(
    "的?(?:正?(?:前|旁|後|對面|門口|側門|附近|周邊|周圍|外|裡|內|廣場|大樓|地下|停車場|廁所|門前)"
    "|[0-9一二三四五六七八九十]+樓|站)"
)

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Form(Generic[Key]):
    """One way to write a name, and every entry that is written so."""

    written: Key
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Entries named from `at` to `stop`. `tail` is 113巷8號 behind a road, the number of an
    exit behind a station; `across` are the entries of the road that crosses it there."""

    at: int
    stop: int
    entries: tuple[Entry, ...]
    tail: str = ""
    across: tuple[Entry, ...] = ()

    @property
    def kind(self) -> str:
        return self.entries[0].kind


class Spots:
    """Every name of some entries, ready to be found."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._chinese = _chinese(entries)
        self._english = _english(entries)
        self._starts = re.compile("|".join(map(re.escape, _firsts(self._chinese))) or "(?!)")

    def find(self, folded: str) -> list[Hit]:
        """What a folded text names, in its order."""
        hits = list(self._written(folded))
        spoken = [hit for hit in self._spoken(folded) if not _covered(hit, hits)]
        return sorted([*hits, *spoken], key=lambda hit: hit.at) if spoken else hits

    def _written(self, folded: str) -> Iterator[Hit]:
        """Places in Chinese: at each character the longest name, with its tail."""
        at, last = 0, 0
        while found := self._starts.search(folded, at):
            at = found.start()
            form = self._longest(folded, at, last)
            if form is None:
                at += 1
                continue
            hit = Hit(at, at + len(form.written), form.entries)
            yield (hit := _tailed(hit, folded))
            at = last = hit.stop

    def _longest(self, folded: str, at: int, last: int) -> Form[str] | None:
        for form in self._chinese.get(folded[at : at + 2], ()):
            if folded.startswith(form.written, at) and _meant(form, folded, at, last):
                return form
        return None

    def _spoken(self, folded: str) -> Iterator[Hit]:
        """Places in English, by whole words."""
        spans = english_words(folded)
        words = tuple(word for word, _, _ in spans)
        at = 0
        while at < len(words):
            forms = self._english.get(words[at], ())
            found = next((f for f in forms if words[at : at + len(f.written)] == f.written), None)
            if found:
                stop = at + len(found.written)
                hit = Hit(spans[at][1], spans[stop - 1][2], found.entries)
                if hit.kind == "road":
                    hit = replace(hit, tail=english_house(spans, at, stop))
                elif hit.kind == "station":
                    told = exit_number(folded, hit.stop)[0] or exit_before(folded, hit.at)
                    hit = replace(hit, tail=told)
                yield hit
            at += len(found.written) if found else 1


def _tailed(hit: Hit, folded: str) -> Hit:
    """The hit with what stands behind it: a house behind a road, else the number of an exit."""
    if hit.kind == "road":
        tail, stop = house(folded, hit.stop)
    elif RANKS.get(hit.kind, LANDMARK) == LANDMARK:
        tail, stop = exit_number(folded, hit.stop)
    else:
        return hit
    return replace(hit, tail=tail, stop=stop) if tail else hit


def _meant(form: Form[str], folded: str, at: int, last: int) -> bool:
    """Whether the characters around a name leave it one; what ends at `last` is one already."""
    kind, after = form.entries[0].kind, at + len(form.written)
    before = folded[at - 1] if at > last else ""
    if kind in _NOT_AFTER and folded[after : after + 1] in _NOT_AFTER[kind]:
        return False
    if len(form.written) <= _NARROW and kind in _NAMELIKE and before in _SURNAMES:
        return False
    if before in _NOT_BEFORE.get(form.written[0], ()):
        return False
    return kind != "office" or _AT_OFFICE.match(folded, after) is not None


def _covered(hit: Hit, hits: Iterable[Hit]) -> bool:
    """Whether an English name is part of a Chinese one."""
    return any(other.at < hit.stop and hit.at < other.stop for other in hits)


def _chinese(entries: Sequence[Entry]) -> Mapping[str, tuple[Form[str], ...]]:
    written: dict[str, list[Entry]] = {}
    for entry in entries:
        for form in chinese_forms(entry.name, entry.kind, entry.aliases):
            written.setdefault(form, []).append(entry)
    sure = frozenset(written)
    for entry in entries:
        for form in doubtful_forms(entry.name, entry.kind):
            if form not in sure:
                written.setdefault(form, []).append(entry)
    return _index((form[:2], _form(form, of)) for form, of in written.items())


def _english(entries: Sequence[Entry]) -> Mapping[str, tuple[Form[tuple[str, ...]], ...]]:
    written: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        for form in english_forms(entry.kind, entry.aliases):
            written.setdefault(form, []).append(entry)
    sure = frozenset(written)
    for entry in entries:
        for form in doubtful_english(entry.kind, entry.aliases):
            if form not in sure:
                written.setdefault(form, []).append(entry)
    return _index((form[0], _form(form, of)) for form, of in written.items())


def _index(
    forms: Iterable[tuple[str, Form[Key]]],
) -> Mapping[str, tuple[Form[Key], ...]]:
    """Forms by how they begin, the longest first."""
    index: dict[str, list[Form[Key]]] = {}
    for start, form in forms:
        index.setdefault(start, []).append(form)
    return {
        start: tuple(sorted(some, key=lambda f: -len(f.written)))  # type: ignore[arg-type]
        for start, some in index.items()
    }


def _form(written: Key, entries: Sequence[Entry]) -> Form[Key]:
    """The entries of the most exact kind among those written alike, those of that very name
    before those that are only called so."""
    kind = min((e.kind for e in entries), key=lambda k: RANKS.get(k, LANDMARK))
    of_kind = [e for e in dict.fromkeys(entries) if e.kind == kind]
    named = [e for e in of_kind if fold(e.name) == written]
    return Form(written, tuple(named or of_kind))


def _firsts(index: Mapping[str, object]) -> list[str]:
    return sorted({start[0] for start in index})
