"""Whether a new model may take the place of the one at work, told by texts neither has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

SURE = 1.96
"""Standard errors on both sides of a difference, for 95 of 100 cases."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many of a domain's `texts` were right `before` and are `after`.

    `interval` is how far apart, in texts, equally good models may be in 95 of 100 cases.
    """

    domain: str
    texts: int
    before: int
    after: int
    interval: float

    @property
    def lost(self) -> bool:
        """Whether more was lost than chance explains."""
        return self.before - self.after > self.interval


@dataclass(frozen=True, slots=True)
class Verdict:
    """`whole` counts all texts, `domains` each its own; `lost` are those that lose too much."""

    whole: Change
    domains: tuple[Change, ...]

    @property
    def lost(self) -> tuple[Change, ...]:
        """The domains that lose more than their confidence interval."""
        return tuple(change for change in self.domains if change.lost)

    @property
    def gains(self) -> bool:
        """Whether more texts are right than before."""
        return self.whole.after > self.whole.before

    @property
    def passed(self) -> bool:
        """Whether the candidate may go live: the whole gains and no domain is sacrificed."""
        return self.gains and not self.lost


def compare(domains: Sequence[str], before: Sequence[bool], after: Sequence[bool]) -> Verdict:
    """The verdict on texts of these domains: which each model judged right, in the same order."""
    rows = list(zip(domains, before, after, strict=True))
    each = tuple(
        _change(domain, [(b, a) for d, b, a in rows if d == domain])
        for domain in sorted(set(domains))
    )
    return Verdict(_change("", [(b, a) for _, b, a in rows]), each)


def _change(domain: str, pairs: Sequence[tuple[bool, bool]]) -> Change:
    """The same texts are judged twice, so only those that differ tell the models apart.

    Their number is the variance of the difference if both models were equally good (McNemar).
    """
    worse = sum(b and not a for b, a in pairs)
    better = sum(a and not b for b, a in pairs)
    right = sum(b for b, _ in pairs), sum(a for _, a in pairs)
    return Change(domain, len(pairs), *right, SURE * sqrt(worse + better))
