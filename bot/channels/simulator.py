"""Chats that exist in memory only: the web simulator and the talk in a terminal.

A chat's feed is a list of plain dicts in the order shown: {seq, id, text, title, facts,
choices}; `facts` are [label, value], `choices` {label, data, style, shares_location}, `id`
the Outbound's, `seq` a number that only grows, also when the process was started anew.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, TypeVar

import orjson

from bot.channels.base import Capabilities
from bot.channels.fitting import fit
from bot.model.errors import Forged, Malformed, Undeliverable
from bot.model.messages import (
    Address,
    Arrival,
    Bubble,
    Content,
    Edited,
    Followed,
    Inbound,
    Left,
    Location,
    Outbound,
    Photo,
    Sticker,
    Tap,
    Text,
    Unreadable,
    Unsent,
)

HEADER = "x-simulator-key"
CHATS = 1000
BUBBLES = 200
PHOTOS = 64
SEEN = 10_000

Shown = dict[str, Any]
Held = TypeVar("Held")


@dataclass(slots=True)
class _Feed:
    last: int
    shown: list[Shown] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Simulator:
    """A Channel without a platform. `key` is what a request must show in HEADER.

    Everything is bounded: the oldest chats, bubbles and photos are forgotten first.
    """

    name = "simulator"
    capabilities = Capabilities(
        text=5000,
        bubbles=5,
        choices=40,
        label=40,
        data=64,
        alt_text=5000,
        photo_bytes=20 * 1024 * 1024,
        cards=True,
        pickers=False,
        per_second=1000,
        per_chat=None,
    )

    def __init__(self, key: str, clock: Callable[[], datetime]) -> None:
        self._key = key
        self._clock = clock
        self._feeds: OrderedDict[str, _Feed] = OrderedDict()
        self._photos: OrderedDict[str, bytes] = OrderedDict()
        self._seen: OrderedDict[str, None] = OrderedDict()

    def receive(self, headers: Mapping[str, str], body: bytes) -> tuple[Arrival, ...]:
        """One event: {chat, event, content} with `content` as in `arrival`."""
        given = headers.get(HEADER, "")
        if not self._key or not compare_digest(given.encode(), self._key.encode()):
            raise Forged(f"{HEADER} is not the key of this demo")
        try:
            match orjson.loads(body):
                case {"chat": str(chat), "event": str(event), "content": dict(content)} if chat:
                    return (self.arrival(chat, content, event),)
        except orjson.JSONDecodeError:
            pass
        raise Malformed("expected {chat, event, content}")

    def arrival(self, chat: str, content: Mapping[str, Any], event: str) -> Arrival:
        """What a person did, ready for the inbox.

        `content` holds `kind` (text, tap, location, photo, sticker, followed, left, unsent,
        edited, unreadable) and that kind's own fields, and may hold `ref` (the message's
        number) and `locale`.
        """
        at = self._clock().isoformat()
        payload = {"chat": chat, "event": event, "at": at, "content": dict(content)}
        return Arrival(Address(self.name, chat), event, orjson.dumps(payload).decode())

    def read(self, payload: str) -> Inbound | None:
        happened = orjson.loads(payload)
        content = happened["content"]
        found = _content(content)
        if found is None:
            return None
        return Inbound(
            id=happened["event"],
            address=Address(self.name, happened["chat"]),
            at=datetime.fromisoformat(happened["at"]),
            content=found,
            ref=str(content.get("ref", "")),
            locale=str(content.get("locale", "")),
        )

    async def deliver(self, outbound: Outbound, repeated: bool) -> None:
        """Append to the chat's feed, once however often it is asked."""
        if outbound.id in self._seen:
            return
        _hold(self._seen, outbound.id, None, SEEN)
        feed = self._feed(outbound.to.id)
        for bubble in (b for call in fit(outbound, self.capabilities) for b in call):
            feed.last += 1
            feed.shown.append({"seq": feed.last, "id": outbound.id} | _plain(bubble))
        del feed.shown[:-BUBBLES]
        feed.news.set()
        feed.news = asyncio.Event()

    def feed(self, chat: str, after: int = 0) -> list[Shown]:
        """What was shown after the number `after`, oldest first."""
        feed = self._feeds.get(chat)
        return [shown for shown in feed.shown if shown["seq"] > after] if feed else []

    async def wait(self, chat: str, after: int, timeout: float) -> list[Shown]:  # noqa: ASYNC109
        """As `feed`, but waits up to `timeout` seconds for something to come."""
        found = self.feed(chat, after)
        if found:
            return found
        try:
            async with asyncio.timeout(timeout):
                await self._feed(chat).news.wait()
        except TimeoutError:
            return []
        return self.feed(chat, after)

    def shelve(self, photo: bytes) -> str:
        """Hold the bytes of a photo that a page sent; gives the ref to send along."""
        ref = sha256(photo).hexdigest()
        _hold(self._photos, ref, photo, PHOTOS)
        return ref

    async def fetch(self, ref: str) -> bytes:
        photo = self._photos.get(ref)
        if photo is None:
            raise Undeliverable("the simulator no longer holds this photo")
        return photo

    async def busy(self, address: Address) -> None:
        """The page shows that it waits by itself."""

    async def quota(self) -> None:
        return None

    async def check(self) -> str:
        return self.name

    async def close(self) -> None:
        """Wake whoever waits."""
        for feed in self._feeds.values():
            feed.news.set()

    def _feed(self, chat: str) -> _Feed:
        feed = self._feeds.get(chat)
        if feed is None:
            # A page that outlives the process asks for what follows the numbers it knows.
            feed = _Feed(last=int(self._clock().timestamp() * 1000))
        _hold(self._feeds, chat, feed, CHATS)
        return feed


def _hold(shelf: OrderedDict[str, Held], key: str, value: Held, most: int) -> None:
    shelf[key] = value
    shelf.move_to_end(key)
    if len(shelf) > most:
        shelf.popitem(last=False)


def _content(content: Mapping[str, Any]) -> Content | None:
    match content:
        case {"kind": "text", "text": str(text)}:
            return Text(_words(text))
        case {"kind": "tap", "data": str(data)}:
            return Tap(data)
        case {"kind": "location", "lat": float() | int() as lat, "lon": float() | int() as lon}:
            return Location(float(lat), float(lon), str(content.get("label", "")))
        case {"kind": "photo", "photo": str(ref)}:
            return Photo(ref, _words(str(content.get("caption", ""))))
        case {"kind": "unsent", "ref": str(ref)}:
            return Unsent(ref)
        case {"kind": "edited", "ref": str(ref), "text": str(text)}:
            return Edited(ref, _words(text))
        case {"kind": "followed"}:
            return Followed()
        case {"kind": "left"}:
            return Left()
        case {"kind": "sticker"}:
            return Sticker()
        case {"kind": "unreadable"}:
            return Unreadable(str(content.get("what", "file")))
        case _:
            return None


def _words(text: str) -> str:
    """No database keeps a NUL in a text."""
    return text.replace("\x00", "")


def _plain(bubble: Bubble) -> Shown:
    return {
        "text": bubble.text,
        "title": bubble.title,
        "facts": [[label, value] for label, value in bubble.facts],
        "choices": [
            {
                "label": choice.label,
                "data": choice.data,
                "style": choice.style.value,
                "shares_location": choice.shares_location,
            }
            for choice in bubble.choices
        ],
    }
