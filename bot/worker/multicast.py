"""Say the same to many chats in one call, where a channel can."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.channels.base import Channel, Multicasting
from bot.model.errors import TryLater, Undeliverable
from bot.model.messages import Outbound
from bot.model.person import Person
from bot.storage import conversations, multicasts, outbox
from bot.storage.database import Database
from bot.storage.multicasts import Multicast
from bot.worker.outbox import LEASE, TRIES, patience
from bot.worker.pace import Pace

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class MulticastWorker:
    """Sends waiting multicasts, one after another at the platform's rate.

    `said` is called when messages for single chats were put down.
    """

    database: Database
    channels: Mapping[str, Channel]
    clock: Callable[[], datetime]
    pace: Pace
    mint: Callable[[], str]
    said: Callable[[], None]

    async def once(self) -> int:
        """Send one if one is due; how many moved."""
        now = self.clock()
        async with self.database.unit() as unit:
            multicast = await multicasts.take(unit, now, LEASE)
            if multicast is None:
                return 0
            people = await multicasts.to(unit, multicast.id)
            # Before they are shown, so that a label can be typed at once.
            await conversations.offer(unit, self._each(multicast, people))
        await self._save(multicast, people, await self._send(multicast, people))
        return 1

    def _each(self, multicast: Multicast, people: Sequence[Person]) -> list[Outbound]:
        return [Outbound(self.mint(), one.address, multicast.bubbles) for one in people]

    async def _send(self, multicast: Multicast, people: Sequence[Person]) -> Exception | None:
        channel = self.channels.get(multicast.channel)
        if not isinstance(channel, Multicasting):
            return TryLater(f"The channel {multicast.channel} is switched off.")
        waits = self.pace.reserve(f"{multicast.channel} multicast", "", channel.calls, None)
        if waits > 0:
            await asyncio.sleep(waits)
        chats = [one.address.id for one in people]
        try:
            if chats:
                await channel.multicast(multicast.id, chats, multicast.bubbles)
        except Exception as fault:
            return fault
        return None

    async def _save(
        self, multicast: Multicast, people: Sequence[Person], fault: Exception | None
    ) -> None:
        """What the platform refuses as a whole is said to each alone: one chat may be at fault."""
        refused = isinstance(fault, Undeliverable) or multicast.attempts >= TRIES
        async with self.database.unit() as unit:
            if fault is None or refused:
                await multicasts.done(unit, multicast.id)
            if fault is None:
                return
            if refused:
                log.warning("multicast_taken_apart", multicast=multicast.id, people=len(people))
                await outbox.put(unit, self._each(multicast, people), self.clock())
            else:
                due = self.clock() + patience(fault, multicast.attempts)
                await multicasts.retry(unit, multicast.id, due, str(fault)[:500])
        self.said()
