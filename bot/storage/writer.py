"""Group commit: many requests, one transaction. The commit is what costs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.model.errors import CityvoiceError
from bot.model.messages import Arrival
from bot.storage import inbox
from bot.storage.database import Database

MOST = 1000
"""Arrivals in one commit: the first of them should not wait long for the last."""

Caller = tuple[Sequence[Arrival], asyncio.Future[None]]
"""What one caller wants stored, and where the answer goes."""


class Closed(CityvoiceError):
    """The house is closing and takes nothing in any more."""


class GroupWriter:
    """Stores arrivals; those that come while one commit runs go into the next together."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._pending: list[Caller] = []
        self._running: asyncio.Task[None] | None = None
        self._closed = False

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Store; returns only after the commit. Raises what kept its group from being stored."""
        if self._closed:
            raise Closed("The store is closing: send it again.")
        done = asyncio.get_running_loop().create_future()
        self._pending.append((arrivals, done))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        await done

    async def close(self) -> None:
        """Take nothing more and finish what was taken."""
        self._closed = True
        if self._running is not None:
            await self._running

    async def _run(self) -> None:
        while self._pending:
            group = self._next()
            try:
                await self._store(group)
            except Exception as fault:
                _tell(group, fault)
            else:
                _tell(group, None)

    def _next(self) -> list[Caller]:
        """The callers that waited longest, up to MOST arrivals, at least one caller."""
        size = count = 0
        for arrivals, _ in self._pending:
            size += len(arrivals)
            if count and size > MOST:
                break
            count += 1
        group, self._pending = self._pending[:count], self._pending[count:]
        return group

    async def _store(self, group: list[Caller]) -> None:
        arrivals = [arrival for several, _ in group for arrival in several]
        async with self._database.unit(hurry=True) as unit:
            await inbox.store(unit, arrivals, self._clock())


def _tell(group: list[Caller], fault: Exception | None) -> None:
    """Answer each caller; one that was cancelled meanwhile wants no answer."""
    for _, done in group:
        if done.done():
            continue
        if fault is None:
            done.set_result(None)
        else:
            done.set_exception(fault)
