"""Fetch photos from their platform, clean and keep them; platforms delete theirs soon."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.channels.base import Channel
from bot.media.clean import clean
from bot.media.keep import Keep
from bot.model.errors import CityvoiceError, NotAPhoto, Undeliverable
from bot.model.messages import Bubble, Outbound
from bot.model.wording import Wording
from bot.storage import media, outbox
from bot.storage.database import Database
from bot.storage.media import Fetching

TRIES = 5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class MediaWorker:
    """Fetches the photos that wait, one after another: each is seconds of work."""

    database: Database
    channels: Mapping[str, Channel]
    keep: Keep
    wording: Wording
    clock: Callable[[], datetime]
    mint: Callable[[], str]
    said: Callable[[], None]

    async def once(self) -> int:
        """Handle one photo; 0 when none waits."""
        async with self.database.unit() as unit:
            fetching = await media.take(unit, self.clock())
        if fetching is None:
            return 0
        try:
            raw = await self.channels[fetching.address.channel].fetch(fetching.ref)
            photo = await asyncio.to_thread(clean, raw)
            await asyncio.to_thread(self.keep.put, fetching.photo, photo)
        except (NotAPhoto, Undeliverable) as fault:
            await self._refuse(fetching, fault)
        except (CityvoiceError, OSError) as fault:
            await self._again(fetching, fault)
        else:
            async with self.database.unit() as unit:
                await media.kept(unit, fetching.photo)
        return 1

    async def _refuse(self, fetching: Fetching, fault: Exception) -> None:
        """The photo will never come: say so, the words of the report are safe."""
        log.warning("photo_refused", fault=type(fault).__name__)
        said = Bubble(self.wording.say(fetching.language, "report.photo_bad"))
        async with self.database.unit() as unit:
            await media.refused(unit, fetching.photo)
            told = Outbound(self.mint(), fetching.address, (said,))
            await outbox.put(unit, [told], self.clock())
        self.said()

    async def _again(self, fetching: Fetching, fault: Exception) -> None:
        if fetching.attempts >= TRIES:
            await self._refuse(fetching, fault)
            return
        due = self.clock() + timedelta(seconds=2**fetching.attempts)
        async with self.database.unit() as unit:
            await media.retry(unit, fetching.photo, due)
