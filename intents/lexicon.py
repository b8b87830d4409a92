"""Words that name a kind of problem almost surely, found fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import add


class Lexicon:
    """Folded words (intents.normalise) and what each stands for (a kind's id)."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self.words = tuple(sorted(set(words)))
        self._index: dict[str, list[tuple[str, str]]] = {}
        for word, of in self.words:
            self._index.setdefault(word[:2], []).append((word, of))

    def hits(self, folded: str) -> Mapping[str, int]:
        """How often each kind is named in a folded text. English words may take an ending."""
        counts: dict[str, int] = {}
        for of in self._found(folded):
            counts[of] = counts.get(of, 0) + 1
        return counts

    def _found(self, folded: str) -> Iterator[str]:
        if not self._index:
            return
        beginning = map(self._index.get, map(add, folded, folded[1:]))
        for at, words in enumerate(beginning):
            for word, of in words or ():
                if folded.startswith(word, at) and not _inside(folded, at):
                    yield of


def _inside(folded: str, at: int) -> bool:
    """Whether an English word begins in the middle of another."""
    return at > 0 and folded[at].isascii() and folded[at].isalpha() and "a" <= folded[at - 1] <= "z"
