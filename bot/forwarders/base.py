"""What every forwarder promises."""

from __future__ import annotations

from typing import Protocol

from bot.model.proposal import Forwarding


class Forwarder(Protocol):
    """A way by which proposals leave the house, at least once each."""

    name: str

    async def forward(self, forwarding: Forwarding) -> None:
        """Hand the proposal over; the same `key` again changes nothing at the receiver.

        Raises TryLater (with the seconds the receiver asks for) or Undeliverable.
        """
        ...

    async def check(self) -> str:
        """See whether the receiver is there; gives a word on it. Raises CityvoiceError."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
