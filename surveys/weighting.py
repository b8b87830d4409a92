"""Weights that make those who answered add up to the population, and what that costs.

Raking (iterative proportional fitting): weights are scaled to one margin after the other until
all hold. Sources: Deming and Stephan, Annals of Mathematical Statistics 11, 1940; Kish, «Survey
Sampling», 1965 (design effect).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Margins = Mapping[str, Mapping[str, float]]
"""Per dimension (district, age, sex) the population of each category, in any unit."""

ROUNDS = 300
CLOSE = 1e-8
"""Relative distance from a margin at which it holds."""

CONFIDENCE = 1.959964
"""The two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """Weights, one a person, 1 on average; whether all margins hold; categories of the
    population in which nobody answered, as (dimension, category): nothing can stand for them."""

    weights: tuple[float, ...]
    converged: bool
    empty: tuple[tuple[str, str], ...]

    @property
    def effect(self) -> float:
        """Kish's design effect: by how much the weights widen what is uncertain."""
        total = math.fsum(self.weights)
        squares = math.fsum(weight * weight for weight in self.weights)
        return len(self.weights) * squares / (total * total) if total else 1.0

    @property
    def effective(self) -> float:
        """As many people as a sample without weights would need to tell as much."""
        return len(self.weights) / self.effect


def rake(people: Sequence[Mapping[str, str]], margins: Margins) -> Weighted:
    """Weights for people by their category in each dimension.

    Who has no known category in a dimension is left as they are by it. Margins of categories
    without people are shared by the others of the dimension.
    """
    weights = np.ones(len(people))
    lines = [line for name, margin in margins.items() for line in _lines(people, name, margin)]
    converged = not lines
    for _ in range(ROUNDS if lines else 0):
        converged = True
        for dimension in lines:
            total = sum(weights[members].sum() for members, _ in dimension)
            for members, share in dimension:
                factor = total * share / weights[members].sum()
                converged = converged and bool(abs(factor - 1) < CLOSE)
                weights[members] *= factor
        if converged:
            break
    mean = weights.mean() if len(weights) else 1.0
    return Weighted(tuple(float(w / mean) for w in weights), converged, _empty(people, margins))


Line = list[tuple[NDArray[np.int64], float]]
"""The people of each category of a dimension, and the share they shall have."""


def _lines(
    people: Sequence[Mapping[str, str]], name: str, margin: Mapping[str, float]
) -> list[Line]:
    members = {
        category: np.array([at for at, each in enumerate(people) if each.get(name) == category])
        for category in margin
    }
    filled = {c: found for c, found in members.items() if len(found) and margin[c] > 0}
    total = math.fsum(margin[category] for category in filled)
    return (
        [[(found, margin[category] / total) for category, found in filled.items()]]
        if filled
        else []
    )


def _empty(people: Sequence[Mapping[str, str]], margins: Margins) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, category)
        for name, margin in margins.items()
        for category, size in margin.items()
        if size > 0 and not any(each.get(name) == category for each in people)
    )


def share(values: Sequence[bool], weights: Sequence[float]) -> tuple[float, float]:
    """The weighted share of those of whom it is true, and its margin of error at 95 %.

    The margin tells chance alone, as if people had been drawn by lot: of people who chose
    themselves to answer it is the least there is. (0, 1) where there is nobody.
    """
    total = math.fsum(weights)
    if not total:
        return 0.0, 1.0
    part = math.fsum(w for w, true in zip(weights, values, strict=True) if true) / total
    effective = total * total / math.fsum(w * w for w in weights)
    return part, min(1.0, CONFIDENCE * math.sqrt(part * (1 - part) / effective))
