"""What LINE sends is verified, split into events and read, whatever is in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from linebot.v3.webhooks import Event

from bot.channels.line import Line
from bot.model.errors import Forged, Malformed
from bot.model.messages import (
    Address,
    Content,
    Edited,
    Followed,
    Inbound,
    Left,
    Location,
    Photo,
    Reply,
    Sticker,
    Tap,
    Text,
    Unreadable,
    Unsent,
)

PAYLOADS = Path(__file__).parent / "line"
SECRET = "channel-secret"
USER = Address("line", "U8622f62c7a0b4d1fa3b1f5c2e9d04a17")
OTHER = Address("line", "Ub3c1d5e7f90214a6b8c0d2e4f6071829")
UNKNOWN = {"unknown_event", "unknown_message_type"}


def line() -> Line:
    """A channel that talks to nobody."""
    base = "http://127.0.0.1:9"
    return Line(SECRET, "channel-token", base, base, lambda: datetime(2026, 7, 20, tzinfo=UTC))


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return {"x-line-signature": base64.b64encode(digest).decode()}


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def arrivals(name: str) -> list[str]:
    body = payload(name)
    return [a.payload for a in line().receive(signed(body), body)]


def read(name: str) -> list[Inbound | None]:
    return [line().read(p) for p in arrivals(name)]


def contents(name: str) -> list[Content | None]:
    return [i and i.content for i in read(name)]


def test_a_request_with_a_wrong_signature_is_forged() -> None:
    body = payload("text")
    with pytest.raises(Forged):
        line().receive(signed(body, "another-secret"), body)


def test_a_request_without_a_signature_is_forged() -> None:
    with pytest.raises(Forged):
        line().receive({}, payload("text"))


def test_a_changed_body_is_forged() -> None:
    body = payload("text")
    with pytest.raises(Forged):
        line().receive(signed(body), body + b" ")


def test_a_body_that_is_no_text_is_forged() -> None:
    with pytest.raises(Forged):
        line().receive(signed(b"\xff"), b"\xff")


def test_a_signature_that_is_no_ascii_is_forged() -> None:
    with pytest.raises(Forged):
        line().receive({"x-line-signature": "ÿ"}, payload("text"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"events": 1}',
        b'{"events": [1]}',
        b'{"events": [{}]}',
        b"{" * 9,
        b"[" * 99999,
    ],
)
def test_a_signed_body_of_another_shape_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        line().receive(signed(body), body)


def test_no_events_are_no_arrivals() -> None:
    assert arrivals("empty") == []


def test_every_event_of_a_request_arrives_under_its_own_user() -> None:
    body = payload("several_users")
    found = line().receive(signed(body), body)
    assert [a.address for a in found] == [USER, OTHER, OTHER]


def test_an_arrival_carries_the_events_own_id() -> None:
    body = payload("several_users")
    ids = [e["webhookEventId"] for e in orjson.loads(body)["events"]]
    assert [a.event for a in line().receive(signed(body), body)] == ids


def test_an_arrival_keeps_the_whole_event() -> None:
    event = orjson.loads(payload("text"))["events"][0]
    assert [orjson.loads(p) for p in arrivals("text")] == [event]


@pytest.mark.parametrize("name", ["group_join", "group_without_user"])
def test_an_event_of_no_known_person_does_not_arrive(name: str) -> None:
    assert arrivals(name) == []


def test_half_an_emoji_does_not_lose_the_request() -> None:
    body = payload("text").replace("壞了".encode(), b"\\ud83d")
    found = line().receive(signed(body), body)
    assert line().read(found[0].payload).content == Text("捷運古亭站 2 號出口的電扶梯?")


@pytest.mark.parametrize("name", sorted(p.stem for p in PAYLOADS.glob("*.json")))
def test_the_payloads_are_of_the_published_shape(name: str) -> None:
    events = orjson.loads(payload(name))["events"]
    kinds = [Event.from_dict(e).type for e in events if name not in UNKNOWN]
    assert kinds == [e["type"] for e in events if name not in UNKNOWN]


@pytest.mark.parametrize(
    "name, expected",
    [
        ("text", [Text("捷運古亭站 2 號出口的電扶梯壞了")]),
        ("text_emoji", [Text("路燈不亮 (moon) 😢👨‍👩‍👧")]),
        ("text_quoting", [Text("還沒改善")]),
        ("location", [Location(25.0329694, 121.5354353, "106臺北市大安區新生南路二段1號")]),
        ("location_untitled", [Location(25.05, 121.52)]),
        ("image", [Photo("5171234567890005")]),
        ("image_external", [Unreadable("image")]),
        ("image_set", [Photo("5171234567890007"), Photo("5171234567890008")]),
        ("sticker", [Sticker()]),
        ("video", [Unreadable("video")]),
        ("audio", [Unreadable("audio")]),
        ("file", [Unreadable("file")]),
        ("unknown_message_type", [Unreadable("hologram")]),
        ("postback", [Tap("r:7Q2M9K:send")]),
        ("postback_datetime", [Tap("s:0e4f:v:2026-07-21T09:00")]),
        ("follow", [Followed()]),
        ("follow_unblocked", [Followed()]),
        ("unfollow", [Left()]),
        ("unsend", [Unsent("5171234567890001")]),
        ("message_edited", [Edited("5171234567890000", "捷運古亭站 3 號出口的電扶梯壞了")]),
        ("unknown_event", [None]),
        ("video_play_complete", [None]),
        ("standby", [None]),
        ("several_users", [Text("路燈壞了"), Text("公車一直不來"), Left()]),
        ("redelivery", [Text("捷運古亭站 2 號出口的電扶梯壞了")]),
        ("group_text", [None]),
        ("group_mention", [Text("😀  路燈壞了")]),
        ("group_mention_other", [None]),
        ("room_postback", [Tap("r:7Q2M9K:send")]),
    ],
)
def test_events_are_read_in_the_houses_own_words(name: str, expected: list[Content]) -> None:
    assert contents(name) == expected


def test_an_event_is_read_with_its_id_person_message_and_time() -> None:
    (inbound,) = read("text")
    at = datetime(2025, 7, 21, 0, 0, 1, 123000, tzinfo=UTC)
    reply = Reply("757913772c4646b784d4b7ce46d12672", at + timedelta(seconds=50))
    assert inbound == Inbound(
        "01J2Q8ZB000000000000000001",
        USER,
        at,
        Text("捷運古亭站 2 號出口的電扶梯壞了"),
        ref="5171234567890000",
        reply=reply,
    )


def test_a_redelivered_event_reads_as_the_first_did() -> None:
    assert read("redelivery") == read("text")


def test_an_event_without_a_token_has_no_reply() -> None:
    assert [i and i.reply for i in read("unfollow")] == [None]


def test_a_text_without_its_words_is_unreadable() -> None:
    event = orjson.loads(arrivals("text")[0])
    del event["message"]["text"]
    assert line().read(orjson.dumps(event).decode()).content == Unreadable("text")


def test_an_event_without_its_core_is_nothing_to_do() -> None:
    event = orjson.loads(arrivals("postback")[0]) | {"postback": None}
    assert line().read(orjson.dumps(event).decode()) is None


def test_a_nul_character_is_left_out() -> None:
    event = orjson.loads(arrivals("text")[0])
    event["message"]["text"] = "路\0燈"
    assert line().read(orjson.dumps(event).decode()).content == Text("路燈")
