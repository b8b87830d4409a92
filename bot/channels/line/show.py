"""From bubbles to LINE's message objects, as plain JSON. Pure.

A bubble with a title becomes a Flex card. Choices become quick replies under the last
message of the call, where a thumb finds them; those vanish with the next message, so a card
of few choices keeps them as buttons too. More choices than quick replies are a card of
buttons, two a row.
"""

from __future__ import annotations

from typing import Any

from bot.channels.base import Capabilities
from bot.channels.fitting import clip_text
from bot.model.messages import Bubble, Choice, Style

Json = dict[str, Any]

QUICK_REPLIES = 13
CARD_BUTTONS = 4
# Dark enough for white letters; the app's own green is not.
GREEN = "#00704A"
RED = "#B3261E"
GREY = "#555555"
_COLOURS = {Style.PRIMARY: GREEN, Style.DANGER: RED}


def show(bubbles: tuple[Bubble, ...], capabilities: Capabilities) -> list[Json]:
    """One call's messages; `bubbles` are fitted, so nothing here is too long."""
    quick = _quick(bubbles)
    messages = [_message(b, _buttons(b, quick), capabilities) for b in bubbles]
    if quick:
        messages[-1]["quickReply"] = {"items": [_quick_reply(c) for c in quick]}
    return messages


def _quick(bubbles: tuple[Bubble, ...]) -> tuple[Choice, ...]:
    """All choices of the call when they fit, else those that can be shown no other way."""
    every = tuple(dict.fromkeys(c for b in bubbles for c in b.choices))
    if len(every) <= QUICK_REPLIES:
        return every
    return tuple(c for c in every if c.shares_location)[:QUICK_REPLIES]


def _buttons(bubble: Bubble, quick: tuple[Choice, ...]) -> list[Choice]:
    """The choices that stand on the card; the app shares places from quick replies only."""
    lasting = bool(bubble.title) and len(bubble.choices) <= CARD_BUTTONS
    return [c for c in bubble.choices if not c.shares_location and (lasting or c not in quick)]


def _message(bubble: Bubble, buttons: list[Choice], capabilities: Capabilities) -> Json:
    if not bubble.title and not buttons:
        return {"type": "text", "text": bubble.text}
    return {
        "type": "flex",
        "altText": clip_text(_plainly(bubble), capabilities.alt_text),
        "contents": _card(bubble, buttons),
    }


def _plainly(bubble: Bubble) -> str:
    """The whole card as text: for notifications, old apps and readers aloud."""
    facts = [f"{label}: {value}" for label, value in bubble.facts]
    return "\n".join(part for part in (bubble.title, *facts, bubble.text) if part.strip())


def _card(bubble: Bubble, buttons: list[Choice]) -> Json:
    parts: list[Json] = []
    if bubble.title:
        parts.append(_text(bubble.title, weight="bold", size="lg"))
    if bubble.facts:
        parts.append(_box([_fact(*fact) for fact in bubble.facts], spacing="sm"))
    if bubble.text.strip():
        parts.append(_text(bubble.text, size="md"))
    card: Json = {"type": "bubble", "body": _box(parts, spacing="md")}
    if buttons:
        card["footer"] = _box(_rows(buttons), spacing="sm")
    return card


def _fact(label: str, value: str) -> Json:
    """A row of two columns; LINE takes no empty text."""
    name = _text(label.strip() or "–", size="sm", color=GREY, flex=2)
    return _row([name, _text(value.strip() or "–", size="sm", flex=5)], layout="baseline")


def _rows(buttons: list[Choice]) -> list[Json]:
    """Coloured buttons have a row each, the others share one between two."""
    rows: list[list[Choice]] = []
    for choice in buttons:
        plain = choice.style is Style.PLAIN
        if plain and rows and len(rows[-1]) == 1 and rows[-1][0].style is Style.PLAIN:
            rows[-1].append(choice)
        else:
            rows.append([choice])
    return [_button(r[0]) if len(r) == 1 else _row([_button(c) for c in r]) for r in rows]


def _button(choice: Choice) -> Json:
    button: Json = {"type": "button", "height": "sm", "action": _action(choice)}
    if choice.style is Style.PLAIN:
        return button | {"style": "secondary"}
    return button | {"style": "primary", "color": _COLOURS[choice.style]}


def _quick_reply(choice: Choice) -> Json:
    if choice.shares_location:
        return {"type": "action", "action": {"type": "location", "label": choice.label}}
    return {"type": "action", "action": _action(choice)}


def _action(choice: Choice) -> Json:
    if choice.picks is not None:
        picker = {"label": choice.label, "data": choice.data, "mode": choice.picks.value}
        return {"type": "datetimepicker", **picker}
    return {
        "type": "postback",
        "label": choice.label,
        "data": choice.data,
        "displayText": choice.label,
    }


def _text(text: str, **look: Any) -> Json:
    return {"type": "text", "text": text, "wrap": True, **look}


def _box(contents: list[Json], **look: Any) -> Json:
    return {"type": "box", "layout": "vertical", "contents": contents, **look}


def _row(contents: list[Json], layout: str = "horizontal") -> Json:
    return {"type": "box", "layout": layout, "spacing": "sm", "contents": contents}
