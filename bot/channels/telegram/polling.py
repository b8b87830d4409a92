"""Long polling: an update is acknowledged only after it was stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.channels.telegram.calls import fault
from bot.channels.telegram.receive import arrivals
from bot.model.errors import TryLater
from bot.model.messages import Arrival

LONGEST_PAUSE = 60.0

log = structlog.get_logger()


async def poll(
    drop_webhook: Callable[[], Awaitable[object]],
    ask: Callable[[int], Coroutine[Any, Any, list[Any]]],
    put: Callable[[tuple[Arrival, ...]], Awaitable[None]],
    stop: asyncio.Event,
) -> None:
    """Until `stop` is set. `ask(offset)` waits for updates from number `offset` on, which
    acknowledges those before it.

    Whatever goes wrong is logged by its kind alone and tried again after 1, 2, 4 … seconds.
    """
    offset: int | None = None
    failures = 0
    while not stop.is_set():
        try:
            if offset is None:
                await drop_webhook()  # while one is set, the platform refuses polling
                offset = 0
            offset = await _round(offset, ask, put, stop)
            failures = 0
        except Exception as error:
            log.warning("poll_failed", fault=type(error).__name__)
            await _rest(stop, _pause(error, failures))
            failures += 1


async def _round(
    offset: int,
    ask: Callable[[int], Coroutine[Any, Any, list[Any]]],
    put: Callable[[tuple[Arrival, ...]], Awaitable[None]],
    stop: asyncio.Event,
) -> int:
    """The offset to go on with once these updates are stored."""
    updates = await _unless(stop, ask(offset))
    if not updates:
        return offset
    found = tuple(a for update in updates for a in arrivals(update))
    if found:
        await put(found)
    return max(int(update["update_id"]) for update in updates) + 1


async def _unless(stop: asyncio.Event, asking: Coroutine[Any, Any, list[Any]]) -> list[Any]:
    """The answer, or nothing when `stop` comes first."""
    call = asyncio.create_task(asking)
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({call, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return call.result() if call.done() else []
    finally:
        call.cancel()
        stopped.cancel()


def _pause(error: Exception, failures: int) -> float:
    asked = fault(error) if isinstance(error, TelegramError) else None
    if isinstance(asked, TryLater) and asked.after is not None:
        return asked.after
    return min(2.0**failures, LONGEST_PAUSE)


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
