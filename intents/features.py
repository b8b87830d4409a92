"""A text as numbers: single characters and pairs (words in English), weighted by rarity.

Cross-validated, pairs did better than runs of three on the domains' examples (macro-F1 0.682
against 0.681) and on long complaints (0.882 against 0.874), and are faster. spaCy's textcat,
bag of words with runs of three, stayed at 0.47 on the domains' examples where these features
under a linear machine reach 0.56 without the lexicon and 0.68 with it.

A pair that is not known is taken for the one that sounds alike: of 80 texts with wrong characters
of the right sound, by a writer who saw none of ours, 74 get their kind instead of 65, and other
texts are read as before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from intents.language import traditional
from intents.lexicon import Lexicon
from intents.normalise import fold, normalise
from intents.sounds import SOUNDS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NAMED = 0.2
"""What the words of the lexicon weigh against the whole text, whose weight is 1."""

_NAMED_ENOUGH = 2

_PAIR = 3
"""Length of the run of two characters: they and what joins them."""

OPENING = 40
"""So many characters a writer takes to say what it is about. A longer text's opening counts as
much as the whole of it: cross-validated on letters, log loss 0.290 instead of 0.299; on the train
parts of real texts the default model is right in 1 more of a hundred letters."""
_NO_TERMS = Lexicon(())
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\sa-z]")


@lru_cache(maxsize=8)  # asked for more than once for the text at hand
def prepared(text: str) -> str:
    """The text as classifiers read it: normalised, Traditional, folded."""
    return fold(traditional(normalise(text)))


def runs(folded: str) -> Iterator[str]:
    """Every token and every pair of neighbours; a token is a character, in English a word."""
    tokens = _TOKEN.findall(folded)
    yield from tokens
    yield from map("\1".join, pairwise(tokens))


class Vocabulary:
    """Runs, what the lexicon's words stand for, and terms, each with its column, in this order.

    `rarity` is the inverse document frequency of each run; `terms` are words that stand for
    themselves, their columns begin at `first_term`.
    """

    def __init__(
        self,
        columns: Mapping[str, int],
        rarity: Floats,
        lexicon: Lexicon,
        terms: Lexicon = _NO_TERMS,
    ) -> None:
        self.columns = columns
        self.rarity = rarity
        self.lexicon = lexicon
        self.terms = terms
        self._kinds = _columns(lexicon, len(columns))
        self.first_term = len(columns) + len(self._kinds)
        self._terms = _columns(terms, self.first_term)

    def __len__(self) -> int:
        return self.first_term + len(self._terms)

    def vector(self, folded: str) -> tuple[Ints, Floats, Mapping[str, int]]:
        """Columns, their weights, and the lexicon's hits, of one prepared text."""
        hits = self.lexicon.hits(folded)
        at, weights = self._named(folded, hits)
        if len(folded) > OPENING:
            opening = folded[:OPENING]
            early, more = self._named(opening, self.lexicon.hits(opening))
            at, weights = np.append(at, early), np.append(weights / 2, more / 2)
        terms = self.terms.hits(folded)
        if terms:
            at = np.append(at, [self._terms[term] for term in terms])
            weights = np.append(weights, np.full(len(terms), len(terms) ** -0.5))
        return at, weights.astype(np.float32), hits

    def _named(self, folded: str, hits: Mapping[str, int]) -> tuple[Ints, Floats]:
        """Columns and weights of the runs and of what the lexicon's words stand for."""
        at, weights = self.unit(folded)
        if not hits:
            return at, weights
        said = np.asarray([min(n, _NAMED_ENOUGH) for n in hits.values()], np.float32)
        weights = np.append(weights, NAMED * said / np.sqrt(said @ said))
        return np.append(at, [self._kinds[of] for of in hits]), weights

    def unit(self, folded: str) -> tuple[Ints, Floats]:
        """Columns of the runs and their weights, together of length 1."""
        said = list(runs(folded))
        counts = Counter(map(self.columns.get, said))
        if counts.pop(None, 0):
            counts.update(map(self._sounding.get, self._unknown(said)))
            counts.pop(None, None)
        at = np.fromiter(counts.keys(), np.int64, len(counts))
        often = np.fromiter(counts.values(), np.float32, len(counts))
        weights = (1 + np.log(often)) * self.rarity[at]
        weights /= max(float(np.sqrt(weights @ weights)), 1e-9)
        return at, weights.astype(np.float32)

    def _unknown(self, said: Iterable[str]) -> list[str]:
        """How the pairs sound that are not known."""
        known = self.columns
        return [
            SOUNDS[run[0]] + SOUNDS[run[-1]]
            for run in said
            if run not in known and len(run) == _PAIR
        ]

    @cached_property
    def _sounding(self) -> Mapping[str, int]:
        """The column of the commonest pair of each two syllables."""
        pairs = ((run, at) for run, at in self.columns.items() if len(run) == _PAIR)
        rising = sorted(pairs, key=lambda pair: -self.rarity[pair[1]])
        heard = ((SOUNDS[run[0]], SOUNDS[run[-1]], at) for run, at in rising)
        return {first + second: at for first, second, at in heard if first and second}


def _columns(lexicon: Lexicon, first: int) -> Mapping[str, int]:
    """A column for each thing that words stand for."""
    return {of: first + i for i, of in enumerate(sorted({of for _, of in lexicon.words}))}


def vocabulary(
    folded: list[str], lexicon: Lexicon, terms: Lexicon = _NO_TERMS, least: int = 2
) -> Vocabulary:
    """The runs that stand in at least `least` of the texts, and the words of both lists."""
    found = Counter(run for text in folded for run in set(runs(text)))
    kept = sorted(run for run, texts in found.items() if texts >= least)
    often = np.asarray([found[run] for run in kept], np.float32)
    rarity = np.log((1 + len(folded)) / (1 + often)) + 1
    columns = {run: i for i, run in enumerate(kept)}
    return Vocabulary(columns, rarity.astype(np.float32), lexicon, terms)
