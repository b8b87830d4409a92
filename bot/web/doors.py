"""What the web is handed by wiring: everything that it reaches, and nothing that it makes."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from prometheus_client import CollectorRegistry

from bot.channels.base import Channel
from bot.model.console import Sheet, Staff
from bot.model.messages import Arrival
from bot.web.form import Fill
from surveys.definition import Survey
from surveys.delivery import Plan

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


class Console(Protocol):
    """What staff can do; each call is a whole of its own."""

    async def enter(self, code: str) -> str | None:
        """What tells a browser from now on, for a one-time code."""
        ...

    async def who(self, token: str) -> Staff | None:
        """Whose browser it is."""
        ...

    async def sheets(self) -> list[Sheet]:
        """All surveys."""
        ...

    async def sheet(self, survey: str) -> Sheet | None:
        """One of them."""
        ...

    async def check(self, text: str) -> Sheet:
        """What a definition says, or its faults."""
        ...

    async def save(self, by: Staff, text: str) -> Sheet:
        """Keep a definition without faults as a draft."""
        ...

    async def put_to_work(self, by: Staff, survey: str) -> Sheet | None:
        """Offer a draft to citizens."""
        ...

    async def take_off(self, by: Staff, survey: str) -> None:
        """Offer it no longer."""
        ...

    async def remove(self, by: Staff, survey: str) -> None:
        """Throw it away."""
        ...

    @property
    def currency(self) -> str:
        """What costs are told in."""
        ...

    @property
    def plan(self) -> Callable[[Survey], Awaitable[Plan]]:
        """What a round of a survey would take."""
        ...

    async def send(self, by: Staff, survey: Survey) -> int:
        """Begin a round now; raises CityvoiceError when it cannot be."""
        ...

    def imported(self, workbook: bytes, name: str) -> str:
        """An XLSForm as a definition; raises CityvoiceError with its faults."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """The web's ways to the rest of the house.

    `put` stores events for good and raises when it cannot. `ready` names each part and
    whether it is ready. `simulator` is None outside the demo: then its page does not exist.
    `staff_code` gives a one-time code for a staff name, `needs` the needs of the moment as
    plain data for the demo's panel, `released` what was published of a survey, `fill` takes on
    a survey that is filled in on a page, `console` is what staff can do there, None without
    one. `secure` says whether browsers come by https. `clock` counts seconds, from any start.
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
    console: Console | None = None
    secure: bool = False
    clock: Callable[[], float] = time.perf_counter
