"""What the web is handed by wiring: everything that it reaches, and nothing that it makes."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from prometheus_client import CollectorRegistry

from bot.channels.base import Channel
from bot.model.messages import Arrival
from bot.web.form import Fill

Put = Callable[[Sequence[Arrival]], Awaitable[None]]
Released = Callable[[str], Awaitable[list[Mapping[str, Any]]]]
"""What was published of a survey, the newest round first."""


class Simulator(Protocol):
    """The channel behind the two phones of the demo page."""

    def arrival(self, chat: str, content: Mapping[str, Any], event: str) -> Arrival:
        """What a phone sent, ready to be stored."""
        ...

    async def wait(self, chat: str, after: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """What was shown to a chat after number `after`, oldest first, each with its `seq`.

        Waits up to `timeout` seconds for something to come; `seq` grows over restarts too.
        """
        ...

    def shelve(self, photo: bytes) -> str:
        """Hold a photo; gives the ref that the message about it names it by."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """The web's ways to the rest of the house.

    `put` stores events for good and raises when it cannot. `ready` names each part and
    whether it is ready. `simulator` is None outside the demo: then its page does not exist.
    `staff_code` gives a one-time code for a staff name, `needs` the needs of the moment as
    plain data for the demo's panel, `released` what was published of a survey, `fill` takes on
    a survey that is filled in on a page. `clock` counts seconds, from any start.
    """

    channels: Mapping[str, Channel]
    put: Put
    ready: Callable[[], Awaitable[Mapping[str, bool]]]
    registry: CollectorRegistry
    simulator: Simulator | None = None
    staff_code: Callable[[str], Awaitable[str]] | None = None
    needs: Callable[[], Awaitable[list[Mapping[str, Any]]]] | None = None
    released: Released | None = None
    fill: Fill | None = None
    clock: Callable[[], float] = time.perf_counter
