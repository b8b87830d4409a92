"""What each method of the Bot API takes, and the limits of what it takes (Bot API 10.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
Check = Callable[[Any], bool]

_TO_CHAT = "business_connection_id chat_id! message_thread_id"
_SENDING = (
    f"{_TO_CHAT} direct_messages_topic_id parse_mode disable_notification protect_content "
    "allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_markup"
)
# Names by method; "!" marks those that must be there.
_METHODS = {
    "getMe": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "setWebhook": (
        "url! certificate ip_address max_connections allowed_updates drop_pending_updates "
        "secret_token"
    ),
    "deleteWebhook": "drop_pending_updates",
    "sendMessage": f"{_SENDING} text! entities link_preview_options",
    "sendPhoto": f"{_SENDING} photo! caption caption_entities show_caption_above_media has_spoiler",
    "editMessageReplyMarkup": (
        "business_connection_id chat_id message_id inline_message_id reply_markup"
    ),
    "answerCallbackQuery": "callback_query_id! text show_alert url cache_time",
    "sendChatAction": f"{_TO_CHAT} action!",
    "setMyCommands": "commands! scope language_code",
    "getFile": "file_id!",
}
TAKES = {m: {name.rstrip("!") for name in names.split()} for m, names in _METHODS.items()}
NEEDS = {m: {n[:-1] for n in names.split() if n.endswith("!")} for m, names in _METHODS.items()}
STRUCTURED = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "reply_markup",
    "reply_parameters",
    "scope",
    "suggested_post_parameters",
}

_INLINE = {"text", "style", "icon_custom_emoji_id"}
_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_KEY = {
    "text",
    "icon_custom_emoji_id",
    "style",
    "request_users",
    "request_chat",
    "request_managed_bot",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
}
_KEYBOARD = {
    "keyboard",
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "input_field_placeholder",
    "selective",
}
_STYLES = {None, "danger", "success", "primary"}
_TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")
_TAGS = {"a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "span", "strike"}
_TAGS |= {"strong", "tg-spoiler", "u"}


def faults(method: str, parameters: Json) -> tuple[str, ...]:
    """What is wrong with a call; empty when the platform would take it."""
    unknown = [f"unknown parameter {n}" for n in sorted(parameters.keys() - TAKES[method])]
    missing = [f"{n} is missing" for n in sorted(NEEDS[method] - parameters.keys())]
    wrong = [f"{n} is wrong" for n, v in parameters.items() if n in _CHECKS and not _CHECKS[n](v)]
    return (*unknown, *missing, *wrong, *_text_faults(parameters), *_markup_faults(parameters))


def units(text: str) -> int:
    """The platform counts UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _text_faults(parameters: Json) -> Iterator[str]:
    for name, least, most in (("text", 1, 4096), ("caption", 0, 1024)):
        if name not in parameters:
            continue
        text = str(parameters[name])
        if parameters.get("parse_mode") == "HTML":
            if not _nested(text):
                yield "can't parse entities"
            text = unescape(_TAG.sub("", text))
        if not text.strip() and least:
            yield "message text is empty"
        if units(text) > most:
            yield "message is too long"


def _nested(text: str) -> bool:
    open_tags: list[str] = []
    for closing, tag in _TAG.findall(text):
        if tag not in _TAGS or (closing and (not open_tags or open_tags.pop() != tag)):
            return False
        if not closing:
            open_tags.append(tag)
    return not open_tags and "<" not in _TAG.sub("", text)


def _markup_faults(parameters: Json) -> Iterator[str]:
    markup = parameters.get("reply_markup")
    if markup is None:
        return
    if not isinstance(markup, dict):
        yield "object expected as reply markup"
    elif "inline_keyboard" in markup:
        yield from _inline_faults(markup)
    elif "keyboard" in markup:
        keys = _buttons(markup["keyboard"])
        if markup.keys() - _KEYBOARD or not all(map(_key_right, keys)) or not 1 <= len(keys) <= 300:
            yield "keyboard is wrong"
    elif markup.get("remove_keyboard") is not True and markup.get("force_reply") is not True:
        yield "reply markup is wrong"


def _inline_faults(markup: Json) -> Iterator[str]:
    buttons = _buttons(markup["inline_keyboard"])
    if markup.keys() != {"inline_keyboard"} or len(buttons) > 100:
        yield "inline keyboard is wrong"
    if any(len(row) > 8 for row in markup["inline_keyboard"]):
        yield "a row has more than 8 buttons"
    for button in buttons:
        if not _inline_right(button):
            yield "inline keyboard button is wrong"
        elif "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            yield "BUTTON_DATA_INVALID"


def _buttons(rows: list[list[Json]]) -> list[Json]:
    return [button for row in rows for button in row]


def _inline_right(button: Json) -> bool:
    return (
        not button.keys() - _INLINE - _ACTIONS
        and len(button.keys() & _ACTIONS) == 1
        and bool(button.get("text"))
        and button.get("style") in _STYLES
    )


def _key_right(key: Any) -> bool:
    if isinstance(key, str):
        return bool(key)
    return not key.keys() - _KEY and bool(key.get("text")) and key.get("style") in _STYLES


def _command_right(command: Json) -> bool:
    return (
        command.keys() == {"command", "description"}
        and re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) is not None
        and 1 <= len(command["description"]) <= 256
    )


def _webhook_right(url: str) -> bool:
    parts = urlsplit(url)
    return not url or (parts.scheme == "https" and parts.port in (None, 443, 80, 88, 8443))


_CHECKS: dict[str, Check] = {
    "chat_id": lambda v: re.fullmatch(r"-?\d+|@\w+", str(v)) is not None,
    "parse_mode": lambda v: v in ("HTML", "Markdown", "MarkdownV2"),
    "action": lambda v: v in ("typing", "upload_photo", "find_location", "choose_sticker"),
    "url": _webhook_right,
    "secret_token": lambda v: re.fullmatch(r"[A-Za-z0-9_-]{1,256}", v) is not None,
    "max_connections": lambda v: 1 <= int(v) <= 100,
    "limit": lambda v: 1 <= int(v) <= 100,
    "timeout": lambda v: int(v) >= 0,
    "allowed_updates": lambda v: isinstance(v, list) and all(isinstance(x, str) for x in v),
    "commands": lambda v: len(v) <= 100 and all(map(_command_right, v)),
    "language_code": lambda v: re.fullmatch(r"[a-z]{2}|", v) is not None,
}
