"""Questions about the city's services, and the short answer that belongs to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from intents.features import prepared, runs
from intents.manner import asks
from intents.reading import Act, Reading
from intents.taxonomy import Names, Sentences

ASKED = 0.35
"""From this likeness on, a question is an entry's."""

SURE = 0.55
"""What a text must reach that is taken for idle talk, and asks all the same."""

_COVERED = 0.5
"""How much the words that an entry knows weigh against the likeness to its best example."""

_TELLING = 2
"""Characters that must be left: of «你可以做什麼» too few are."""

_IDLE = re.compile(
    "請問(?:一下)?|想請?問(?:一下)?|請教(?:一下)?|您好|你好|哈囉|不好意思|謝謝(?:您|你)?|麻煩(?:您|你)?|"
    "我想(?:要|知道)?|想知道|可不可以|可以|怎麼|怎樣|如何|要去|去?哪[裡邊]|哪一?[天個間家班年支]|幾[點號月天歲個]|多少|多久|什麼(?:時候)?|[嗎呢我你您的要了是]|"
    "(?<![a-z])(?:please|hi|hello|thanks|thank you|excuse me|how|what|where|when|which|who|"
    "do|does|can|i|my|a|an|the|is|are|"
    "to|for|in|of|it)(?![a-z])"
)
"""Courtesies and words of asking: they make no question like another."""

_IDLING = (Act.SMALL_TALK, Act.GREETING)
"""Acts that a short question is easily taken for."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer; `phone` and `link` are empty where there is none."""

    id: str
    examples: Sentences
    answer: Names
    phone: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry, what its examples speak of, and each of them."""

    entry: Entry
    words: frozenset[str]
    examples: tuple[Weights, ...]


class Answers:
    """The entries, ready to be asked."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        told = [(e, [_runs(t) for some in e.examples.values() for t in some]) for e in entries]
        spoken = [frozenset(run for example in some for run in example) for _, some in told]
        self._rarity = _rarity(spoken)
        self._rarest = log(1 + len(entries))
        self._known = tuple(
            _Known(entry, words, tuple(map(self._weights, examples)))
            for (entry, examples), words in zip(told, spoken, strict=True)
        )

    def __len__(self) -> int:
        return len(self._known)

    def find(self, reading: Reading) -> Entry | None:
        """The entry that the text asks for; None where it asks for none, or tells of danger."""
        if reading.danger is not None:
            return None
        if reading.act is Act.QUESTION:
            entry, score = self.nearest(reading.redacted)
            return entry if score >= ASKED else None
        if reading.act not in _IDLING or not asks(prepared(reading.redacted)):
            return None
        entry, score = self.nearest(reading.redacted)
        return entry if score >= SURE else None

    def nearest(self, text: str) -> tuple[Entry | None, float]:
        """The entry that the text is likest to, and how like it is, 0 to 1."""
        asked = self._weights(_runs(text))
        scored = ((known.entry, _score(asked, known)) for known in self._known)
        return max(scored, key=lambda found: found[1], default=(None, 0.0))

    def _weights(self, found: Mapping[str, int]) -> Weights:
        """Runs by their rarity among the entries, of length 1; what none knows counts most."""
        weights = {run: n * self._rarity.get(run, self._rarest) for run, n in found.items()}
        length = sqrt(sum(w * w for w in weights.values())) or 1.0
        return {run: w / length for run, w in weights.items()}


def _score(asked: Weights, known: _Known) -> float:
    """The share of what is asked that the entry speaks of, and the likeness of one example."""
    covered = sum(w * w for run, w in asked.items() if run in known.words)
    likest = max(
        (sum(w * asked[run] for run, w in one.items() if run in asked) for one in known.examples),
        default=0.0,
    )
    return _COVERED * covered + (1 - _COVERED) * likest


def _runs(text: str) -> Mapping[str, int]:
    """The runs by which a text is compared: folded, Traditional, without courtesies."""
    whole = prepared(text)
    telling = _IDLE.sub(" ", whole)
    return Counter(runs(telling if len(telling.replace(" ", "")) >= _TELLING else whole))


def _rarity(spoken: Iterable[frozenset[str]]) -> dict[str, float]:
    """Each run's inverse frequency among the entries."""
    every = list(spoken)
    found = Counter(run for words in every for run in words)
    return {run: log((1 + len(every)) / n) for run, n in found.items()}
