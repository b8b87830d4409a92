"""An encoder that knows two topics by a few words each, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

TOPICS = (("燈", "暗", "lamp"), ("垃圾", "收", "rubbish"))


class Topics:
    """Three numbers a text: the two topics, and something of its own."""

    name = "topics 1"

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.asarray([[any(w in t for w in topic) for topic in TOPICS] for t in texts], float)
        rows = np.hstack([rows, np.full((len(texts), 1), 0.1)])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
