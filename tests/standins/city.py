"""A real cityvoice in a process of its own, to be talked to, killed and started again."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import orjson

ROOT = Path(__file__).parents[2]
SECRET = "channel-secret"
TOKEN = "channel-token"


def free_port() -> int:
    """A loopback port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def signed(body: bytes) -> Mapping[str, str]:
    """The headers that the platform puts on a webhook."""
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).digest()
    return {
        "x-line-signature": base64.b64encode(digest).decode(),
        "content-type": "application/json",
    }


@dataclass
class CityProcess:
    """`cityvoice serve` on a free port, its data in `folder`, its platform at `platform`."""

    folder: Path
    platform: str
    database_url: str = ""
    port: int = 0
    process: asyncio.subprocess.Process | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """The settings that it is started with."""
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith("CITYVOICE_")},
            "CITYVOICE_DATABASE_URL": self.database_url or f"sqlite:///{self.folder}/city.db",
            "CITYVOICE_CONFIG_DIR": str(ROOT / "config"),
            "CITYVOICE_MEDIA_DIR": str(ROOT / "var" / "test" / "media"),
            "CITYVOICE_SECRET_KEY": "a key for tests only",
            "CITYVOICE_FORWARD__FOLDER": str(self.folder / "proposals"),
            "CITYVOICE_LINE__CHANNEL_SECRET": SECRET,
            "CITYVOICE_LINE__CHANNEL_ACCESS_TOKEN": TOKEN,
            "CITYVOICE_LINE__API_BASE": self.platform,
            "CITYVOICE_LINE__DATA_API_BASE": self.platform,
            **self.more,
        }

    async def start(self) -> None:
        """Start, and return once it is ready to take traffic."""
        self.port = free_port()
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", "--port", str(self.port),
            cwd=ROOT, env=self.environment(),
            stdout=(self.folder / "out").open("ab"), stderr=(self.folder / "err").open("ab"),
        )  # fmt: skip
        async with aiohttp.ClientSession() as web:
            while True:
                assert self.process.returncode is None, (self.folder / "err").read_text()
                with suppress(aiohttp.ClientError):
                    async with web.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        """Ask it to end."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


def text_event(user: str, number: int, text: str, at: int) -> dict[str, Any]:
    """A text event in the platform's shape; `number` makes its ids, `at` is in milliseconds."""
    return {
        "type": "message",
        "mode": "active",
        "timestamp": at,
        "webhookEventId": f"01EVENT{number:019d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"token-{user}-{number}",
        "source": {"type": "user", "userId": user},
        "message": {"type": "text", "id": f"{number}", "quoteToken": "q3Plxr4AgKd", "text": text},
    }


async def post(web: aiohttp.ClientSession, url: str, event: Mapping[str, Any]) -> int:
    """Send one event as the platform would; the status, 0 when nobody answers."""
    body = orjson.dumps({"destination": "U" + "0" * 32, "events": [event]})
    try:
        async with web.post(f"{url}/webhooks/line", data=body, headers=signed(body)) as answer:
            return answer.status
    except aiohttp.ClientError:
        return 0
