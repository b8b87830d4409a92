"""Deliver what was said: in order for each chat, tried again, never given up silently."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.channels.base import Channel
from bot.model.errors import QuotaSpent, TryLater, Undeliverable
from bot.storage import outbox
from bot.storage.database import Database, Unit
from bot.storage.outbox import Sending
from bot.worker.loop import POLL, Bell
from bot.worker.pace import Pace

FLIGHT = 128
"""Sends under way at once."""

TOGETHER = 0.02
"""Seconds in which outcomes wait for each other, to share a commit."""

BEHIND = 0.25
"""Seconds after which it is looked for what stood behind a send that has ended."""

TRIES = 35
"""About a day with the waits doubling to an hour; after that a person is told."""

QUOTA_LOOK = timedelta(hours=1)
"""After this long it is tried again whether there are messages to be had, bought or of a new
month; free replies go on meanwhile."""

LEASE = timedelta(seconds=60)
"""How long a send may take before another process may repeat it."""

log = structlog.get_logger()


def wait(attempts: int) -> float:
    """Seconds before the next try: 1, 2, 4 … up to an hour."""
    return float(min(2 ** (attempts - 1), 3600))


def asked_for(fault: Exception) -> float | None:
    """Seconds that the platform asks to wait, None where it does not say."""
    return fault.after if isinstance(fault, TryLater) else None


def patience(fault: Exception, attempts: int) -> timedelta:
    """How long to wait after a fault: as long as the platform asks, else doubling."""
    if isinstance(fault, QuotaSpent):
        return QUOTA_LOOK
    asked = asked_for(fault)
    return timedelta(seconds=wait(attempts) if asked is None else asked)


@dataclass(slots=True)
class OutboxWorker:
    """Sends waiting Outbounds through their channels.

    Outcomes are gathered and saved together: one commit for many sends. When a send has ended
    the bell is nudged, so that its outcome does not wait for the next look; what waits is
    looked for only when the bell was rung, or there was something a moment ago.
    """

    database: Database
    channels: Mapping[str, Channel]
    clock: Callable[[], datetime]
    pace: Pace
    bell: Bell
    _rung: int = -1
    _looked: float = 0.0
    _saved: bool = False
    _flying: set[asyncio.Task[tuple[Sending, Exception | None]]] = field(default_factory=set)

    async def once(self) -> int:
        """Start what may be sent, save what has ended; how much moved."""
        started = await self._start() if self._news() else 0
        if not self._flying:
            return started
        done, self._flying = await asyncio.wait(self._flying, timeout=TOGETHER)
        await self._save([task.result() for task in done])
        return started + len(done)

    def _news(self) -> bool:
        """Whether something may wait: it was rung for, or nobody looked for long."""
        now, rung = self.pace.clock(), self.bell.rung
        patience = BEHIND if self._saved else POLL
        if rung == self._rung and now - self._looked < patience:
            return False
        self._rung, self._looked, self._saved = rung, now, False
        return True

    async def finish(self) -> None:
        """Wait for the sends under way and save their outcomes."""
        if self._flying:
            done, self._flying = await asyncio.wait(self._flying)
            await self._save([task.result() for task in done])

    async def _start(self) -> int:
        room = FLIGHT - len(self._flying)
        if room <= 0:
            self._rung = -1
            return 0
        async with self.database.unit() as unit:
            sendings = await outbox.take(unit, room, self.clock(), LEASE)
        for sending in sendings:
            self._fly(sending)
        if sendings:
            self._rung = -1  # there may be more
        return len(sendings)

    def _fly(self, sending: Sending) -> None:
        task = asyncio.create_task(self._send(sending))
        task.add_done_callback(lambda _: self.bell.nudge())
        self._flying.add(task)

    async def _send(self, sending: Sending) -> tuple[Sending, Exception | None]:
        address = sending.outbound.to
        channel = self.channels.get(address.channel)
        if channel is None:
            return sending, TryLater(f"The channel {address.channel} is switched off.")
        limits = channel.capabilities
        waits = self.pace.reserve(address.channel, address.id, limits.per_second, limits.per_chat)
        if waits > 0:
            await asyncio.sleep(waits)
        try:
            await channel.deliver(sending.outbound, sending.attempts > 1)
        except Exception as fault:
            return sending, fault
        return sending, None

    async def _save(self, outcomes: list[tuple[Sending, Exception | None]]) -> None:
        if not outcomes:
            return
        if not self._saved:
            self._saved = True
            asyncio.get_running_loop().call_later(BEHIND, self.bell.nudge)
        now = self.clock()
        async with self.database.unit() as unit:
            await outbox.delivered(unit, [s.id for s, fault in outcomes if fault is None], now)
            for sending, fault in outcomes:
                if fault is not None:
                    await self._failed(unit, sending, fault, now)

    async def _failed(self, unit: Unit, sending: Sending, fault: Exception, now: datetime) -> None:
        """Try again when that may help; a send given up stays visible as stuck."""
        due = now + patience(fault, sending.attempts)
        if isinstance(fault, QuotaSpent):
            await outbox.put_off(unit, sending.id, due, str(fault)[:500])
            return
        if isinstance(fault, Undeliverable) or sending.attempts >= TRIES:
            await outbox.give_up(unit, sending.id, str(fault)[:500])
            log.warning("outbound_given_up", outbound=sending.id, fault=type(fault).__name__)
            return
        if (asked := asked_for(fault)) is not None:
            self.pace.halt(sending.outbound.to.channel, asked)
        await outbox.retry(unit, sending.id, due, str(fault)[:500])
