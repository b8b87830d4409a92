"""What goes out to LINE arrives once, and its refusals are told apart."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from standins.line import LinePlatform
from standins.serving import serve

from bot.channels.base import Quota
from bot.channels.line import Line
from bot.model.errors import CityvoiceError, QuotaSpent, TryLater, Undeliverable
from bot.model.messages import Address, Bubble, Outbound, Reply

SECRET = "channel-secret"
USER = Address("line", "U8622f62c7a0b4d1fa3b1f5c2e9d04a17")
NOW = datetime(2026, 7, 20, 4, 0, tzinfo=UTC)
KEY = "f47ac10b-58cc-4372-a567-0e02b2c3d479"


def line(base: str = "http://127.0.0.1:9", data_base: str = "", now: datetime = NOW) -> Line:
    return Line(SECRET, "channel-token", base, data_base or base, lambda: now)


def outbound(*bubbles: Bubble, token: str = "", until: datetime = NOW + timedelta(9)) -> Outbound:
    reply = Reply(token, until) if token else None
    return Outbound(KEY, USER, bubbles or (Bubble("收到"),), reply)


class Reached:
    """A channel and the platform that it talks to."""

    def __init__(self, platform: LinePlatform, channel: Line) -> None:
        self.platform = platform
        self.channel = channel

    def kinds(self) -> list[str]:
        return [s.kind for s in self.platform.sent]


@pytest.fixture
async def reached() -> AsyncIterator[Reached]:
    platform = LinePlatform()
    async with serve(platform.app) as base:
        channel = line(base)
        yield Reached(platform, channel)
        await channel.close()


async def test_a_reply_is_free(reached: Reached) -> None:
    await reached.channel.deliver(outbound(token="token"), repeated=False)
    assert [(s.kind, s.to, s.retry_key) for s in reached.platform.sent] == [
        ("reply", ("token",), "")
    ]


async def test_without_a_token_the_message_is_pushed_under_its_retry_key(reached: Reached) -> None:
    await reached.channel.deliver(outbound(), repeated=False)
    assert [(s.kind, s.to, s.retry_key) for s in reached.platform.sent] == [
        ("push", (USER.id,), KEY)
    ]


async def test_a_late_token_is_still_tried_before_quota_is_spent(reached: Reached) -> None:
    late = outbound(token="token", until=NOW - timedelta(minutes=5))
    await reached.channel.deliver(late, repeated=False)
    assert reached.kinds() == ["reply"]


async def test_a_refused_token_falls_back_to_a_push(reached: Reached) -> None:
    reached.platform.expired_tokens.add("token")
    await reached.channel.deliver(outbound(token="token"), repeated=False)
    assert reached.kinds() == ["push"]


async def test_a_token_that_an_earlier_try_used_counts_as_delivered(reached: Reached) -> None:
    reached.platform.fail(500, heeded=True)
    with pytest.raises(TryLater):
        await reached.channel.deliver(outbound(token="token"), repeated=False)
    await reached.channel.deliver(outbound(token="token"), repeated=True)
    assert reached.kinds() == ["reply"]


async def test_a_repeat_after_the_tokens_time_is_pushed(reached: Reached) -> None:
    reached.platform.expired_tokens.add("token")
    late = outbound(token="token", until=NOW - timedelta(seconds=1))
    await reached.channel.deliver(late, repeated=True)
    assert reached.kinds() == ["push"]


async def test_a_push_repeated_after_a_lost_answer_is_shown_once(reached: Reached) -> None:
    reached.platform.fail(500, heeded=True)
    with pytest.raises(TryLater):
        await reached.channel.deliver(outbound(), repeated=False)
    await reached.channel.deliver(outbound(), repeated=True)
    assert (reached.kinds(), [r[1] for r in reached.platform.refused]) == (["push"], [500, 409])


async def test_what_one_call_cannot_hold_follows_as_pushes_with_keys_of_their_own(
    reached: Reached,
) -> None:
    many = outbound(*(Bubble(str(n)) for n in range(12)), token="token")
    await reached.channel.deliver(many, repeated=False)
    keys = [s.retry_key for s in reached.platform.sent]
    assert (reached.kinds(), len(set(keys))) == (["reply", "push", "push"], 3)


async def test_a_repeat_of_several_calls_shows_each_once(reached: Reached) -> None:
    many = outbound(*(Bubble(str(n)) for n in range(12)), token="token")
    reached.platform.fail(500, path="push")
    with pytest.raises(TryLater):
        await reached.channel.deliver(many, repeated=False)
    await reached.channel.deliver(many, repeated=True)
    assert reached.platform.texts() == [str(n) for n in range(12)]


async def test_a_spent_quota_is_told_apart(reached: Reached) -> None:
    reached.platform.limit = 0
    with pytest.raises(QuotaSpent):
        await reached.channel.deliver(outbound(), repeated=False)


async def test_replies_go_out_when_the_quota_is_spent(reached: Reached) -> None:
    reached.platform.limit = 0
    await reached.channel.deliver(outbound(token="token"), repeated=False)
    assert reached.kinds() == ["reply"]


async def test_too_many_calls_are_tried_again_when_the_platform_says(reached: Reached) -> None:
    reached.platform.fail(429, message="Too Many Requests", headers={"retry-after": "7"})
    with pytest.raises(TryLater) as caught:
        await reached.channel.deliver(outbound(), repeated=False)
    assert (type(caught.value), caught.value.after) == (TryLater, 7.0)


@pytest.mark.parametrize("status", [408, 500, 502, 503])
async def test_a_passing_fault_is_tried_again(reached: Reached, status: int) -> None:
    reached.platform.fail(status)
    with pytest.raises(TryLater):
        await reached.channel.deliver(outbound(), repeated=False)


@pytest.mark.parametrize("status", [400, 403, 404, 413])
async def test_a_lasting_refusal_is_given_up(reached: Reached, status: int) -> None:
    reached.platform.fail(status)
    with pytest.raises(Undeliverable):
        await reached.channel.deliver(outbound(), repeated=False)


async def test_a_reply_refused_for_its_content_is_not_pushed(reached: Reached) -> None:
    reached.platform.fail(400, message="The request body has 1 error(s)")
    with pytest.raises(Undeliverable):
        await reached.channel.deliver(outbound(token="token"), repeated=False)
    assert reached.kinds() == []


async def test_a_person_that_does_not_exist_is_given_up(reached: Reached) -> None:
    reached.platform.unknown_users.add(USER.id)
    with pytest.raises(Undeliverable, match="to: May not be unknown"):
        await reached.channel.deliver(outbound(), repeated=False)


async def test_a_refused_access_token_keeps_the_message_and_tells_the_operator(
    reached: Reached,
) -> None:
    reached.platform.token = "another"
    with pytest.raises(TryLater, match="channel access token"):
        await reached.channel.deliver(outbound(), repeated=False)


async def test_a_platform_out_of_reach_is_tried_again() -> None:
    channel = line()
    with pytest.raises(TryLater, match="cannot be reached"):
        await channel.deliver(outbound(), repeated=False)
    await channel.close()


async def test_what_was_accepted_is_not_sent_again_because_nobody_can_read_the_answer(
    reached: Reached,
) -> None:
    reached.platform.fail(200, headers={"content-type": "text/html; charset=nowhere"})
    await reached.channel.deliver(outbound(), repeated=False)
    assert len(reached.platform.calls) == 1


async def test_no_log_line_holds_a_token_or_a_person(
    reached: Reached, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reached.platform.fail(500)
    with pytest.raises(TryLater) as caught:
        await reached.channel.deliver(outbound(token="reply-token"), repeated=False)
    await reached.channel.deliver(outbound(), repeated=False)
    written = capsys.readouterr().out + caplog.text + str(caught.value)
    secrets = ("channel-token", "reply-token", SECRET, USER.id)
    assert [s for s in secrets if s in written] == []


async def test_a_photo_is_fetched_from_the_data_host() -> None:
    platform = LinePlatform()
    platform.content["5171"] = b"jpeg"
    async with serve(platform.api) as api, serve(platform.data) as data:
        channel = line(api, data)
        found = await channel.fetch("5171")
        await channel.close()
    assert found == b"jpeg"


async def test_a_photo_that_is_gone_is_given_up(reached: Reached) -> None:
    with pytest.raises(Undeliverable):
        await reached.channel.fetch("5171")


async def test_a_photo_in_preparation_is_tried_again(reached: Reached) -> None:
    reached.platform.preparing.add("5171")
    with pytest.raises(TryLater):
        await reached.channel.fetch("5171")


async def test_a_photo_over_the_limit_is_given_up(reached: Reached) -> None:
    reached.platform.content["5171"] = bytes(Line.capabilities.photo_bytes + 1)
    with pytest.raises(Undeliverable):
        await reached.channel.fetch("5171")


async def test_busy_shows_the_loading_animation(reached: Reached) -> None:
    await reached.channel.busy(USER)
    assert reached.platform.loading == [{"chatId": USER.id, "loadingSeconds": 20}]


@pytest.mark.parametrize("status", [400, 401, 429, 500])
async def test_busy_never_raises(reached: Reached, status: int) -> None:
    reached.platform.fail(status)
    assert await reached.channel.busy(USER) is None


async def test_check_gives_the_bots_name(reached: Reached) -> None:
    assert await reached.channel.check() == "城市之聲"


async def test_check_explains_a_wrong_access_token(reached: Reached) -> None:
    reached.platform.token = "another"
    with pytest.raises(CityvoiceError, match="channel access token"):
        await reached.channel.check()


async def test_a_closed_channel_opens_again(reached: Reached) -> None:
    await reached.channel.check()
    await reached.channel.close()
    assert await reached.channel.check() == "城市之聲"


async def test_calls_share_one_client(reached: Reached) -> None:
    await reached.channel.check()
    first = reached.channel._api._client
    await reached.channel.check()
    assert reached.channel._api._client is first


async def test_many_calls_can_be_in_flight_at_once(reached: Reached) -> None:
    await reached.channel.check()
    session = reached.channel._api._client.rest_client.pool_manager
    assert session.connector.limit == 200


MANY = tuple(f"U{number:032x}" for number in range(3))


async def test_the_same_is_said_to_many_in_one_call_under_its_retry_key(reached: Reached) -> None:
    await reached.channel.multicast(KEY, MANY, [Bubble("問卷")])
    assert [(s.kind, s.to, s.retry_key) for s in reached.platform.sent] == [
        ("multicast", MANY, KEY)
    ]


async def test_a_multicast_repeated_after_a_lost_answer_is_shown_once(reached: Reached) -> None:
    reached.platform.fail(500, heeded=True)
    with pytest.raises(TryLater):
        await reached.channel.multicast(KEY, MANY, [Bubble("問卷")])
    await reached.channel.multicast(KEY, MANY, [Bubble("問卷")])
    assert reached.kinds() == ["multicast"]


async def test_a_multicast_over_the_quota_is_told_apart(reached: Reached) -> None:
    reached.platform.limit = 2
    with pytest.raises(QuotaSpent):
        await reached.channel.multicast(KEY, MANY, [Bubble("問卷")])


async def test_the_quota_is_what_the_platform_counts(reached: Reached) -> None:
    reached.platform.limit, reached.platform.consumed = 200, 190
    quota = await reached.channel.quota()
    assert (quota, quota and quota.left) == (Quota(200, 190), 10)


async def test_without_a_limit_there_is_no_quota(reached: Reached) -> None:
    assert await reached.channel.quota() is None
