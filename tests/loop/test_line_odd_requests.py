"""What LINE, the network and odd people may send: refused, passed over or answered kindly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from standins.citizens import LineCitizen
from standins.city import signed
from standins.town import Town

from bot.conversations.scene import Turn
from bot.conversations.turn import Ready, turn
from bot.model.person import Person
from bot.web.webhooks import LIMIT

ODD = {
    "a megabyte of text": "路燈壞了。" * 66_000,
    "right-to-left and zero width": "\u202e\u200b民生\u200d東路\u2066路燈\ufeff壞了\u202c",
    "two hundred emoji": "😀👨‍👩‍👧‍👦🇹🇼👍🏽" * 50,
    "nothing but invisible characters": "\u200b\u200d\u2066\u202e",
    "control characters": "路燈\x00\x07\x1b[31m壞了\x7f",
    "a template and a command of a database": "{text} %s {0}'; DROP TABLE reports; --",
    "a script": "<script>alert(1)</script> & <b>",
    "line ends alone": "\n\n\r\n\t ",
}


@pytest.fixture
def ann(town: Town) -> LineCitizen:
    return LineCitizen(town, "U" + "a" * 32)


def body(*events: object) -> bytes:
    return orjson.dumps({"destination": "U" + "0" * 32, "events": events})


async def test_whatever_is_typed_is_answered_and_can_be_sent(town: Town) -> None:
    answers = {what: await answered(town, number, ODD[what]) for number, what in enumerate(ODD)}
    assert [what for what, said in answers.items() if not kind(said)] == []
    assert town.line.refused == []


async def answered(town: Town, number: int, words: str) -> list[str]:
    """What somebody new is told who types it, goes on, and sends what came of it."""
    somebody = LineCitizen(town, f"U{number:032}")
    answers = [await somebody.says(words), await somebody.says("你好")]
    if "送出" in somebody.buttons():
        answers.append(await somebody.presses("送出"))
    return answers


def kind(answers: list[str]) -> bool:
    """Never silence, and never an excuse for a fault of ours."""
    return all(answers) and "狀況" not in "".join(answers)


async def test_half_an_emoji_in_the_request_itself_is_answered(
    town: Town, ann: LineCitizen
) -> None:
    said = body(ann.text("民生東路三段的路燈HALF壞了")).replace(b"HALF", rb"\ud83d")
    assert await town.post("line", said, signed(said)) == 200
    await town.calm()
    assert "都市建設" in ann.news()


async def test_an_event_that_is_delivered_again_is_answered_once(
    town: Town, ann: LineCitizen
) -> None:
    told = ann.text("你好")
    await town.happens(told)
    again = {**told, "deliveryContext": {"isRedelivery": True}, "replyToken": "token/again"}
    await town.happens(again, told)
    await town.happens(again)
    assert len(town.line.sent) == 1


async def test_an_expired_reply_token_leads_to_a_push_with_a_retry_key(
    town: Town, ann: LineCitizen
) -> None:
    told = ann.text("你好")
    town.line.expired_tokens.add(told["replyToken"])
    await town.happens(told)
    assert [(sent.kind, sent.to, bool(sent.retry_key)) for sent in town.line.sent] == [
        ("push", (ann.id,), True)
    ]


async def test_a_push_that_is_tried_again_is_shown_once(town: Town, ann: LineCitizen) -> None:
    told = ann.text("你好")
    town.line.expired_tokens.add(told["replyToken"])
    town.line.fail(500, path="/push", heeded=True)
    await town.happens(told)
    assert [sent.kind for sent in town.line.sent] == ["push"]
    assert [status for path, status, _ in town.line.refused if "push" in path] == [500, 409]


async def test_a_wrong_signature_is_refused_and_nothing_is_stored(
    town: Town, ann: LineCitizen
) -> None:
    said = body(ann.text("你好"))
    assert await town.post("line", said, signed(said + b" ")) == 401
    assert await town.post("line", said) == 401
    await town.calm()
    assert town.line.sent == []


async def test_a_body_over_two_mebibytes_is_refused(town: Town) -> None:
    said = b" " * (LIMIT + 1)
    assert await town.post("line", said, signed(said)) == 413


async def test_a_malformed_body_is_refused(town: Town) -> None:
    bodies = (b"{", b"[]", b'{"events": 1}', b'{"events": [{}]}', b"[" * 9999)
    assert [await town.post("line", said, signed(said)) for said in bodies] == [400] * 5


async def test_an_event_of_an_unknown_kind_is_taken_and_not_answered(
    town: Town, ann: LineCitizen
) -> None:
    await town.happens(ann.event("teleport", teleport={"to": "moon"}))
    assert town.line.sent == []


async def test_an_event_of_an_unknown_shape_holds_nobody_up(town: Town, ann: LineCitizen) -> None:
    await town.happens(ann.event(message=None), ann.event("postback"), ann.text("你好"))
    assert "您好" in ann.news()


async def test_a_chat_that_another_system_has_is_not_answered(town: Town, ann: LineCitizen) -> None:
    await town.happens({**ann.text("你好"), "mode": "standby"})
    assert town.line.sent == []


async def test_what_cannot_be_handled_is_told_kindly_and_holds_nobody_up(
    town: Town, ann: LineCitizen, logged: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.worker.inbox.turn", broken_for(ann.id))
    ben = LineCitizen(town, "U" + "b" * 32)
    await town.happens(ann.text("你好"), ben.text("你好"))
    assert "您好" in ben.news()
    assert "不是您的" in ann.news()
    assert [(e["event"], e["dead"]) for e in logged if e["log_level"] == "error"] == [
        ("inbound_failed", False),
        ("inbound_failed", False),
        ("inbound_failed", True),
    ]
    logged.clear()


def broken_for(user: str) -> Callable[..., Turn]:
    """The rooms, with a fault that only one person meets."""

    def broken(ready: Ready, person: Person, *more: Any) -> Turn:
        if person.address.id == user:
            raise ZeroDivisionError
        return turn(ready, person, *more)

    return broken


async def test_a_button_that_nobody_made_is_answered(ann: LineCitizen) -> None:
    made_up = (
        "",
        "d:",
        "d::send",
        "i:",
        "i:x:y:start",
        "s::v:",
        "lang:xx",
        "forget:yes",
        "😀" * 75,
    )
    answers = {data: await pressed(ann, data) for data in made_up}
    assert [data for data, said in answers.items() if not kind([said])] == []


async def test_a_button_of_the_draft_that_nobody_made_is_answered(ann: LineCitizen) -> None:
    await ann.says("民生東路三段的路燈壞了三天，晚上很暗")
    draft = ann.buttons()["送出"].removesuffix("send")
    made_up = ("domain:x", "same:x", "same:-1", "same:9", "is:moon", "fly")
    answers = {action: await pressed(ann, draft + action) for action in made_up}
    assert [action for action, said in answers.items() if not kind([said])] == []


async def pressed(somebody: LineCitizen, data: str) -> str:
    return await somebody.sends(somebody.event("postback", postback={"data": data}))
