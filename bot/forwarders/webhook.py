"""Proposals as signed webhooks: Standard Webhooks headers around a CloudEvents 1.0 body."""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
from standardwebhooks import Webhook as Signer

from bot.model.errors import CityvoiceError, TryLater, Undeliverable
from bot.model.proposal import Forwarding, Proposal

_TIMES = aiohttp.ClientTimeout(total=20, connect=5)
_CONTENT = "application/cloudevents+json; charset=utf-8"
_PREFIX = "whsec_"
_TAKEN = 409
"""The receiver has this webhook-id already, which is what a repeat is for."""

_BUSY = (408, 425, 429)
_LONGEST_WAIT = 86_400.0


class Webhook:
    """Posts to one URL. `source` is the CloudEvents source: who we are, a URI or path.

    `clock` gives the present moment (aware), which the signature covers.
    """

    name = "webhook"

    def __init__(self, url: str, secret: str, source: str, clock: Callable[[], datetime]) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise CityvoiceError(f"{url!r} is no http(s) address of a webhook")
        self._url = url
        self._signer = Signer(_key(secret))
        self._source = source
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    async def forward(self, forwarding: Forwarding) -> None:
        """Post the proposal once; webhook-id is the forwarding's key at every attempt."""
        body = _event(forwarding, self._source)
        headers = self._headers(forwarding.key, body)
        try:
            async with self._client().post(
                self._url, data=body.encode(), headers=headers, allow_redirects=False
            ) as answer:
                self._judge(answer.status, answer.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TryLater(f"webhook not reached: {_reason(error)}") from error

    async def check(self) -> str:
        """Ask for the URL's options; any answer shows that somebody is there."""
        try:
            async with self._client().options(self._url, allow_redirects=False) as answer:
                return f"{urlsplit(self._url).netloc} ({answer.status})"
        except (aiohttp.ClientError, TimeoutError) as error:
            raise CityvoiceError(f"webhook not reached: {_reason(error)}") from error

    async def close(self) -> None:
        """Close the connections that are kept alive."""
        if self._session:
            await self._session.close()
            self._session = None

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMES)
        return self._session

    def _headers(self, key: str, body: str) -> dict[str, str]:
        # The signer takes any time's digits for UTC, so it gets nothing else.
        at = self._clock().astimezone(UTC)
        return {
            "content-type": _CONTENT,
            "webhook-id": key,
            "webhook-timestamp": str(math.floor(at.timestamp())),
            "webhook-signature": self._signer.sign(key, at, body),
        }

    def _judge(self, status: int, retry_after: str) -> None:
        """Nothing when taken; else who should try again, and when."""
        if 200 <= status < 300 or status == _TAKEN:
            return
        if status in _BUSY or status >= 500:
            raise TryLater(f"webhook answered {status}", _seconds(retry_after, self._clock()))
        if 300 <= status < 400:
            raise Undeliverable(f"webhook answered {status}: it moved; set its new address")
        raise Undeliverable(f"webhook refused the proposal: {status}")


def _event(forwarding: Forwarding, source: str) -> str:
    """The CloudEvent; every attempt of one forwarding has the same text."""
    proposal: Proposal = forwarding.proposal
    event = {
        "specversion": "1.0",
        "id": forwarding.key,
        "source": source,
        "type": f"tw.cityvoice.proposal.{proposal.stage}.v1",
        "subject": proposal.id,
        "time": proposal.at.astimezone(UTC).isoformat(),
        "datacontenttype": "application/json",
        "data": dict(proposal.document),
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def _key(secret: str) -> bytes:
    """The bytes of a whsec_ secret; the fault never shows it."""
    coded = secret.removeprefix(_PREFIX)
    try:
        key = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key or not secret.startswith(_PREFIX):
        raise CityvoiceError(f"the webhook secret must be {_PREFIX} and 24–64 bytes in base64")
    return key


def _seconds(retry_after: str, now: datetime) -> float | None:
    """Retry-After, seconds or an HTTP date, as seconds from now; None when not told."""
    try:
        after = float(retry_after)
    except ValueError:
        after = _until(retry_after, now)
    return None if math.isnan(after) else min(max(after, 0.0), _LONGEST_WAIT)


def _until(date: str, now: datetime) -> float:
    try:
        at = parsedate_to_datetime(date)
    except ValueError:
        return math.nan
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now.timestamp()


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
