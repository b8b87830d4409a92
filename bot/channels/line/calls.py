"""HTTP to one host of the platform, through the SDK's client, and what refusals mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
import structlog

from bot.model.errors import CityvoiceError, QuotaSpent, TryLater, Undeliverable

if TYPE_CHECKING:
    from linebot.v3.messaging import AsyncApiClient

log = structlog.get_logger()

LIMIT = aiohttp.ClientTimeout(total=10)
CONNECTIONS = 200
# Time-outs are OSErrors; the SDK fails with the last two on an answer that is no text.
_NETWORK = (aiohttp.ClientError, OSError, ValueError, LookupError)
_JSON = {"Accept": "application/json", "Content-Type": "application/json"}


class Refused(Exception):
    """The platform answered, and not with success."""

    def __init__(self, status: int, message: str, after: float | None = None) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message
        self.after = after

    @property
    def token_spent(self) -> bool:
        """The reply token was used before, or its time is over; nothing tells which."""
        return self.status == 400 and "reply token" in self.message.lower()

    @property
    def already_accepted(self) -> bool:
        """The retry key was seen before: this very message went out already."""
        return self.status == 409

    def fault(self) -> CityvoiceError:
        """What it means for whoever wanted to send."""
        if self.status == 401:
            return TryLater("LINE refuses the channel access token: set a valid one", self.after)
        if self.status == 429 and "monthly limit" in self.message.lower():
            return QuotaSpent("LINE: this month's messages are used up", self.after)
        if 400 <= self.status < 500 and self.status not in (408, 429):
            return Undeliverable(f"LINE will not take it: {self}")
        return TryLater(f"LINE cannot take it now: {self}", self.after)


class Api:
    """One host. The connections are opened at the first call, in the loop that makes it."""

    def __init__(self, token: str, base: str) -> None:
        self._token = token
        self._base = base.rstrip("/")
        self._client: AsyncApiClient | None = None

    async def post(self, path: str, body: dict[str, Any], retry_key: str = "") -> dict[str, Any]:
        """Raises Refused when the platform says no, TryLater when it cannot be reached."""
        key = {"X-Line-Retry-Key": retry_key} if retry_key else {}
        return await self._call("POST", path, body, {**_JSON, **key})

    async def get(self, path: str) -> dict[str, Any]:
        """Raises as `post` does."""
        return await self._call("GET", path, None, dict(_JSON))

    async def download(self, path: str, limit: int) -> bytes:
        """At most `limit` bytes; Undeliverable when there are more. Raises as `post` does."""
        client = self._opened()
        try:
            answer = await client.rest_client.get_request(
                self._base + path,
                headers=dict(client.default_headers),
                _preload_content=False,
                _request_timeout=LIMIT,
            )
            async with answer:
                _note(path, answer.status, answer.headers)
                return await _bytes(answer, limit)
        except _NETWORK as error:
            raise _unreachable(error) from None

    async def close(self) -> None:
        """Let go of the connections; a later call opens new ones."""
        client, self._client = self._client, None
        if client:
            await client.close()

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None, headers: dict[str, str]
    ) -> dict[str, Any]:
        client = self._opened()
        content = None if body is None else orjson.dumps(body)
        try:
            # The SDK's models and encoder would cost more than the call itself.
            async with client.rest_client.pool_manager.request(
                method,
                self._base + path,
                headers={**client.default_headers, **headers},
                data=content,
                proxy=client.rest_client.proxy,
                timeout=LIMIT,
            ) as answer:
                said = await answer.read()
        except _NETWORK as error:
            raise _unreachable(error) from None
        _note(path, answer.status, answer.headers)
        if not 200 <= answer.status <= 299:
            raise _refusal(answer.status, said, answer.headers)
        return _object(said)

    def _opened(self) -> AsyncApiClient:
        if self._client is None:
            self._client = _open(self._token, self._base)
        return self._client


def _open(token: str, base: str) -> AsyncApiClient:
    """The SDK's client for one host, with more connections than its default of a few.

    Its session looks up proxies and netrc at every call, which costs more than all the rest;
    here the proxy is looked up once and the session is one that does not.
    """
    from linebot.v3.messaging import AsyncApiClient, Configuration

    configuration = Configuration(host=base, access_token=token)
    configuration.connection_pool_maxsize = CONNECTIONS
    configuration.proxy = _proxy(base)
    client = AsyncApiClient(configuration)
    session = client.rest_client.pool_manager
    client.rest_client.pool_manager = aiohttp.ClientSession(
        connector=session.connector, cookie_jar=aiohttp.DummyCookieJar()
    )
    session.detach()
    return client


def _proxy(base: str) -> str | None:
    parts = urlsplit(base)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)


def _note(path: str, status: int, headers: Mapping[str, str]) -> None:
    """The platform keeps no log for its customers and asks them to keep this one."""
    log.info("called", path=path, status=status, request=headers.get("x-line-request-id", ""))


def _object(body: str | bytes) -> dict[str, Any]:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) else {}


def _refusal(status: int, body: str | bytes, headers: Mapping[str, str]) -> Refused:
    document = _object(body)
    details = [d for d in document.get("details") or () if isinstance(d, dict)]
    parts = [f"{d.get('property', '')}: {d.get('message', '')}" for d in details]
    message = "; ".join([str(document.get("message", "")), *parts])
    return Refused(status, message, _seconds(headers.get("retry-after", "")))


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdigit() else None


def _unreachable(error: Exception) -> TryLater:
    return TryLater(f"LINE cannot be reached: {type(error).__name__}")


async def _bytes(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    if answer.status == 202:
        raise TryLater("LINE is still preparing the file", after=5)
    if answer.status != 200:
        raise _refusal(answer.status, await answer.read(), answer.headers)
    kept = bytearray()
    async for piece in answer.content.iter_any():
        kept += piece
        if len(kept) > limit:
            raise Undeliverable(f"the photo has more than {limit} bytes")
    return bytes(kept)
