"""Units standing in line where a database has one writer."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Line:
    """One is in at a time, in the order they came; whoever is in a hurry goes before the rest.

    The one in a hurry is the platform that waits for its 200: what is worked on inside can
    wait for one unit more. Who has long work to do may ask whether the line is `pressed`.
    """

    def __init__(self) -> None:
        self._taken = False
        self._hurried = deque[asyncio.Future[None]]()
        self._patient = deque[asyncio.Future[None]]()

    @property
    def pressed(self) -> bool:
        """Whether somebody in a hurry waits."""
        return any(not turn.done() for turn in self._hurried)

    @asynccontextmanager
    async def turn(self, hurry: bool = False) -> AsyncIterator[None]:
        """Wait for one's turn and have it for the block."""
        await self._enter(self._hurried if hurry else self._patient)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, queue: deque[asyncio.Future[None]]) -> None:
        if not self._taken:
            self._taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # called in the very moment of leaving
                self._leave()
            raise

    def _leave(self) -> None:
        for queue in (self._hurried, self._patient):
            while queue:
                turn = queue.popleft()
                if not turn.done():  # else: went away while waiting
                    turn.set_result(None)
                    return
        self._taken = False
