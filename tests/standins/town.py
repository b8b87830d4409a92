"""A whole city in this process: a real house behind real HTTP, its platforms beside it.

Nothing here sleeps for a fixed time: `calm` waits until the stores hold nothing to be done.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import aiohttp
import orjson
import sqlalchemy as sa
from pydantic import SecretStr
from standins.city import ROOT, SECRET, TOKEN, signed
from standins.line import LinePlatform
from standins.receiver import Receiver
from standins.serving import serve
from standins.telegram import TelegramPlatform
from starlette.types import Receive, Scope, Send

from bot.cli.command import run
from bot.house import House
from bot.settings import Settings
from bot.storage.tables import inbox, outbox, photos
from bot.web.app import build
from bot.wiring import doors, open_house

PATIENCE = 20.0
KEY = "a key for tests only"
HOOK = "telegram-hook"
WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NUMBERS = count(1)
BUSY = sa.union_all(
    sa.select(sa.literal(1)).select_from(inbox).where(inbox.c.waiting),
    sa.select(sa.literal(1)).select_from(outbox).where(outbox.c.waiting),
    sa.select(sa.literal(1)).select_from(photos).where(photos.c.state == "waiting"),
)


@dataclass
class Outside:
    """Everything that the city talks to; it outlives the house when that is opened again."""

    line: LinePlatform = field(default_factory=lambda: LinePlatform(TOKEN))
    telegram: TelegramPlatform = field(default_factory=TelegramPlatform)
    receiver: Receiver = field(default_factory=lambda: Receiver(WEBHOOK_SECRET))
    urls: dict[str, str] = field(default_factory=dict)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Outside]:
        """One host for photos, one for all the others: each has paths of its own."""
        async with serve(self._any) as host, serve(self.line.data) as data:
            self.urls = {"api": host, "data": data, "telegram": host, "receiver": host}
            yield self
            self.telegram.wake()

    async def _any(self, scope: Scope, receive: Receive, send: Send) -> None:
        apps: dict[str, Any] = {"v2": self.line.api, "proposals": self.receiver}
        first = scope["path"].split("/")[1]
        await apps.get(first, self.telegram.app)(scope, receive, send)


@dataclass
class Town:
    """A house that works, and where it answers."""

    house: House
    url: str
    outside: Outside
    settings: Settings
    web: aiohttp.ClientSession

    @property
    def line(self) -> LinePlatform:
        """The first platform."""
        return self.outside.line

    @property
    def telegram(self) -> TelegramPlatform:
        """The second platform."""
        return self.outside.telegram

    async def post(self, channel: str, body: bytes, headers: Any = None) -> int:
        """A webhook request as it is; its status."""
        address = f"{self.url}/webhooks/{channel}"
        async with self.web.post(address, data=body, headers=headers) as answer:
            return answer.status

    async def happens(self, *events: Any) -> None:
        """Events in one signed request of the first platform; returns when all is answered."""
        body = orjson.dumps({"destination": "U" + "0" * 32, "events": events})
        assert await self.post("line", body, signed(body)) == 200
        await self.calm()

    async def update(self, update: Any) -> None:
        """An update of the second platform, in the way that the city set up."""
        if self.settings.telegram.mode == "polling":
            update_id = self.telegram.hears(**update)["update_id"]
            await until(lambda: not any(u["update_id"] == update_id for u in self.telegram.updates))
        else:
            body = orjson.dumps({"update_id": next(NUMBERS), **update})
            secret = {"x-telegram-bot-api-secret-token": HOOK}
            assert await self.post("telegram", body, secret) == 200
        await self.calm()

    async def calm(self) -> None:
        """Until nothing waits to be understood, fetched or sent."""
        deadline = time.monotonic() + PATIENCE
        while await self.rows(BUSY):
            assert time.monotonic() < deadline, "the city does not come to rest"
            await asyncio.sleep(0.005)

    async def rows(self, query: Any) -> Sequence[Any]:
        """What the store holds."""
        async with self.house.ledger.database.unit() as unit:
            return (await unit.connection.execute(query)).all()

    async def command(self, *words: str) -> str:
        """`cityvoice …` over the same database, in a thread and a loop of its own; its output.

        A process of its own would spend seconds on imports.
        """
        with mock.patch.dict(os.environ, _environment(self.settings), clear=True):
            out = StringIO()
            with redirect_stdout(out):
                assert await asyncio.to_thread(run, words) == 0
        return out.getvalue()


async def until(true: Callable[[], object]) -> None:
    """Until a condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it never came"
        await asyncio.sleep(0.005)


@asynccontextmanager
async def open_town(
    folder: Path, models: Path, outside: Outside, mode: str = "polling"
) -> AsyncIterator[Town]:
    """A town over the data in `folder`, at work until the block ends."""
    settings = _settings(folder, outside, mode)
    if not (folder / "models").exists():
        (folder / "models").symlink_to(models)
    house = await open_house(settings, demo=False)
    working = asyncio.create_task(house.work())
    try:
        async with serve(build(doors(house))) as url, aiohttp.ClientSession() as web:
            yield Town(house, url, outside, settings, web)
    finally:
        house.halt()
        await working
        await house.close()


def _settings(folder: Path, outside: Outside, mode: str) -> Settings:
    urls = outside.urls
    return Settings(
        _env_file=None,
        database_url=f"sqlite:///{folder}/test.db",
        config_dir=ROOT / "config",
        media_dir=folder / "media",
        secret_key=SecretStr(KEY),
        line={
            "channel_secret": SECRET,
            "channel_access_token": TOKEN,
            "api_base": urls["api"],
            "data_api_base": urls["data"],
        },
        telegram={
            "token": outside.telegram.token,
            "webhook_secret": HOOK,
            "api_base": urls["telegram"],
            "mode": mode,
        },
        forward={
            "folder": folder / "proposals",
            "webhook_url": f"{urls['receiver']}/proposals",
            "webhook_secret": WEBHOOK_SECRET,
        },
    )


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as a command reads them."""
    forward = settings.forward
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("CITYVOICE_")},
        "CITYVOICE_DATABASE_URL": settings.database_url,
        "CITYVOICE_CONFIG_DIR": str(settings.config_dir),
        "CITYVOICE_MEDIA_DIR": str(settings.media_dir),
        "CITYVOICE_SECRET_KEY": KEY,
        "CITYVOICE_LINE__CHANNEL_SECRET": SECRET,
        "CITYVOICE_LINE__CHANNEL_ACCESS_TOKEN": TOKEN,
        "CITYVOICE_LINE__API_BASE": settings.line.api_base,
        "CITYVOICE_LINE__DATA_API_BASE": settings.line.data_api_base,
        "CITYVOICE_FORWARD__FOLDER": str(forward.folder),
        "CITYVOICE_FORWARD__WEBHOOK_URL": str(forward.webhook_url),
        "CITYVOICE_FORWARD__WEBHOOK_SECRET": WEBHOOK_SECRET,
    }
