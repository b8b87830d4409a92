"""What texts mean, as an encoder's vectors: the seam for cities that install one.

A linear machine over the vectors judges domains beside the one over characters. Held out, the
vectors alone are right in 0.70 of the authored examples, characters in 0.78, both in 0.79.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from intents.calibrate import Floats, probabilities

Ints = NDArray[np.int64]
Split = tuple[Ints, Ints]

SLACK = 10.0
"""By the log loss of both machines on held-out examples: 0.690 with 3, 0.682 with 10, 0.685 with
30, against 0.793 by characters alone. Weighing one of them more did worse."""

_LEAST = 1e-9


class Encoder(Protocol):
    """Gives texts vectors in which like meanings lie near each other, whatever the words.

    The same text always has the same vector; `name` changes whenever they do.
    """

    @property
    def name(self) -> str:
        """The encoder and its version."""
        ...

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A row of unit length for each text."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """Where domains lie among the vectors of the encoder of that name.

    `weights` is width × domains, `bias` domains. `sharpness` makes what both machines say
    together probabilities.
    """

    encoder: str
    weights: Floats
    bias: Floats
    sharpness: float

    def joined(self, shares: Floats, vectors: Floats) -> Floats:
        """Probabilities (texts × domains) out of those by characters and of the vectors."""
        meant = probabilities(vectors @ self.weights + self.bias, 1.0)
        return probabilities(together(shares, meant), self.sharpness)


def together(shares: Floats, meant: Floats) -> Floats:
    """Scores (texts × domains) by two machines that know nothing of each other."""
    return np.asarray(np.log(shares + _LEAST) + np.log(meant + _LEAST), np.float32)


def by_vectors(vectors: Floats, numbers: Ints) -> tuple[Floats, Floats]:
    """Weights (width × labels) and bias that tell labels apart by vectors.

    `numbers` are the labels', from 0 on, each of them there.
    """
    from sklearn.linear_model import LogisticRegression  # see intents.machine

    fitting = LogisticRegression(C=SLACK, class_weight="balanced", max_iter=200)
    fitted = fitting.fit(vectors, numbers)
    weights, bias = fitted.coef_.T, fitted.intercept_
    if weights.shape[1] == 1:  # of two labels only the second has a column
        weights, bias = np.hstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return weights.astype(np.float32), bias.astype(np.float32)


def held_out(vectors: Floats, numbers: Ints, honest: int, splits: Iterable[Split]) -> Floats:
    """Probabilities of the first `honest` texts, each by a machine that has not seen it."""
    aids = np.arange(honest, len(numbers))
    shares = np.zeros((honest, int(numbers.max()) + 1), np.float32)
    for seen, unseen in splits:
        rows = np.concatenate([seen, aids])
        there, at = np.unique(numbers[rows], return_inverse=True)
        weights, bias = by_vectors(vectors[rows], at)
        shares[unseen[:, None], there] = probabilities(vectors[unseen] @ weights + bias, 1.0)
    return shares
