"""From one stored update to an Inbound. What the Bot API adds later is passed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.model.messages import (
    Address,
    Content,
    Edited,
    Followed,
    Inbound,
    Left,
    Location,
    Photo,
    Sticker,
    Tap,
    Text,
    Unreadable,
)

Json = Mapping[str, Any]

TAPPED = "cb:"
"""How the ref of a pressed button begins: cb:<callback query id>:<message id>."""

UNREADABLE = (
    "voice",
    "video",
    "video_note",
    "audio",
    "document",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "live_photo",
    "rich_message",
    "checklist",
)
"""Kinds that a person sends; everything else in a message is the app's own notice."""

# `/status@CityBot now` is `/status now`: in a private chat the bot's name says nothing. Nor
# does what a link to the bot puts behind `/start`: the person only pressed the app's button.
_ADDRESSED = re.compile(r"\A(/[A-Za-z0-9_]{1,32})@[A-Za-z0-9_]+(?=\s|\Z)")
_STARTED = re.compile(r"\A(/start) [A-Za-z0-9_-]{1,64}\Z")


def read(payload: str, clock: Callable[[], datetime], photo_bytes: int) -> Inbound | None:
    """The update in the house's words; None for what is none of the bot's business."""
    update = orjson.loads(payload)
    try:
        return _inbound(update, clock, photo_bytes)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None  # not the published shape: nothing in it can be answered


def _inbound(update: Json, clock: Callable[[], datetime], photo_bytes: int) -> Inbound | None:
    event = str(update["update_id"])
    match update:
        case {"message": dict(message)}:
            return _said(event, message, _content(message, photo_bytes), message["date"])
        case {"edited_message": dict(message)}:
            return _said(event, message, _edited(message), message["edit_date"])
        case {"callback_query": dict(query)}:
            return _tapped(event, query, clock())
        case {"my_chat_member": dict(change)}:
            return _said(event, change, _membership(change), change["date"])
        case _:
            return None


def _said(event: str, happened: Json, content: Content | None, seconds: int) -> Inbound | None:
    if content is None:
        return None
    number = happened.get("message_id")
    return Inbound(
        id=event,
        address=_address(happened),
        at=datetime.fromtimestamp(seconds, UTC),
        content=content,
        ref="" if number is None else str(number),
        locale=_locale(happened),
    )


def _tapped(event: str, query: Json, now: datetime) -> Inbound:
    message = query["message"]
    ref = f"{TAPPED}{query['id']}:{message['message_id']}"
    data = Tap(str(query.get("data", "")))
    return Inbound(event, _address(message), now, data, ref, locale=_locale(query))


def _address(happened: Json) -> Address:
    return Address("telegram", str(happened["chat"]["id"]))


def _locale(happened: Json) -> str:
    return str(happened.get("from", {}).get("language_code", ""))


def _content(message: Json, photo_bytes: int) -> Content | None:
    match message:
        case {"text": text}:
            return Text(_STARTED.sub(r"\1", _ADDRESSED.sub(r"\1", _words(text))))
        case {"photo": list(sizes)}:
            return _photo(message, sizes, photo_bytes)
        case {"live_photo": {"photo": list(sizes)}}:
            return _photo(message, sizes, photo_bytes)
        case {"animation": _}:
            return Unreadable("animation")  # comes as a document too
        case {"document": {"mime_type": str(kind)} as file} if kind.startswith("image/"):
            return _photo(message, [file], photo_bytes)
        case {"venue": {"location": place, "title": title, "address": address}}:
            return Location(place["latitude"], place["longitude"], _words(address or title))
        case {"location": place}:
            return Location(place["latitude"], place["longitude"])
        case {"sticker": _}:
            return Sticker()
        case _:
            return next((Unreadable(kind) for kind in UNREADABLE if kind in message), None)


def _photo(message: Json, sizes: list[Any], photo_bytes: int) -> Content:
    """The largest that may be downloaded; its size in bytes may be missing."""
    fitting = [s for s in sizes if s.get("file_size", 0) <= photo_bytes]
    if not fitting:
        return Unreadable("photo")
    best = max(fitting, key=lambda s: s.get("width", 0) * s.get("height", 0))
    return Photo(best["file_id"], _words(message.get("caption", "")))


def _edited(message: Json) -> Content | None:
    """Text or caption; a live location that moves is an edit too, and means nothing here."""
    words = message.get("text", message.get("caption"))
    return None if words is None else Edited(str(message["message_id"]), _words(words))


def _membership(change: Json) -> Content | None:
    match change["new_chat_member"]["status"]:
        case "kicked" | "left":
            return Left()
        case "member":
            return Followed()
        case _:
            return None


def _words(text: str) -> str:
    """No database keeps a NUL in a text."""
    return text.replace("\x00", "")
