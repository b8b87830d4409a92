"""The stand-in is as strict as LINE's published description: a test against it means something."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from standins.line import LinePlatform
from standins.line_bodies import body_faults

KEY = {"X-Line-Retry-Key": "f47ac10b-58cc-4372-a567-0e02b2c3d479"}
TEXT = {"type": "text", "text": "好"}
PUSH = "/v2/bot/message/push"
REPLY = "/v2/bot/message/reply"


@pytest.fixture
def platform() -> LinePlatform:
    return LinePlatform()


@pytest.fixture
def client(platform: LinePlatform) -> AsyncClient:
    headers = {"Authorization": "Bearer channel-token"}
    return AsyncClient(
        transport=ASGITransport(platform.app), base_url="http://line", headers=headers
    )


def quick(number: int = 1, label: str = "好", data: str = "d") -> dict[str, Any]:
    action = {"type": "postback", "label": label, "data": data}
    return TEXT | {"quickReply": {"items": [{"type": "action", "action": action}] * number}}


def flex(component: dict[str, Any], alt: str = "卡") -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": [component]}
    return {"type": "flex", "altText": alt, "contents": {"type": "bubble", "body": body}}


@pytest.mark.parametrize(
    "messages, where",
    [
        ([], "messages"),
        ([TEXT] * 6, "messages"),
        ([{"type": "text", "text": ""}], "messages[0].text"),
        ([{"type": "text", "text": "😢" * 2501}], "messages[0].text"),
        ([TEXT | {"colour": "red"}], "messages[0].colour"),
        ([{"type": "song"}], "messages[0].type"),
        ([quick(14)], "messages[0].quickReply.items"),
        ([quick(label="一" * 21)], "messages[0].quickReply.items[0].action.label"),
        ([quick(data="d" * 301)], "messages[0].quickReply.items[0].action.data"),
        ([flex({"type": "text", "text": "好"}, "好" * 1501)], "messages[0].altText"),
        ([flex({"type": "text", "text": ""})], "messages[0].contents.body.contents[0].text"),
        ([flex({"type": "song"})], "messages[0].contents.body.contents[0].type"),
        (
            [flex({"type": "button", "action": {"type": "location", "label": "這"}})],
            "messages[0].contents.body.contents[0].action.type",
        ),
    ],
)
def test_a_body_against_the_description_is_refused(
    messages: list[dict[str, Any]], where: str
) -> None:
    found = body_faults("push", {"to": "U1", "messages": messages})
    assert [f["property"] for f in found] == [where]


def test_a_body_as_described_has_no_faults() -> None:
    messages = [TEXT, quick(13, "一" * 20, "d" * 300), flex(TEXT, "好" * 1500)]
    assert body_faults("push", {"to": "U1", "messages": messages}) == []


async def test_a_reply_token_is_good_once(client: AsyncClient) -> None:
    body = {"replyToken": "token", "messages": [TEXT]}
    answers = [await client.post(REPLY, json=body) for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 400]
    assert answers[1].json() == {"message": "Invalid reply token"}


async def test_a_reply_with_a_retry_key_is_refused(client: AsyncClient) -> None:
    body = {"replyToken": "token", "messages": [TEXT]}
    assert (await client.post(REPLY, json=body, headers=KEY)).status_code == 400


async def test_a_retry_key_is_accepted_once(client: AsyncClient) -> None:
    body = {"to": "U1", "messages": [TEXT]}
    first, second = [await client.post(PUSH, json=body, headers=KEY) for _ in range(2)]
    assert (second.status_code, second.headers["x-line-accepted-request-id"]) == (
        409,
        first.headers["x-line-request-id"],
    )


async def test_a_retry_key_that_is_no_uuid_is_refused(client: AsyncClient) -> None:
    headers = {"X-Line-Retry-Key": "again"}
    answer = await client.post(PUSH, json={"to": "U1", "messages": [TEXT]}, headers=headers)
    assert answer.status_code == 400


async def test_a_refused_push_does_not_use_its_retry_key_up(
    client: AsyncClient, platform: LinePlatform
) -> None:
    platform.fail(500)
    body = {"to": "U1", "messages": [TEXT]}
    answers = [await client.post(PUSH, json=body, headers=KEY) for _ in range(2)]
    assert [a.status_code for a in answers] == [500, 200]


async def test_a_multicast_counts_every_receiver(
    client: AsyncClient, platform: LinePlatform
) -> None:
    platform.limit = 5
    body = {"to": ["U1", "U2", "U3"], "messages": [TEXT]}
    answers = [await client.post("/v2/bot/message/multicast", json=body) for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 429]
    assert (await client.get("/v2/bot/message/quota/consumption")).json() == {"totalUsage": 3}


def test_a_multicast_takes_five_hundred_receivers_at_most() -> None:
    found = body_faults("multicast", {"to": ["U"] * 501, "messages": [TEXT]})
    assert [f["property"] for f in found] == ["to"]


async def test_the_quota_is_told(client: AsyncClient, platform: LinePlatform) -> None:
    platform.limit = 200
    assert (await client.get("/v2/bot/message/quota")).json() == {"type": "limited", "value": 200}


async def test_messages_can_be_marked_as_read(client: AsyncClient, platform: LinePlatform) -> None:
    await client.post("/v2/bot/chat/markAsRead", json={"markAsReadToken": "read"})
    assert platform.read_tokens == ["read"]


async def test_loading_takes_steps_of_five_seconds(client: AsyncClient) -> None:
    body = {"chatId": "U1", "loadingSeconds": 21}
    assert (await client.post("/v2/bot/chat/loading/start", json=body)).status_code == 400


async def test_a_wrong_access_token_is_refused(client: AsyncClient) -> None:
    answer = await client.get("/v2/bot/info", headers={"Authorization": "Bearer other"})
    assert answer.status_code == 401
