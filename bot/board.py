"""What changes while the house runs: which surveys there are, and what is put to the vote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from bot.ballots import BallotBox
from surveys.definition import Survey


class Offer(Sequence[Survey]):
    """Surveys one after another, like a tuple; what it holds can change between two looks."""

    def __init__(self) -> None:
        self._now: tuple[Survey, ...] = ()

    @overload
    def __getitem__(self, at: int) -> Survey: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Survey]: ...
    def __getitem__(self, at: int | slice) -> Survey | Sequence[Survey]:
        return self._now[at]

    def __len__(self) -> int:
        return len(self._now)

    def __iter__(self) -> Iterator[Survey]:
        # Whoever goes through them meets those that were there when it began.
        return iter(self._now)

    def use(self, surveys: Sequence[Survey]) -> None:
        """Hold these from now on."""
        self._now = tuple(surveys)


@dataclass(frozen=True, slots=True)
class Board:
    """Jobs write on it, rooms read it: the `surveys` of the moment, those of config/ and of the
    console; every one that was sent, in each version (`editions`); the `ballots`."""

    surveys: Offer = field(default_factory=Offer)
    editions: Offer = field(default_factory=Offer)
    ballots: BallotBox = field(default_factory=BallotBox)
