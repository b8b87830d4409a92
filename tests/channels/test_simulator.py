"""The channel without a platform."""

import asyncio
from datetime import UTC, datetime

import orjson
import pytest

from bot.channels.simulator import BUBBLES, HEADER, PHOTOS, Simulator
from bot.model.errors import Forged, Malformed, Undeliverable
from bot.model.messages import (
    Address,
    Arrival,
    Bubble,
    Choice,
    Edited,
    Followed,
    Inbound,
    Left,
    Location,
    Outbound,
    Photo,
    Sticker,
    Style,
    Tap,
    Text,
    Unreadable,
    Unsent,
)

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def simulator(now: datetime = NOW) -> Simulator:
    return Simulator("demo-key", lambda: now)


def out(*bubbles: Bubble, id: str = "o1", chat: str = "c1") -> Outbound:
    return Outbound(id, Address("simulator", chat), bubbles)


async def delivered(*outbounds: Outbound) -> Simulator:
    channel = simulator()
    for outbound in outbounds:
        await channel.deliver(outbound, False)
    return channel


def texts(channel: Simulator, chat: str = "c1") -> list[str]:
    return [shown["text"] for shown in channel.feed(chat)]


@pytest.mark.parametrize(
    "content, read_as",
    [
        ({"kind": "text", "text": "路燈壞了"}, Text("路燈壞了")),
        ({"kind": "text", "text": "a\x00b"}, Text("ab")),
        ({"kind": "tap", "data": "send"}, Tap("send")),
        ({"kind": "location", "lat": 25, "lon": 121.5}, Location(25.0, 121.5)),
        (
            {"kind": "location", "lat": 25.1, "lon": 121.5, "label": "大安區"},
            Location(25.1, 121.5, "大安區"),
        ),
        ({"kind": "photo", "photo": "ab12", "caption": "洞"}, Photo("ab12", "洞")),
        ({"kind": "unsent", "ref": "7"}, Unsent("7")),
        ({"kind": "edited", "ref": "7", "text": "改"}, Edited("7", "改")),
        ({"kind": "followed"}, Followed()),
        ({"kind": "left"}, Left()),
        ({"kind": "sticker"}, Sticker()),
        ({"kind": "unreadable", "what": "voice"}, Unreadable("voice")),
    ],
)
def test_each_kind_of_content_is_read(content, read_as):
    channel = simulator()
    assert channel.read(channel.arrival("c1", content, "e1").payload).content == read_as


@pytest.mark.parametrize("content", [{}, {"kind": "dream"}, {"kind": "text"}, {"kind": "tap"}])
def test_unknown_content_is_read_as_nothing(content):
    channel = simulator()
    assert channel.read(channel.arrival("c1", content, "e1").payload) is None


def test_an_inbound_tells_its_event_chat_time_message_and_language():
    channel = simulator()
    content = {"kind": "text", "text": "hi", "ref": "7", "locale": "en"}
    arrival = channel.arrival("c1", content, "e1")
    chat = Address("simulator", "c1")
    assert channel.read(arrival.payload) == Inbound("e1", chat, NOW, Text("hi"), "7", None, "en")


def test_a_request_with_the_key_is_one_arrival():
    channel = simulator()
    content = {"kind": "text", "text": "hi"}
    body = orjson.dumps({"chat": "c1", "event": "e1", "content": content})
    expected: tuple[Arrival, ...] = (channel.arrival("c1", content, "e1"),)
    assert channel.receive({HEADER: "demo-key"}, body) == expected


@pytest.mark.parametrize("headers", [{}, {HEADER: "guess"}])
def test_a_request_without_the_key_is_forged(headers):
    with pytest.raises(Forged):
        simulator().receive(headers, b"{}")


def test_without_a_key_of_its_own_it_takes_no_request():
    with pytest.raises(Forged):
        Simulator("", lambda: NOW).receive({HEADER: ""}, b"{}")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"chat":"","event":"e","content":{}}'])
def test_a_request_out_of_shape_is_malformed(body):
    with pytest.raises(Malformed):
        simulator().receive({HEADER: "demo-key"}, body)


async def test_a_bubble_is_shown_whole():
    choices = (Choice("送出", "send", Style.PRIMARY), Choice("分享位置", shares_location=True))
    channel = await delivered(out(Bubble("對嗎？", "整理好了", (("地點", "大安區"),), choices)))
    (shown,) = channel.feed("c1")
    del shown["seq"]
    share = {"label": "分享位置", "data": "", "style": "plain", "shares_location": True}
    send = {"label": "送出", "data": "send", "style": "primary", "shares_location": False}
    assert shown == {
        "id": "o1",
        "text": "對嗎？",
        "title": "整理好了",
        "facts": [["地點", "大安區"]],
        "choices": [send, share],
    }


async def test_what_is_delivered_again_is_not_shown_twice():
    channel = await delivered(out(Bubble("您好")), out(Bubble("您好")))
    assert texts(channel) == ["您好"]


async def test_each_chat_has_a_feed_of_its_own():
    channel = await delivered(out(Bubble("甲")), out(Bubble("乙"), id="o2", chat="c2"))
    assert (texts(channel), texts(channel, "c2")) == (["甲"], ["乙"])


async def test_a_page_gets_only_what_came_after_what_it_knows():
    channel = await delivered(out(Bubble("一"), Bubble("二")))
    first, second = channel.feed("c1")
    assert channel.feed("c1", first["seq"]) == [second]


async def test_numbers_go_on_growing_after_a_restart():
    (old,) = (await delivered(out(Bubble("一")))).feed("c1")
    later = simulator(NOW.replace(minute=1))
    await later.deliver(out(Bubble("二")), False)
    assert [shown["text"] for shown in later.feed("c1", old["seq"])] == ["二"]


async def test_the_oldest_bubbles_are_forgotten_first():
    channel = await delivered(
        *(out(Bubble(str(number)), id=str(number)) for number in range(BUBBLES + 3))
    )
    assert texts(channel) == [str(number) for number in range(3, BUBBLES + 3)]


async def test_a_page_that_waits_gets_what_comes():
    channel = simulator()
    waiting = asyncio.create_task(channel.wait("c1", 0, timeout=5))
    await asyncio.sleep(0)
    await channel.deliver(out(Bubble("您好")), False)
    assert [shown["text"] for shown in await waiting] == ["您好"]


async def test_a_page_that_waits_in_vain_gets_nothing():
    assert await simulator().wait("c1", 0, timeout=0.001) == []


async def test_a_page_does_not_wait_for_what_is_there():
    channel = await delivered(out(Bubble("您好")))
    assert [shown["text"] for shown in await channel.wait("c1", 0, timeout=0)] == ["您好"]


async def test_a_shelved_photo_is_fetched():
    channel = simulator()
    assert await channel.fetch(channel.shelve(b"photo")) == b"photo"


async def test_the_oldest_photos_are_forgotten_first():
    channel = simulator()
    first, *_ = [channel.shelve(b"photo %d" % number) for number in range(PHOTOS + 1)]
    with pytest.raises(Undeliverable):
        await channel.fetch(first)
