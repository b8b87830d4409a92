"""Remove what is no longer needed: the less is kept, the less can leak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.storage import inbox, outbox
from bot.storage.database import Database

KEPT = timedelta(days=7)
"""Longer than any platform redelivers an event, so that a late repeat is still known."""


@dataclass(frozen=True, slots=True)
class TidyJob:
    """Drops handled inbox rows and delivered outbox rows of the past."""

    database: Database
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Drop them."""
        before = self.clock() - KEPT
        async with self.database.unit() as unit:
            await inbox.tidy(unit, before)
            await outbox.tidy(unit, before)
