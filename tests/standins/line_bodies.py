"""What LINE's description says of request bodies: sizes, required fields and known names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from bot.channels.fitting import clusters

Json = dict[str, Any]

FIELDS = {
    "text": {"type", "text", "quickReply", "sender", "emojis", "quoteToken"},
    "flex": {"type", "altText", "contents", "quickReply", "sender"},
    "postback": {"type", "label", "data", "displayText", "text", "inputOption", "fillInText"},
    "location": {"type", "label"},
    "message": {"type", "label", "text"},
    "uri": {"type", "label", "uri", "altUri"},
}
BUBBLE = {"type", "direction", "styles", "header", "hero", "body", "footer", "size", "action"}
BOX = {"type", "layout", "contents", "flex", "spacing", "margin", "backgroundColor", "action"}
TEXT = {"type", "text", "flex", "size", "align", "color", "weight", "style", "wrap", "margin"}
BUTTON = {"type", "action", "flex", "color", "style", "gravity", "margin", "height"}
COMPONENTS = {"box": BOX, "text": TEXT, "button": BUTTON, "separator": {"type", "margin", "color"}}
CHOICES = {
    "layout": {"horizontal", "vertical", "baseline"},
    "style": {"primary", "secondary", "link", "normal", "italic"},
    "height": {"sm", "md"},
    "weight": {"regular", "bold"},
}


def body_faults(kind: str, body: Json) -> list[Json]:
    """Details as LINE gives them, empty when the body is as described."""
    return [{"message": m, "property": p} for p, m in _BODIES[kind](body)]


Faults = Iterator[tuple[str, str]]


def _reply(body: Json) -> Faults:
    yield from _known("", body, {"replyToken", "messages", "notificationDisabled"})
    if not isinstance(body.get("replyToken"), str):
        yield "replyToken", "May not be empty"
    yield from _messages(body)


def _push(body: Json) -> Faults:
    grouping = "customAggregationUnits"
    yield from _known("", body, {"to", "messages", "notificationDisabled", grouping})
    if not isinstance(body.get("to"), str) or not body["to"]:
        yield "to", "May not be empty"
    yield from _messages(body)


def _multicast(body: Json) -> Faults:
    to = body.get("to")
    if not isinstance(to, list) or not 1 <= len(to) <= 500:
        yield "to", "Size must be between 1 and 500"
    yield from _messages(body)


def _loading(body: Json) -> Faults:
    if not isinstance(body.get("chatId"), str):
        yield "chatId", "May not be empty"
    seconds = body.get("loadingSeconds", 20)
    if seconds % 5 or not 5 <= seconds <= 60:
        yield "loadingSeconds", "Must be a multiple of 5 between 5 and 60"


def _mark_as_read(body: Json) -> Faults:
    if not isinstance(body.get("markAsReadToken"), str):
        yield "markAsReadToken", "May not be empty"


def _messages(body: Json) -> Faults:
    messages = body.get("messages")
    if not isinstance(messages, list) or not 1 <= len(messages) <= 5:
        yield "messages", "Size must be between 1 and 5"
        return
    for number, message in enumerate(messages):
        yield from _message(f"messages[{number}]", message)


def _message(at: str, message: Json) -> Faults:
    kind = message.get("type")
    if kind not in ("text", "flex"):
        yield f"{at}.type", "Must be one of the following values: [text, flex]"
        return
    yield from _known(at, message, FIELDS[kind])
    if kind == "text":
        yield from _sized(f"{at}.text", message.get("text"), 5000)
    else:
        yield from _sized(f"{at}.altText", message.get("altText"), 1500)
        yield from _bubble(f"{at}.contents", message.get("contents", {}))
    if "quickReply" in message:
        yield from _quick_reply(f"{at}.quickReply", message["quickReply"])


def _quick_reply(at: str, quick: Json) -> Faults:
    items = quick.get("items", [])
    if not 1 <= len(items) <= 13:
        yield f"{at}.items", "Size must be between 1 and 13"
    for number, item in enumerate(items):
        yield from _known(f"{at}.items[{number}]", item, {"type", "action", "imageUrl"})
        yield from _action(f"{at}.items[{number}].action", item.get("action", {}), 20)


def _action(at: str, action: Json, label: int, quick: bool = True) -> Faults:
    kind = action.get("type")
    if kind not in FIELDS or (kind == "location" and not quick):
        yield f"{at}.type", "invalid action type"
        return
    yield from _known(at, action, FIELDS[kind])
    if not action.get("label") or len(list(clusters(action["label"]))) > label:
        yield f"{at}.label", f"Length must be between 1 and {label}"
    if kind == "postback":
        yield from _sized(f"{at}.data", action.get("data"), 300)
        yield from _sized(f"{at}.displayText", action.get("displayText", "-"), 300)


def _bubble(at: str, bubble: Json) -> Faults:
    if bubble.get("type") != "bubble":
        yield f"{at}.type", "must be bubble"
        return
    yield from _known(at, bubble, BUBBLE)
    if len(orjson.dumps(bubble)) > 30_000:
        yield at, "bubble is larger than 30 KB"
    for part in ("header", "body", "footer"):
        if part in bubble:
            yield from _component(f"{at}.{part}", bubble[part], top=True)


def _component(at: str, component: Json, top: bool = False) -> Faults:
    kind = component.get("type", "")
    if kind not in COMPONENTS or (top and kind != "box"):
        yield f"{at}.type", "unknown component"
        return
    yield from _known(at, component, COMPONENTS[kind])
    for name, allowed in CHOICES.items():
        if name in component and component[name] not in allowed:
            yield f"{at}.{name}", f"must be one of {sorted(allowed)}"
    if kind == "text":
        yield from _sized(f"{at}.text", component.get("text"), 5000)
    if kind == "button":
        yield from _action(f"{at}.action", component.get("action", {}), 40, quick=False)
    for number, inner in enumerate(component.get("contents", ())):
        yield from _component(f"{at}.contents[{number}]", inner)
    if kind == "box" and not component.get("contents"):
        yield f"{at}.contents", "May not be empty"


def _sized(at: str, text: Any, limit: int) -> Faults:
    if not isinstance(text, str) or not text.strip():
        yield at, "May not be empty"
    elif len(text.encode("utf-16-le", "surrogatepass")) // 2 > limit:
        yield at, f"Length must be between 0 and {limit}"


def _known(at: str, found: Json, names: set[str]) -> Faults:
    for name in found.keys() - names:
        yield f"{at}.{name}", "unknown field"


_BODIES = {
    "reply": _reply,
    "push": _push,
    "multicast": _multicast,
    "loading": _loading,
    "markAsRead": _mark_as_read,
}
