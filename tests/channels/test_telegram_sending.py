"""What Telegram is asked to show, and what its refusals become."""

import asyncio
import contextlib
import logging
from datetime import UTC, datetime

import pytest
from standins.serving import serve
from standins.telegram import TelegramPlatform

from bot.channels.telegram import Telegram, polling
from bot.model.errors import CityvoiceError, TryLater, Undeliverable
from bot.model.messages import Address, Bubble, Choice, Outbound, Style

TOKEN = "4242:t0ken"
TO = Address("telegram", "7001")
HI = Bubble("您好")


def out(*bubbles: Bubble, answers: str = "") -> Outbound:
    return Outbound("7e1c0c0e-0000-4000-8000-000000000001", TO, bubbles, answers=answers)


@contextlib.asynccontextmanager
async def talking(secret: str | None = "s3cret"):
    platform = TelegramPlatform(TOKEN)
    async with serve(platform.app) as base:
        now = datetime(2026, 3, 1, tzinfo=UTC)
        channel = Telegram(TOKEN, secret, base, lambda: now)
        try:
            yield platform, channel
        finally:
            await channel.close()


async def sent(*bubbles: Bubble) -> list[dict]:
    async with talking() as (platform, channel):
        await channel.deliver(out(*bubbles), False)
        return platform.of("sendMessage")


async def test_a_text_is_sent_and_takes_a_leftover_keyboard_away():
    removed = {"remove_keyboard": True}
    assert await sent(HI) == [{"chat_id": 7001, "text": "您好", "reply_markup": removed}]


async def test_a_card_is_escaped_html_with_a_bold_title_and_a_line_for_each_fact():
    card = Bubble("對嗎？<b>", "整理 & 確認", (("地點", "民生東路<三段>"), ("分類", "智慧交通")))
    (call,) = await sent(card)
    text = "<b>整理 &amp; 確認</b>\n地點: 民生東路&lt;三段&gt;\n分類: 智慧交通\n\n對嗎？&lt;b&gt;"
    assert (call["text"], call["parse_mode"]) == (text, "HTML")


async def test_choices_stand_side_by_side_below_the_message():
    choices = (Choice("送出", "send", Style.PRIMARY), Choice("取消", "cancel", Style.DANGER))
    (call,) = await sent(Bubble("對嗎？", choices=choices))
    row = [
        {"text": "送出", "callback_data": "send", "style": "primary"},
        {"text": "取消", "callback_data": "cancel", "style": "danger"},
    ]
    assert call["reply_markup"] == {"inline_keyboard": [row]}


async def test_a_long_label_has_a_row_of_its_own():
    long = "我也遇到：民生東路三段的路燈不亮"
    choices = (Choice("甲", "a"), Choice(long, "b"), Choice("都不是", "c"))
    (call,) = await sent(Bubble("一樣嗎？", choices=choices))
    rows = [[key["text"] for key in row] for row in call["reply_markup"]["inline_keyboard"]]
    assert rows == [["甲"], [long], ["都不是"]]


async def test_thirty_two_long_choices_fit_into_eight_rows():
    choices = tuple(Choice(f"{number}{'很' * 30}", str(number)) for number in range(32))
    (call,) = await sent(Bubble("選一個", choices=choices))
    assert [len(row) for row in call["reply_markup"]["inline_keyboard"]] == [4] * 8


async def test_a_place_is_asked_for_by_a_keyboard_that_holds_the_other_labels_too():
    choices = (Choice("分享位置", shares_location=True), Choice("略過", "skip"))
    (call,) = await sent(Bubble("在哪裡呢？", choices=choices))
    assert call["reply_markup"] == {
        "keyboard": [[{"text": "分享位置", "request_location": True}, {"text": "略過"}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


async def test_a_text_longer_than_the_platform_takes_arrives_whole_in_pieces():
    long = "路燈壞了。" * 2000
    assert "".join(call["text"] for call in await sent(Bubble(long))) == long


async def test_a_pressed_button_is_answered_before_anything_is_sent():
    async with talking() as (platform, channel):
        await channel.deliver(out(HI, answers="cb:3007:12"), False)
        assert [call.method for call in platform.sent] == ["answerCallbackQuery", "sendMessage"]


async def test_a_pressed_button_is_answered_though_there_is_nothing_to_say():
    async with talking() as (platform, channel):
        await channel.deliver(out(answers="cb:3007:12"), False)
        assert platform.answered == {"3007"}


async def test_a_press_too_old_to_be_answered_does_not_keep_the_words_back():
    async with talking() as (platform, channel):
        platform.expired.add("3007")
        await channel.deliver(out(HI, answers="cb:3007:12"), False)
        assert platform.texts() == ["您好"]


async def test_a_message_number_is_no_press_to_answer():
    async with talking() as (platform, channel):
        await channel.deliver(out(HI, answers="101"), False)
        assert platform.calls["answerCallbackQuery"] == 0


async def test_a_second_try_goes_on_where_the_first_one_stopped():
    async with talking() as (platform, channel):
        outbound = out(Bubble("一"), Bubble("二"), Bubble("三"), answers="cb:3007:12")
        platform.fail(500, method="sendMessage", passed=1)
        with pytest.raises(TryLater):
            await channel.deliver(outbound, False)
        await channel.deliver(outbound, True)
        assert platform.texts() == ["一", "二", "三"]


REFUSALS = [
    (429, {"retry_after": 17, "description": "Too Many Requests"}, TryLater, 17.0),
    (429, {}, TryLater, None),
    (500, {}, TryLater, None),
    (502, {}, TryLater, None),
    (401, {"description": "Unauthorized"}, TryLater, None),
    (403, {"description": "Forbidden: bot was blocked by the user"}, Undeliverable, None),
    (400, {"description": "Bad Request: chat not found"}, Undeliverable, None),
]


@pytest.mark.parametrize("status, more, fault, after", REFUSALS)
async def test_a_refusal_says_whether_and_when_to_try_again(status, more, fault, after):
    async with talking() as (platform, channel):
        platform.fail(status, **more)
        with pytest.raises(fault) as raised:
            await channel.deliver(out(HI), False)
        assert getattr(raised.value, "after", None) == after


async def test_a_person_who_blocked_the_bot_cannot_be_reached():
    async with talking() as (platform, channel):
        platform.blocked.add(7001)
        with pytest.raises(Undeliverable):
            await channel.deliver(out(HI), False)


async def test_a_platform_out_of_reach_is_tried_later_and_the_token_is_not_told():
    channel = Telegram(TOKEN, None, "http://127.0.0.1:1", lambda: datetime(2026, 3, 1, tzinfo=UTC))
    with pytest.raises(TryLater) as raised:
        await channel.deliver(out(HI), False)
    await channel.close()
    assert "t0ken" not in f"{raised.value!r} {raised.value.__cause__!r}"


async def test_no_log_line_holds_the_token(caplog):
    caplog.set_level(logging.DEBUG)
    async with talking() as (platform, channel):
        platform.fail(502, method="sendMessage")
        with contextlib.suppress(TryLater):
            await channel.deliver(out(HI), False)
        await channel.check()
    assert "t0ken" not in caplog.text


async def test_a_photo_is_fetched_by_its_file_id():
    async with talking() as (platform, channel):
        platform.files["AgAC"] = b"\xff\xd8 photo"
        assert await channel.fetch("AgAC") == b"\xff\xd8 photo"


@pytest.mark.parametrize("size", [0, 20 * 1024 * 1024 + 1])
async def test_a_photo_that_is_gone_or_too_large_cannot_be_had(size):
    async with talking() as (platform, channel):
        platform.files["large"] = bytes(size)
        with pytest.raises(Undeliverable):
            await channel.fetch("large" if size else "gone")


async def test_busy_shows_typing():
    async with talking() as (platform, channel):
        await channel.busy(TO)
        assert platform.of("sendChatAction") == [{"chat_id": 7001, "action": "typing"}]


async def test_busy_never_raises():
    async with talking() as (platform, channel):
        platform.fail(500)
        await channel.busy(TO)
        assert platform.sent == []


async def test_check_tells_the_name_of_the_bot():
    async with talking() as (_, channel):
        assert await channel.check() == "CityVoiceBot"


async def test_check_says_that_a_token_is_refused():
    async with talking() as (platform, channel):
        platform.token = "another"
        with pytest.raises(CityvoiceError, match="token"):
            await channel.check()


async def test_setup_sets_webhook_secret_and_the_kinds_of_updates():
    async with talking() as (platform, channel):
        await channel.setup("https://city.example/webhooks/telegram", {})
        kinds = ["message", "edited_message", "callback_query", "my_chat_member"]
        assert platform.webhook == {
            "url": "https://city.example/webhooks/telegram",
            "allowed_updates": kinds,
            "secret_token": "s3cret",
        }


async def test_setup_gives_each_language_its_menu_and_the_first_to_everybody_else():
    async with talking() as (platform, channel):
        menus = {"zh-TW": (("status", "查詢進度"),), "en": (("status", "My cases"),)}
        await channel.setup(None, menus)
        chinese = [{"command": "status", "description": "查詢進度"}]
        english = [{"command": "status", "description": "My cases"}]
        assert platform.menus == {"": chinese, "zh": chinese, "en": english}


async def test_a_webhook_without_a_secret_is_not_set():
    async with talking(secret=None) as (platform, channel):
        with pytest.raises(CityvoiceError, match="secret"):
            await channel.setup("https://city.example/webhooks/telegram", {})
        assert platform.calls["setWebhook"] == 0


def said(text: str) -> dict:
    chat = {"id": 7001, "type": "private", "first_name": "A"}
    return {"message_id": 1, "date": 1, "chat": chat, "from": chat, "text": text}


async def polled(platform, channel, faults: int = 0) -> list[str]:
    """The events put until two are, `put` failing so many times first."""
    stop, events = asyncio.Event(), []

    async def put(arrivals):
        nonlocal faults
        if faults:
            faults -= 1
            raise OSError("disk full")
        events.extend(a.event for a in arrivals)
        if len(events) >= 2:
            stop.set()
        elif len(platform.updates) < 2:
            platform.hears(message=said("二"))

    async with asyncio.timeout(10):
        await channel.poll(put, stop)
    return events


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.001)


async def test_polling_hands_on_each_update_once_and_in_order():
    async with talking() as (platform, channel):
        platform.hears(message=said("一"))
        assert await polled(platform, channel) == ["1001", "1002"]


async def test_polling_drops_a_webhook_that_would_forbid_it():
    async with talking() as (platform, channel):
        await channel.setup("https://city.example/webhooks/telegram", {})
        platform.hears(message=said("一"))
        assert await polled(platform, channel) == ["1001", "1002"]


@pytest.mark.usefixtures("impatient")
async def test_an_update_that_could_not_be_stored_comes_again():
    async with talking() as (platform, channel):
        platform.hears(message=said("一"))
        assert await polled(platform, channel, faults=2) == ["1001", "1002"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("status", [500, 502, 409])
async def test_polling_outlives_errors_of_the_platform(status):
    async with talking() as (platform, channel):
        platform.fail(status, times=3)
        platform.hears(message=said("一"))
        assert await polled(platform, channel) == ["1001", "1002"]


async def test_updates_of_groups_are_acknowledged_without_being_stored():
    async with talking() as (platform, channel):
        platform.hears(message=said("一") | {"chat": {"id": -1, "type": "group"}})
        platform.hears(message=said("二"))
        platform.hears(message=said("三"))
        assert await polled(platform, channel) == ["1002", "1003"]


async def test_stopping_ends_a_poll_that_waits():
    async with talking() as (platform, channel):
        stop = asyncio.Event()

        async def put(arrivals):
            stop.set()

        waiting = asyncio.create_task(channel.poll(put, stop))
        platform.hears(message=said("一"))
        async with asyncio.timeout(5):
            await waiting
        assert platform.calls["getUpdates"] == 1
