"""Run a step over and over: at once while there is work, else when woken or on a slow poll."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

POLL = 1.0
"""Seconds between looks when nobody wakes us: another process may have stored something."""

log = structlog.get_logger()


class Bell:
    """Wakes a loop; ringing it many times wakes it once. `rung` counts the rings."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.rung = 0

    def ring(self) -> None:
        """There may be new work."""
        self.rung += 1
        self._event.set()

    def nudge(self) -> None:
        """Work under way has come on; there is nothing new to look for."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Until rung or the time has passed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        self._event.clear()


async def keep_on(
    name: str, step: Callable[[], Awaitable[int]], bell: Bell, stop: asyncio.Event
) -> None:
    """Run `step` until `stop` is set. A step that fails is logged and tried again."""
    while not stop.is_set():
        try:
            moved = await step()
        except Exception as fault:
            log.error("step_failed", loop=name, fault=repr(fault))
            moved = 0
        if moved:
            await asyncio.sleep(0)
        else:
            await bell.wait(POLL)
