"""From a bubble to the parameters of sendMessage, as plain JSON: the library's types for
keyboards would cost more than the call itself. Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape
from typing import Any

from bot.model.messages import Bubble, Choice, Style

Json = dict[str, Any]

ROWS = 8
"""As many rows of buttons as leave the text above them in sight."""

COLUMNS = 40
"""Narrow letters that a row of a phone shows; a Chinese character takes two."""

PADDING = 4
"""Letters' worth of edge that each button adds."""

PER_ROW = 4
"""The most buttons side by side that a thumb tells apart."""


def show(bubble: Bubble) -> tuple[str, Json]:
    """The text and the further parameters; `bubble` is fitted.

    A choice that shares a location needs the keyboard that replaces the letters, and then
    the others stand there too as plain labels. A message without choices removes it again.
    """
    markup = _markup(bubble.choices)
    if bubble.title:
        return _card(bubble), {"parse_mode": "HTML", "reply_markup": markup}
    return bubble.text, {"reply_markup": markup}


def _card(bubble: Bubble) -> str:
    facts = [f"{escape(label)}: {escape(value)}" for label, value in bubble.facts]
    head = "\n".join([f"<b>{escape(bubble.title)}</b>", *facts])
    return f"{head}\n\n{escape(bubble.text)}" if bubble.text.strip() else head


def _markup(choices: Sequence[Choice]) -> Json:
    if not choices:
        return {"remove_keyboard": True}
    rows = layout(choices)
    if any(choice.shares_location for choice in choices):
        keys = [[_key(choice) for choice in row] for row in rows]
        return {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}
    return {"inline_keyboard": [[_button(choice) for choice in row] for row in rows]}


def _key(choice: Choice) -> Json:
    asking = {"request_location": True} if choice.shares_location else {}
    return {"text": choice.label, **asking}


def _button(choice: Choice) -> Json:
    style = {} if choice.style is Style.PLAIN else {"style": choice.style.value}
    return {"text": choice.label, "callback_data": choice.data, **style}


def layout(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Rows in order, buttons side by side where their labels fit, at most ROWS of them."""
    rows = _rows(choices, COLUMNS)
    if len(rows) > ROWS:  # the app cuts labels short, but every button can be pressed
        size = -(-len(choices) // ROWS)
        rows = [list(choices[at : at + size]) for at in range(0, len(choices), size)]
    return rows


def _rows(choices: Sequence[Choice], columns: int) -> list[list[Choice]]:
    rows: list[list[Choice]] = []
    for choice in choices:
        if rows and _fits([*rows[-1], choice], columns):
            rows[-1].append(choice)
        else:
            rows.append([choice])
    return rows


def _fits(row: Sequence[Choice], columns: int) -> bool:
    """The app gives all buttons of a row the same width."""
    widest = max(_width(choice.label) + PADDING for choice in row)
    return len(row) <= PER_ROW and widest * len(row) <= columns


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in label)
