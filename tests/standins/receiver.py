"""A receiver of signed webhooks, written from the Standard Webhooks text and not from a library.

An ASGI application: keeps each webhook-id once, refuses what is not signed by the secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Answer = tuple[int, dict[str, str]]


@dataclass
class Receiver:
    """`secret` is whsec_…; `script` are answers given in turn before the usual 204.

    `events` are the distinct CloudEvents by webhook-id, `bodies` every body as it came,
    `headers` those of every request, `forged` how many had no good signature.
    """

    secret: str
    script: list[Answer] = field(default_factory=list)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    forged: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        if scope["type"] != "http":
            return
        body = await _body(receive)
        status, headers = self._answer(scope, body)
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": b""})

    def _answer(self, scope: Scope, body: bytes) -> Answer:
        if scope["method"] != "POST":
            return 405, {"allow": "POST"}
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        self.headers.append(headers)
        self.bodies.append(body)
        if not self._signed(headers, body):
            self.forged += 1
            return 401, {}
        if self.script:
            return self.script.pop(0)
        if headers["webhook-id"] in self.events:
            return 409, {}
        self.events[headers["webhook-id"]] = json.loads(body)
        return 204, {}

    def _signed(self, headers: dict[str, str], body: bytes) -> bool:
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        told = f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode()
        good = base64.b64encode(hmac.new(key, told + body, hashlib.sha256).digest()).decode()
        given = headers.get("webhook-signature", "").split(" ")
        return any(hmac.compare_digest(one, f"v1,{good}") for one in given)


async def _body(receive: Receive) -> bytes:
    parts = []
    more = True
    while more:
        event = await receive()
        parts.append(event.get("body", b""))
        more = event.get("more_body", False)
    return b"".join(parts)
