"""Hand proposals to their forwarders: at least once, tried again, visible when stuck."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.forwarders.base import Forwarder
from bot.model.errors import TryLater, Undeliverable
from bot.model.proposal import Forwarding
from bot.storage import forwarding
from bot.storage.database import Database

LEASE = timedelta(minutes=2)
TRIES = 15

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ForwardJob:
    """Forwards what waits, one after another."""

    database: Database
    forwarders: Mapping[str, Forwarder]
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Until nothing is due."""
        while True:
            async with self.database.unit() as unit:
                due = await forwarding.take(unit, 20, self.clock(), LEASE)
            if not due:
                return
            for each in due:
                await self._forward(each)

    async def _forward(self, each: Forwarding) -> None:
        forwarder = self.forwarders.get(each.forwarder)
        try:
            if forwarder is None:
                raise TryLater(f"The forwarder {each.forwarder} is switched off.")
            await forwarder.forward(each)
        except (TryLater, Undeliverable, OSError) as fault:
            await self._failed(each, fault)
        else:
            async with self.database.unit() as unit:
                await forwarding.delivered(unit, [each.id], self.clock())

    async def _failed(self, each: Forwarding, fault: Exception) -> None:
        log.warning("forward_failed", forwarder=each.forwarder, fault=str(fault)[:200])
        async with self.database.unit() as unit:
            if isinstance(fault, Undeliverable) or each.attempts >= TRIES:
                await forwarding.give_up(unit, each.id, str(fault)[:500])
                return
            after = fault.after if isinstance(fault, TryLater) else None
            wait = after if after is not None else min(2**each.attempts, 3600)
            due = self.clock() + timedelta(seconds=wait)
            await forwarding.retry(unit, each.id, due, str(fault)[:500])
