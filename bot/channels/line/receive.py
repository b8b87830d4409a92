"""From a webhook request to single events: signature, JSON, one Arrival each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from linebot.v3.webhook import SignatureValidator

from bot.channels.mend import document
from bot.model.errors import Forged, Malformed
from bot.model.messages import Address, Arrival


def receive(
    signatures: SignatureValidator, headers: Mapping[str, str], body: bytes
) -> tuple[Arrival, ...]:
    """The events of people, in order; those of nobody (a bot joining a group) are left out.

    Raises Forged when the signature does not match, Malformed when the body is not as
    described.
    """
    _verify(signatures, headers.get("x-line-signature", ""), body)
    return tuple(a for e in _events(body) if (a := _arrival(e)) is not None)


def _verify(signatures: SignatureValidator, signature: str, body: bytes) -> None:
    try:
        genuine = signatures.validate(body.decode(), signature)
    except UnicodeError:  # only text is ever signed
        genuine = False
    if not genuine:
        raise Forged("x-line-signature does not match the body: check the channel secret")


def _events(body: bytes) -> list[Any]:
    whole = document(body)
    events = whole.get("events") if isinstance(whole, dict) else None
    if not isinstance(events, list):
        raise Malformed("the request has no list of events")
    return events


def _arrival(event: Any) -> Arrival | None:
    if not isinstance(event, dict) or not isinstance(event.get("webhookEventId"), str):
        raise Malformed("an event has no webhookEventId")
    source = event.get("source")
    user = source.get("userId") if isinstance(source, dict) else None
    if not isinstance(user, str):
        return None
    return Arrival(Address("line", user), event["webhookEventId"], orjson.dumps(event).decode())
