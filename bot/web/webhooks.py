"""The hot path: platform → check → store → 200. Nothing here understands or answers.

A bare ASGI endpoint: thousands of requests a second pass it, and each layer would cost.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from starlette.types import Message, Receive, Scope, Send

from bot.channels.base import Channel
from bot.model.errors import Forged, Malformed
from bot.model.messages import Arrival
from bot.web.body import Gone, TooLarge, TooSlow, body
from bot.web.doors import Doors
from bot.web.meters import ChannelMeters, Meters

PREFIX = "/webhooks/"
LIMIT = 2 * 1024 * 1024  # the platforms' own bound on a request
SECONDS = 10.0  # a platform sends in one go; who trickles only keeps a connection busy

log = structlog.get_logger(__name__)


class Answer:
    """An answer that never changes, made once."""

    def __init__(self, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
        said = text.encode()
        plain = (b"content-type", b"text/plain; charset=utf-8")
        length = (b"content-length", str(len(said)).encode())
        self._start: Message = {
            "type": "http.response.start",
            "status": status,
            "headers": [plain, length, *headers],
        }
        self._body: Message = {"type": "http.response.body", "body": said}

    async def __call__(self, send: Send) -> None:
        """Send it."""
        await send(self._start)
        await send(self._body)


UNKNOWN = Answer(404, "no such channel\n")
WRONG_METHOD = Answer(405, "only POST\n", (b"allow", b"POST"))
ANSWERS: Mapping[str, Answer] = {
    "stored": Answer(200, "ok\n"),
    "forged": Answer(401, "not signed by the platform\n"),
    "malformed": Answer(400, "not what the platform sends\n"),
    "too_large": Answer(413, "over 2 MiB\n", (b"connection", b"close")),
    "too_slow": Answer(408, "the body did not come\n", (b"connection", b"close")),
    "failed": Answer(503, "not stored, send again\n", (b"retry-after", b"5")),
}


class Webhooks:
    """POST /webhooks/{channel}: 200 only after every event of the request is stored."""

    def __init__(self, doors: Doors, meters: Meters) -> None:
        self._put = doors.put
        self._clock = doors.clock
        self._channels = {n: (c, meters.of(n)) for n, c in doors.channels.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a sender who hung up is not answered."""
        known = self._channels.get(scope["path"][len(PREFIX) :])
        if known is None:
            return await UNKNOWN(send)
        if scope["method"] != "POST":
            return await WRONG_METHOD(send)
        channel, meters = known
        start = self._clock()
        try:
            outcome = await self._outcome(channel, meters, scope, receive)
        except Gone:
            return
        meters.requests[outcome].inc()
        if outcome == "stored":
            meters.seconds.observe(self._clock() - start)
        await ANSWERS[outcome](send)

    async def _outcome(
        self, channel: Channel, meters: ChannelMeters, scope: Scope, receive: Receive
    ) -> str:
        try:
            said = await body(scope, receive, LIMIT, SECONDS)
            arrivals = channel.receive(_headers(scope), said)
        except TooLarge:
            return "too_large"
        except TooSlow:
            return "too_slow"
        except Forged:
            return "forged"
        except Malformed:
            return "malformed"
        except Gone:
            raise
        except Exception as error:  # our own fault: the platform shall send it again
            return _failed(channel, error)
        return await self._stored(channel, meters, arrivals)

    async def _stored(
        self, channel: Channel, meters: ChannelMeters, arrivals: tuple[Arrival, ...]
    ) -> str:
        try:
            if arrivals:
                await self._put(arrivals)
        except Exception as error:  # whatever it was, it is not stored: never a 200
            meters.events["failed"].inc(len(arrivals))
            return _failed(channel, error)
        meters.events["stored"].inc(len(arrivals))
        return "stored"


def _headers(scope: Scope) -> dict[str, str]:
    return {n.decode("latin-1"): v.decode("latin-1") for n, v in scope["headers"]}


def _failed(channel: Channel, error: Exception) -> str:
    """Say so in the log, by the fault's kind alone: its text may quote an event."""
    log.error("webhook not stored", channel=channel.name, fault=type(error).__name__)
    return "failed"
