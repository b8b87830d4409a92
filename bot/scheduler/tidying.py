"""Remove what is no longer needed: the less is kept, the less can leak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.media.keep import Keep
from bot.storage import media, multicasts
from bot.storage.database import Database
from bot.storage.tidying import tidy

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class TidyJob:
    """Drops rows that nobody needs, and the files of photos that nobody may see any more."""

    database: Database
    keep: Keep
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Drop them; a photo's row goes after its file, so that none is left behind."""
        now = self.clock()
        async with self.database.unit() as unit:
            if untold := await multicasts.late(unit, now):
                log.warning("multicast_too_late", people=untold)
            await tidy(unit, now)
            gone = await media.unwanted(unit, now)
        for photo in gone:
            self.keep.delete(photo)
        async with self.database.unit() as unit:
            await media.deleted(unit, gone)
