"""Keep to each platform's rates: so many a second in all, so many for one chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

FORGET = 10_000
"""Chats remembered before those whose turn has long passed are dropped."""


@dataclass(slots=True)
class Pace:
    """Hands out moments to send. `clock` counts seconds and never goes back.

    A moment is reserved at once and waited for by the caller, so that order is kept and a
    slow send holds nobody else up.
    """

    clock: Callable[[], float]
    _next: dict[str, float] = field(default_factory=dict)

    def reserve(self, channel: str, chat: str, per_second: float, per_chat: float | None) -> float:
        """Seconds to wait before this send may go."""
        now = self.clock()
        at = max(now, self._next.get(channel, now))
        if per_chat is not None:
            key = f"{channel}:{chat}"
            at = max(at, self._next.get(key, now))
            self._next[key] = at + 1 / per_chat
        self._next[channel] = max(self._next.get(channel, now), now) + 1 / per_second
        self._tidy(now)
        return at - now

    def halt(self, channel: str, seconds: float) -> None:
        """The platform asked the whole bot to wait."""
        until = self.clock() + seconds
        self._next[channel] = max(self._next.get(channel, until), until)

    def _tidy(self, now: float) -> None:
        if len(self._next) > FORGET:
            self._next = {key: at for key, at in self._next.items() if at > now}
