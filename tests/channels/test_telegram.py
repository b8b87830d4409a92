"""From Telegram's requests to Inbounds."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from bot.channels.telegram import Telegram
from bot.model.errors import Forged, Malformed
from bot.model.messages import (
    Address,
    Arrival,
    Edited,
    Followed,
    Left,
    Location,
    Photo,
    Sticker,
    Tap,
    Text,
    Unreadable,
)

PAYLOADS = Path(__file__).parent / "telegram"
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
CITIZEN = Address("telegram", "700100200")
SECRET = {"x-telegram-bot-api-secret-token": "s3cret"}


def body(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def channel(secret: str | None = "s3cret") -> Telegram:
    return Telegram("4242:token", secret, "http://127.0.0.1:9", lambda: NOW)


def read(name: str):
    (arrival,) = channel().receive(SECRET, body(name))
    return channel().read(arrival.payload)


CONTENTS = {
    "text": Text("民生東路三段的路燈壞了三天 😥"),
    "edited_message": Edited("101", "民生東路五段的路燈壞了三天"),
    "location": Location(25.058123, 121.544117),
    "venue": Location(25.033, 121.5645, "臺北市信義區市府路1號"),
    "photo": Photo("AgACAgUAAxkBAAIy", "人行道破了一個大洞"),
    "photo_too_large": Photo("AgACAgUAAxkBAAIs"),
    "callback_query": Tap("draft:send"),
    "callback_query_inaccessible": Tap("done:yes"),
    "start": Text("/start"),
    "start_with_parameter": Text("/start"),
    "status_addressed": Text("/status"),
    "blocked": Left(),
    "unblocked": Followed(),
    "sticker": Sticker(),
    "voice": Unreadable("voice"),
    "document_image": Photo("BQACAgUAAxkBAAId", "停車格被佔用"),
    "document_pdf": Unreadable("document"),
    "animation": Unreadable("animation"),
    "contact": Unreadable("contact"),
}
NOT_OURS = ("edited_live_location", "unknown_update", "reaction", "pinned_message")
NOT_PRIVATE = ("group_message", "group_callback_query", "channel_post", "inline_query")


@pytest.mark.parametrize("name", CONTENTS)
def test_each_captured_payload_reads_as_what_the_person_did(name):
    assert read(name).content == CONTENTS[name]


@pytest.mark.parametrize("name", NOT_OURS)
def test_updates_that_ask_nothing_of_the_bot_are_read_as_nothing(name):
    assert read(name) is None


@pytest.mark.parametrize("name", NOT_PRIVATE)
def test_groups_and_channels_give_no_arrival(name):
    assert channel().receive(SECRET, body(name)) == ()


def test_every_captured_payload_is_expected_by_a_test():
    assert {p.stem for p in PAYLOADS.glob("*.json")} == {*CONTENTS, *NOT_OURS, *NOT_PRIVATE}


def test_an_arrival_holds_chat_update_number_and_the_whole_update():
    (arrival,) = channel().receive(SECRET, body("text"))
    whole = orjson.dumps(orjson.loads(body("text"))).decode()
    assert arrival == Arrival(CITIZEN, "880001", whole)


def test_a_message_tells_its_number_its_time_and_the_language_of_the_app():
    inbound = read("text")
    told = (inbound.id, inbound.address, inbound.ref, inbound.at, inbound.locale, inbound.reply)
    at = datetime(2025, 10, 9, 8, 55, 1, tzinfo=UTC)
    assert told == ("880001", CITIZEN, "101", at, "zh-hant", None)


def test_a_tap_remembers_the_query_that_must_be_answered():
    inbound = read("callback_query")
    assert (inbound.ref, inbound.at) == ("cb:3007000000001234567:107", NOW)


def test_an_edit_happened_when_it_was_edited():
    assert read("edited_message").at == datetime(2025, 10, 9, 8, 56, 30, tzinfo=UTC)


def test_a_photo_of_which_no_size_may_be_downloaded_is_unreadable():
    update = orjson.loads(body("photo_too_large"))
    del update["message"]["photo"][0]
    assert channel().read(orjson.dumps(update).decode()).content == Unreadable("photo")


@pytest.mark.parametrize(
    "said, read_as",
    [
        ("/status@CityVoiceBot 上週的", "/status 上週的"),
        ("寫信到 /a@b.tw", "寫信到 /a@b.tw"),
        ("a\x00b", "ab"),
    ],
)
def test_words_stay_as_typed_but_for_the_name_of_the_bot_and_nul(said, read_as):
    update = orjson.loads(body("text"))
    update["message"]["text"] = said
    assert channel().read(orjson.dumps(update).decode()).content == Text(read_as)


@pytest.mark.parametrize("kind", ["message", "edited_message", "callback_query", "my_chat_member"])
@pytest.mark.parametrize("happened", [{}, {"chat": 1}, {"text": None, "date": 1}, None, []])
def test_an_update_out_of_shape_is_read_as_nothing(kind, happened):
    payload = orjson.dumps({"update_id": 1, kind: happened}).decode()
    assert channel().read(payload) is None


@pytest.mark.parametrize("headers", [{}, {"x-telegram-bot-api-secret-token": "秘密"}])
def test_a_request_without_the_secret_is_forged(headers):
    with pytest.raises(Forged):
        channel().receive(headers, body("text"))


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_configured_secret_every_request_is_forged(secret):
    with pytest.raises(Forged):
        channel(secret).receive({"x-telegram-bot-api-secret-token": ""}, body("text"))


@pytest.mark.parametrize(
    "sent", [b"", b"{", b"[]", b"null", b'{"update_id": "7"}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_body_that_is_no_update_is_malformed(sent):
    with pytest.raises(Malformed):
        channel().receive(SECRET, sent)


def test_half_an_emoji_becomes_a_question_mark():
    sent = body("text").replace("😥".encode(), rb"\ud83d")
    (arrival,) = channel().receive(SECRET, sent)
    assert channel().read(arrival.payload).content == Text("民生東路三段的路燈壞了三天 ?")
