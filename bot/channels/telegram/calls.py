"""The library's client over one pool of kept connections, and what its errors mean."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from bot.model.errors import CityvoiceError, TryLater, Undeliverable

SECONDS = 10.0
CONNECTIONS = 200

# The library's debug lines hold addresses, and every address holds the token.
logging.getLogger("telegram").setLevel(logging.INFO)


def connect(token: str, api_base: str, wire: Wire) -> Bot:
    """The library's client; it opens nothing before its first call."""
    base = api_base.rstrip("/")
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=wire,
        get_updates_request=wire,
    )


def fault(error: TelegramError) -> CityvoiceError:
    """What the library's error means for whoever wanted to send."""
    if isinstance(error, RetryAfter):
        return TryLater("Telegram asks to wait", _seconds(error.retry_after))
    if isinstance(error, InvalidToken):
        return TryLater("Telegram refuses the token: set a valid TELEGRAM__TOKEN")
    if isinstance(error, Forbidden | BadRequest | ChatMigrated):
        return Undeliverable(f"Telegram will not take it: {error.message}")
    return TryLater(f"Telegram cannot take it now: {error.message}")


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class Wire(BaseRequest):
    """The library's way to the network. `limit` is the most bytes an answer may have.

    The session is opened by the first call, in the loop that makes it. No error tells the
    address, for it holds the token.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return SECONDS

    async def initialize(self) -> None:
        """Nothing to do before the first call."""

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """A sent message becomes `True`, which the library passes on: nobody looks at it, and
        unfolding it costs more than the call. What cannot be parsed is not logged.
        """
        try:
            document = orjson.loads(payload)
        except orjson.JSONDecodeError:
            document = None
        if not isinstance(document, dict):
            raise TelegramError("Invalid server response")
        if isinstance(result := document.get("result"), dict) and "message_id" in result:
            return document | {"result": True}
        return document

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        seconds = float(read_timeout) if isinstance(read_timeout, int | float) else SECONDS
        body = orjson.dumps(request_data.parameters) if request_data else None
        try:
            async with self._opened(url).request(
                method,
                url,
                data=body,
                headers={"Content-Type": "application/json"} if body else None,
                timeout=aiohttp.ClientTimeout(total=seconds, connect=SECONDS),
            ) as answer:
                return answer.status, await self._bytes(answer)
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(type(error).__name__) from None

    def _opened(self, url: str) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                proxy=_proxy(url),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    async def _bytes(self, answer: aiohttp.ClientResponse) -> bytes:
        kept = bytearray()
        async for piece in answer.content.iter_any():
            kept += piece
            if len(kept) > self._limit:
                raise BadRequest(f"the answer has more than {self._limit} bytes")
        return bytes(kept)


def _proxy(url: str) -> str | None:
    """Looked up once: doing so at every call costs more than the call."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)
