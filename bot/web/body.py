"""Reading a request's body, never more of it nor longer than is allowed."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Scope


class TooLarge(Exception):
    """The body is longer than the limit."""


class TooSlow(Exception):
    """The body did not come within the time limit."""


class Gone(Exception):
    """The sender hung up before the body was whole."""


async def body(scope: Scope, receive: Receive, limit: int, seconds: float) -> bytes:
    """The whole body, at most `limit` bytes, within `seconds` from first to last.

    Raises TooLarge as soon as the length is announced or reached, TooSlow when the time is
    over, Gone when the sender hung up.
    """
    if _announced(scope) > limit:
        raise TooLarge
    try:
        async with asyncio.timeout(seconds):
            return await _whole(receive, limit)
    except TimeoutError:
        raise TooSlow from None


async def _whole(receive: Receive, limit: int) -> bytes:
    first = await _piece(receive)
    if not first.get("more_body"):
        return _bounded(first.get("body", b""), limit)
    whole, more = bytearray(first.get("body", b"")), True
    while more:
        if len(whole) > limit:
            raise TooLarge
        message = await _piece(receive)
        whole += message.get("body", b"")
        more = message.get("more_body", False)
    return _bounded(bytes(whole), limit)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() and len(value) < 20 else 0
    return 0


async def _piece(receive: Receive) -> Message:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Gone
    return message


def _bounded(piece: bytes, limit: int) -> bytes:
    if len(piece) > limit:
        raise TooLarge
    return piece
