"""Both platforms in a process of their own, as slow as they are: /stats tells who was told what.

More calls than a platform's published rate are refused with 429, as it would.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from collections.abc import Iterable
from pathlib import Path

import orjson
import uvicorn
from starlette.types import Receive, Scope, Send

sys.path.insert(0, str(Path(__file__).parents[1]))

from standins.line import LinePlatform
from standins.telegram import TelegramPlatform

RATES = {"/v2/bot/message/push": 2000, "/v2/bot/message/multicast": 200, "/sendMessage": 30}
"""Calls a second, by the end of the path (PLATFORMS)."""

BUSY = {
    "line": {"message": "The API rate limit has been exceeded. Try again later."},
    "telegram": {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    },
}


class Gate:
    """Lets so many through in any second."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._passed: deque[float] = deque()

    def open(self) -> bool:
        """Whether one more may pass now."""
        now = time.monotonic()
        while self._passed and self._passed[0] <= now - 1:
            self._passed.popleft()
        if len(self._passed) >= self._rate:
            return False
        self._passed.append(now)
        return True


class Platforms:
    """An ASGI application over both stand-ins."""

    def __init__(self) -> None:
        self.line = LinePlatform(strict=False)
        self.telegram = TelegramPlatform(strict=False)
        self.gates = {path: Gate(rate) for path, rate in RATES.items()}
        self.refused: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path = scope["path"]
        if path == "/stats":
            await _answer(send, 200, self.stats())
            return
        gate = next((g for end, g in self.gates.items() if path.endswith(end)), None)
        name = "line" if path.startswith("/v2/") else "telegram"
        if gate is not None and not gate.open():
            self.refused[name] += 1
            await _answer(send, 429, BUSY[name])
            return
        await getattr(self, name).app(scope, receive, send)

    def stats(self) -> dict[str, object]:
        """For each platform people told, those told twice, calls, refusals."""
        line = [(sent.to, 1) for sent in self.line.sent if sent.kind in ("push", "multicast")]
        said = [((str(p["chat_id"]),), 1) for p in self.telegram.of("sendMessage")]
        return {"line": self._told("line", line), "telegram": self._told("telegram", said)}

    def _told(self, name: str, calls: Iterable[tuple[tuple[str, ...], int]]) -> dict[str, int]:
        listed = list(calls)
        told = Counter(who for to, _ in listed for who in to)
        return {
            "people": len(told),
            "twice": sum(times > 1 for times in told.values()),
            "calls": len(listed),
            "refused": self.refused[name],
        }


async def _answer(send: Send, status: int, body: object) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps(body)})


if __name__ == "__main__":
    uvicorn.run(
        Platforms(), port=int(sys.argv[1]), log_level="error", access_log=False, lifespan="off"
    )
