"""What every channel promises, and what it can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.model.messages import Address, Arrival, Bubble, Inbound, Outbound


@dataclass(frozen=True, slots=True)
class Capabilities:
    """A platform's limits as data (PLATFORMS: LINE Messaging API, Telegram Bot API).

    Lengths are in the platform's own units: UTF-16 code units for texts, grapheme clusters
    for labels, bytes for `data`. `per_second` is the platform's rate for the whole bot,
    `per_chat` that for one chat, None where there is none.
    """

    text: int
    bubbles: int
    choices: int
    label: int
    data: int
    alt_text: int
    photo_bytes: int
    cards: bool
    pickers: bool
    per_second: float
    per_chat: float | None


@dataclass(frozen=True, slots=True)
class Quota:
    """Messages that the bot may begin in a month, and how many of them it has used."""

    limit: int
    used: int

    @property
    def left(self) -> int:
        """How many may still be begun this month."""
        return max(0, self.limit - self.used)


class Channel(Protocol):
    """A way to reach people. `receive` and `read` are pure; the rest touches the network."""

    name: str
    capabilities: Capabilities

    def receive(self, headers: Mapping[str, str], body: bytes) -> tuple[Arrival, ...]:
        """Check who sent the request and split it into events, not looking further.

        Header names are lower case. Raises Forged when signature or secret is wrong,
        Malformed when the body is not what the platform sends.
        """
        ...

    def read(self, payload: str) -> Inbound | None:
        """One stored event in the house's own words; None when there is nothing to do."""
        ...

    async def deliver(self, outbound: Outbound, repeated: bool) -> None:
        """Send; `repeated` tells that an earlier try may have gone through.

        Raises TryLater (with the seconds the platform asks for), QuotaSpent, Undeliverable.
        """
        ...

    async def fetch(self, ref: str) -> bytes:
        """The bytes of a photo. Raises TryLater, Undeliverable."""
        ...

    async def busy(self, address: Address) -> None:
        """Show the person that an answer is on its way; never raises."""
        ...

    async def quota(self) -> Quota | None:
        """This month's messages, None where they are not counted. Raises TryLater."""
        ...

    async def check(self) -> str:
        """Ask the platform who we are; gives the bot's name. Raises CityvoiceError."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class Multicasting(Protocol):
    """A channel that says the same to many chats in one call: to `together` of them, `calls`
    times a second."""

    together: int
    calls: float

    async def multicast(self, key: str, chats: Sequence[str], bubbles: Sequence[Bubble]) -> None:
        """Say it to chats (at most `together` ids); those that are gone are passed over.

        `key` (a UUID) is that of every try, so that a lost answer does no harm. Raises
        TryLater, QuotaSpent, Undeliverable.
        """
        ...
