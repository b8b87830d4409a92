"""The demo's two phones: a page, what they send, and what they hear."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.model.errors import Malformed
from bot.web.body import Gone, TooLarge, TooSlow, body
from bot.web.doors import Doors, Simulator
from bot.web.pages import page
from bot.web.shield import same_origin

SAID = 64 * 1024  # bytes of a text message with everything around it
PHOTO = 10 * 1024 * 1024
SECONDS = 60.0  # for a photo over a slow line
PATIENCE = 25.0  # seconds a feed waits for something to tell
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)

Endpoint = Callable[[Request], Awaitable[Response]]


class Refused(Exception):
    """A phone's request that is not taken: a status, and the fault as one word."""

    def __init__(self, status: int, fault: str) -> None:
        super().__init__(fault)
        self.status, self.fault = status, fault


class Phones:
    """The routes behind the two phones; they exist only beside a simulator channel."""

    def __init__(self, doors: Doors, simulator: Simulator) -> None:
        self._doors = doors
        self._simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """The page and what its script calls."""
        return [
            Route("/simulator", self.show),
            Route("/simulator/feed", _plainly(self.feed)),
            Route("/simulator/needs", _plainly(self.needs)),
            Route("/simulator/say", _plainly(self.say), methods=["POST"]),
            Route("/simulator/photo", _plainly(self.photo), methods=["POST"]),
            Route("/simulator/staff", _plainly(self.staff), methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The page with both phones."""
        doors = self._doors
        return page(
            request,
            "simulator.html",
            has_staff=doors.staff_code is not None,
            has_needs=doors.needs is not None,
        )

    async def feed(self, request: Request) -> Response:
        """What the bot said after `after`, waiting a while for it."""
        chat, after = _id(request.query_params.get("chat")), _number(request, "after")
        told = await self._simulator.wait(chat, after, PATIENCE)
        return JSONResponse({"items": told}, headers={"cache-control": "no-store"})

    async def say(self, request: Request) -> Response:
        """A phone says something: {chat, event, content}."""
        said = _object(await _whole(request, SAID))
        return await self._take(said.get("chat"), said.get("event"), said.get("content"))

    async def photo(self, request: Request) -> Response:
        """A phone sends a photo: the body is the file, chat and event stand in the address."""
        asked = request.query_params
        chat, event = _id(asked.get("chat")), _id(asked.get("event"))
        ref = self._simulator.shelve(await _whole(request, PHOTO))
        return await self._take(chat, event, {"kind": "photo", "photo": ref})

    async def staff(self, request: Request) -> Response:
        """A one-time code that makes the second phone a staff member's: {name}."""
        name = _object(await _whole(request, SAID)).get("name")
        if self._doors.staff_code is None:
            raise Refused(404, "no_staff")
        if not isinstance(name, str) or not 0 < len(name) <= 40:
            raise Refused(400, "malformed")
        return JSONResponse({"code": await self._doors.staff_code(name)})

    async def needs(self, request: Request) -> Response:
        """The needs of the moment, for the panel under the phones."""
        if self._doors.needs is None:
            raise Refused(404, "no_needs")
        return JSONResponse({"needs": [dict(n) for n in await self._doors.needs()]})

    async def _take(self, chat: object, event: object, content: object) -> Response:
        if not isinstance(content, dict):
            raise Refused(400, "malformed")
        arrival = self._simulator.arrival(_id(chat), content, _id(event))
        try:
            await self._doors.put([arrival])
        except Exception as error:  # whatever it was, it is not stored
            raise Refused(503, "not_stored") from error
        return JSONResponse({"ok": True})


def _plainly(endpoint: Endpoint) -> Endpoint:
    """The endpoint, closed to foreign pages, its refusals as plain JSON."""

    async def answer(request: Request) -> Response:
        if request.method == "POST" and not same_origin(request.headers):
            return JSONResponse({"error": "foreign"}, 403)
        try:
            return await endpoint(request)
        except Refused as refusal:
            return JSONResponse({"error": refusal.fault}, refusal.status)
        except Malformed:
            return JSONResponse({"error": "malformed"}, 400)

    return answer


async def _whole(request: Request, limit: int) -> bytes:
    try:
        return await body(request.scope, request.receive, limit, SECONDS)
    except TooLarge:
        raise Refused(413, "too_large") from None
    except TooSlow:
        raise Refused(408, "too_slow") from None
    except Gone:
        raise HTTPException(400) from None


def _object(said: bytes) -> Mapping[str, Any]:
    try:
        value = orjson.loads(said)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise Refused(400, "malformed")
    return value


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Refused(400, "malformed")
    return value


def _number(request: Request, name: str) -> int:
    value = request.query_params.get(name, "0")
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise Refused(400, "malformed")
    return int(value)
