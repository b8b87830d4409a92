"""From one stored event to an Inbound. LINE adds kinds and fields without notice, so what
is unknown is passed over and nothing here raises on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
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
    Picker,
    Reply,
    Sticker,
    Tap,
    Text,
    Unreadable,
    Unsent,
)

Event = Mapping[str, Any]

# A reply token holds for a minute; the margin is for our own way to the platform. That a
# redelivery renews it is not relied upon.
REPLY_TIME = timedelta(seconds=50)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(payload: str) -> Inbound | None:
    """The event in the house's words; None for events that are none of the bot's business."""
    event = orjson.loads(payload)
    if event.get("mode") == "standby":  # another system has the chat
        return None
    try:
        content = _content(event)
        return None if content is None else _inbound(event, content)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None  # not the published shape: nothing in it can be answered


def _inbound(event: Event, content: Content) -> Inbound:
    at = _EPOCH + timedelta(milliseconds=event["timestamp"])
    token = event.get("replyToken")
    return Inbound(
        id=event["webhookEventId"],
        address=Address("line", event["source"]["userId"]),
        at=at,
        content=content,
        ref=str(event.get("message", {}).get("id", "")),
        reply=Reply(token, at + REPLY_TIME) if token else None,
    )


def _content(event: Event) -> Content | None:
    kind = _EVENTS.get(event["type"])
    return kind(event) if kind else None


def _message(event: Event) -> Content | None:
    message = event["message"]
    if event["source"]["type"] != "user" and not _mentions(message):
        return None  # people of a group talking to each other
    kind = _MESSAGES.get(message["type"], _unreadable)
    try:
        return kind(message)
    except (AttributeError, KeyError, TypeError, ValueError):
        return _unreadable(message)


def _mentions(message: Event) -> list[Event]:
    """Where the text names the bot itself, the last one first."""
    named = message.get("mention", {}).get("mentionees", ())
    return sorted((m for m in named if m.get("isSelf")), key=_start, reverse=True)


def _start(mention: Event) -> int:
    return int(mention["index"])


def _words(message: Event) -> str:
    """The text without the bot's own name; positions count UTF-16 units."""
    text = str(message["text"])
    mentions = _mentions(message)
    if mentions:
        raw = text.encode("utf-16-le")
        for m in mentions:
            raw = raw[: 2 * m["index"]] + raw[2 * (m["index"] + m["length"]) :]
        text = raw.decode("utf-16-le", "replace").strip()
    return text.replace("\0", "")  # databases refuse it


def _text(message: Event) -> Content:
    return Text(_words(message))


def _location(message: Event) -> Content:
    label = message.get("address") or message.get("title") or ""
    return Location(float(message["latitude"]), float(message["longitude"]), label)


def _image(message: Event) -> Content:
    # An image kept elsewhere is not fetched: its address is the sender's choice.
    kept = message.get("contentProvider", {}).get("type", "line")
    return Photo(message["id"]) if kept == "line" else _unreadable(message)


def _sticker(message: Event) -> Content:
    return Sticker()


def _unreadable(message: Event) -> Content:
    return Unreadable(message["type"])


def _edited(event: Event) -> Content | None:
    message = event["message"]
    return Edited(message["id"], _words(message)) if message["type"] == "text" else None


def _unsent(event: Event) -> Content:
    return Unsent(event["unsend"]["messageId"])


def _followed(event: Event) -> Content:
    return Followed()


def _left(event: Event) -> Content:
    return Left()


def _tap(event: Event) -> Content:
    """A picker's params hold the one thing picked, under its mode; a rich menu's are others."""
    postback = event["postback"]
    params = postback.get("params") or {}
    picked = next((params[mode] for mode in Picker if mode in params), "")
    return Tap(f"{postback['data']}{picked}")


_EVENTS: Mapping[str, Callable[[Event], Content | None]] = {
    "message": _message,
    "messageEdited": _edited,
    "unsend": _unsent,
    "follow": _followed,
    "unfollow": _left,
    "postback": _tap,
}
_MESSAGES: Mapping[str, Callable[[Event], Content]] = {
    "text": _text,
    "location": _location,
    "image": _image,
    "sticker": _sticker,
}
