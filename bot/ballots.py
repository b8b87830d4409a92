"""What is put to the vote in each round, as a job last saw it."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.statements import Ballot

Ballots = Mapping[tuple[str, str], Ballot]
"""Survey and round to what is put to the vote there."""


class BallotBox:
    """Gives the ballot of a survey's round; what it knows can change between two looks."""

    def __init__(self) -> None:
        self._now: Ballots = {}

    def __call__(self, survey: str, round_id: str) -> Ballot:
        """The ballot, an empty one for a round of which nothing is known."""
        return self._now.get((survey, round_id), Ballot())

    def use(self, ballots: Ballots) -> None:
        """Go by these from now on."""
        self._now = ballots
