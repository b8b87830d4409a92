"""What sending a round takes, before anything is sent: messages, money and time. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """The people of a round on one channel, who get a message each.

    The platform takes `per_second` calls, each to at most `together` people. `left` is how
    many messages may still be begun this month and `limit` how many in any month, None where
    they are not counted; `price` is that of one.
    """

    channel: str
    people: int
    per_second: float
    together: int = 1
    left: int | None = None
    limit: int | None = None
    price: float = 0.0

    @property
    def calls(self) -> int:
        """Calls to the platform."""
        return math.ceil(self.people / self.together)

    @property
    def seconds(self) -> float:
        """How long the calls take at the platform's rate."""
        return self.calls / self.per_second

    @property
    def cost(self) -> float:
        """What the messages cost if each is paid for, in the currency of the price."""
        return self.people * self.price

    @property
    def beyond(self) -> int:
        """How many people this month's messages do not reach."""
        return 0 if self.left is None else max(0, self.people - self.left)

    def waves(self) -> Iterator[int]:
        """How many people to invite this month and in each one after it.

        Where no month has any messages, nobody is in a wave.
        """
        if self.left is None or self.limit is None:
            yield self.people
            return
        waiting, room = self.people, self.left
        while waiting > 0:
            yield min(waiting, room)
            waiting, room = waiting - min(waiting, room), self.limit
            if not room:
                return


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round takes on each channel."""

    lanes: tuple[Lane, ...]

    @property
    def people(self) -> int:
        """Everybody who is to be invited."""
        return sum(lane.people for lane in self.lanes)

    @property
    def cost(self) -> float:
        """What all messages cost."""
        return sum(lane.cost for lane in self.lanes)

    @property
    def seconds(self) -> float:
        """Channels are sent to side by side."""
        return max((lane.seconds for lane in self.lanes), default=0.0)

    @property
    def beyond(self) -> int:
        """How many people this month's messages do not reach."""
        return sum(lane.beyond for lane in self.lanes)
