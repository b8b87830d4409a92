"""Scores made honest: a confidence of 0.8 is right four times in five."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SHARPNESSES = np.geomspace(0.25, 16, 61)
BINS = 15


def probabilities(scores: Floats, sharpness: float) -> Floats:
    """Softmax of scores (any shape, labels last) times `sharpness` (one over temperature)."""
    raised = scores * sharpness
    grown = np.exp(raised - raised.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), np.float32)


def log_loss(shares: Floats, right: NDArray[np.int64]) -> float:
    """Mean loss in nats of `shares` (n × labels), of which the labels numbered `right` hold."""
    return -float(np.log(shares[np.arange(len(right)), right] + 1e-9).mean())


def best_sharpness(scores: Floats, right: NDArray[np.int64]) -> float:
    """The sharpness with the least log loss; `scores` n × labels, `right` n label numbers."""
    losses = [log_loss(probabilities(scores, s), right) for s in _SHARPNESSES]
    return float(_SHARPNESSES[int(np.argmin(losses))])


def calibration_error(confidences: Sequence[float], correct: Sequence[bool]) -> float:
    """Mean gap between confidence and accuracy over 15 bins of equally many texts."""
    if not confidences:
        return 0.0
    sure, right = np.asarray(confidences, float), np.asarray(correct, float)
    bins = np.array_split(np.argsort(sure, kind="stable"), BINS)
    gaps = (abs(sure[b].mean() - right[b].mean()) * len(b) for b in bins if len(b))
    return float(sum(gaps) / len(sure))


def floor(confidences: Floats, correct: NDArray[np.bool_], precision: float) -> float:
    """The least confidence above which `precision` of the texts are right.

    1.0 where no part of them is that precise.
    """
    order = np.argsort(-confidences, kind="stable")
    share = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(share >= precision)
    return float(confidences[order[good[-1]]]) if len(good) else 1.0
