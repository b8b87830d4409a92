"""What the bot says looks right on LINE, and its SDK and its limits take it."""

from __future__ import annotations

from typing import Any

import pytest
from linebot.v3.messaging import Message
from standins.line_bodies import body_faults

from bot.channels.fitting import fit
from bot.channels.line import Line
from bot.channels.line.show import show
from bot.model.messages import Address, Bubble, Choice, Outbound, Style

BUTTONS = (
    Choice("送出", "send", Style.PRIMARY),
    Choice("改地點", "place"),
    Choice("改分類", "domain"),
    Choice("取消", "cancel", Style.DANGER),
)
CARD = Bubble("路燈不亮", "請確認", (("分類", "都市建設"), ("地點", "")), BUTTONS)


def calls(*bubbles: Bubble) -> list[list[dict[str, Any]]]:
    outbound = Outbound("id", Address("line", "U1"), bubbles)
    return [show(call, Line.capabilities) for call in fit(outbound, Line.capabilities)]


def shown(*bubbles: Bubble) -> list[dict[str, Any]]:
    (messages,) = calls(*bubbles)
    return messages


def labels(message: dict[str, Any]) -> list[str]:
    return [i["action"]["label"] for i in message.get("quickReply", {}).get("items", [])]


def buttons(part: dict[str, Any]) -> list[str]:
    own = [part["action"]["label"]] if part["type"] == "button" else []
    return own + [label for inner in part.get("contents", ()) for label in buttons(inner)]


def test_a_plain_bubble_is_a_text() -> None:
    assert shown(Bubble("收到")) == [{"type": "text", "text": "收到"}]


def test_a_titled_bubble_is_a_card_told_in_its_alternative_text() -> None:
    (card,) = shown(CARD)
    assert (card["type"], card["altText"]) == (
        "flex",
        "請確認\n分類: 都市建設\n地點: \n路燈不亮",
    )


def test_a_card_of_few_choices_has_them_as_buttons_and_as_quick_replies() -> None:
    (card,) = shown(CARD)
    names = ["送出", "改地點", "改分類", "取消"]
    assert (buttons(card["contents"]["footer"]), labels(card)) == (names, names)


def test_plain_buttons_share_a_row_and_coloured_ones_do_not() -> None:
    (card,) = shown(CARD)
    rows = card["contents"]["footer"]["contents"]
    assert [buttons(r) for r in rows] == [["送出"], ["改地點", "改分類"], ["取消"]]


def test_pressing_a_button_sends_its_data_and_shows_its_label() -> None:
    (text,) = shown(Bubble("好嗎", choices=(Choice("好", "yes"),)))
    assert text["quickReply"]["items"] == [
        {
            "type": "action",
            "action": {"type": "postback", "label": "好", "data": "yes", "displayText": "好"},
        }
    ]


def test_a_choice_that_shares_a_place_is_a_quick_reply_only() -> None:
    share = Choice("分享位置", shares_location=True)
    (card,) = shown(Bubble("在哪裡", "地點", (), (share, Choice("略過", "skip"))))
    assert (buttons(card["contents"]["footer"]), labels(card)) == (["略過"], ["分享位置", "略過"])


def test_quick_replies_of_all_bubbles_stand_on_the_last() -> None:
    first, last = shown(Bubble("一", choices=BUTTONS[:2]), Bubble("二", choices=BUTTONS[2:]))
    assert (labels(first), labels(last)) == ([], ["送出", "改地點", "改分類", "取消"])


def test_more_choices_than_quick_replies_are_a_card_of_buttons() -> None:
    choices = tuple(Choice(f"分類{n}", str(n)) for n in range(15))
    (card,) = shown(Bubble("哪一類", choices=choices))
    found = (buttons(card["contents"]["footer"]), labels(card))
    assert found == ([c.label for c in choices], [])


HARD = [
    Bubble("路" * 12000),
    CARD,
    Bubble("", "標題"),
    Bubble("路" * 3000, "題" * 300, (("地點", "古" * 900),), BUTTONS),
    Bubble("選", choices=tuple(Choice("👨‍👩‍👧‍👦" * 25, f"{n}" * 30) for n in range(9))),
    Bubble("選", choices=tuple(Choice(f"第{n}項", f"{n}") for n in range(60))),
    Bubble("在哪裡", choices=(Choice("分享位置", shares_location=True), *BUTTONS)),
]


@pytest.mark.parametrize("bubble", HARD)
def test_the_sdk_knows_every_message_shown(bubble: Bubble) -> None:
    messages = [m for call in calls(bubble) for m in call]
    assert [Message.from_dict(m).to_dict() for m in messages] == messages


@pytest.mark.parametrize("bubble", HARD)
def test_the_limits_hold_for_every_message_shown(bubble: Bubble) -> None:
    bodies = [{"to": "U1", "messages": call} for call in calls(bubble)]
    assert [fault for body in bodies for fault in body_faults("push", body)] == []
