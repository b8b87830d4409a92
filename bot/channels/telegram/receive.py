"""From a webhook request, or one polled update, to Arrivals of private chats."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

import orjson

from bot.channels.mend import document
from bot.model.errors import Forged, Malformed
from bot.model.messages import Address, Arrival

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 (a name, not a secret)


def receive(secret: str | None, headers: Mapping[str, str], body: bytes) -> tuple[Arrival, ...]:
    """The one update of a request; nothing when it is not from a private chat.

    Raises Forged when the secret is wrong or none is set, Malformed when the body is not
    an update.
    """
    given = headers.get(SECRET_HEADER, "")
    if not secret or not compare_digest(given.encode(), secret.encode()):
        raise Forged(f"{SECRET_HEADER} is not the secret that the webhook was set with")
    return arrivals(document(body))


def arrivals(update: Any) -> tuple[Arrival, ...]:
    """An update as an Arrival; groups, channels and inline queries give none.

    Raises Malformed when it is no update.
    """
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int):
        raise Malformed("the request has no update_id")
    chat = _private_chat(update)
    if chat is None:
        return ()
    payload = orjson.dumps(update).decode()
    return (Arrival(Address("telegram", str(chat)), str(number), payload),)


def _private_chat(update: Mapping[str, Any]) -> int | None:
    """Where it happened; a pressed button tells its chat by the message it stands on."""
    for happened in update.values():
        if not isinstance(happened, dict):
            continue
        message = happened.get("message")
        chat = happened.get("chat") or (isinstance(message, dict) and message.get("chat"))
        if isinstance(chat, dict) and chat.get("type") == "private":
            number = chat.get("id")
            return number if isinstance(number, int) else None
    return None
