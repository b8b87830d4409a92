"""A citizen on Telegram reports, by polling and by webhook."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from standins.citizens import TelegramCitizen, photo
from standins.town import HOOK, Outside, Town, open_town, until

from bot.storage.tables import outbox, people, reports

LAMP = "民生東路三段的路燈壞了三天，晚上很暗"


@pytest.fixture
def cat(town: Town) -> TelegramCitizen:
    return TelegramCitizen(town, 7001)


@pytest.fixture
async def hooked(
    tmp_path: Path, sqlite_template: Path, model_file: Path, outside: Outside, logged: list
) -> AsyncIterator[TelegramCitizen]:
    """Somebody in a town that the platform calls."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    async with open_town(tmp_path, model_file, outside, "webhook") as opened:
        yield TelegramCitizen(opened, 7001)


async def reported(somebody: TelegramCitizen) -> None:
    """A report is made, all buttons are released, and the platform took every call."""
    assert "都市建設" in await somebody.says(LAMP)
    assert {"送出", "改地點", "改分類", "取消"} <= somebody.buttons().keys()
    assert "案件編號：TPE-" in await somebody.presses("送出")
    assert len(somebody.town.telegram.answered) == 1
    assert somebody.town.telegram.refused == []


async def test_two_messages_make_a_report_by_polling(cat: TelegramCitizen) -> None:
    await reported(cat)


async def test_two_messages_make_a_report_by_webhook(hooked: TelegramCitizen) -> None:
    await reported(hooked)
    assert hooked.town.telegram.calls["getUpdates"] == 0


async def test_a_webhook_without_the_secret_is_refused(hooked: TelegramCitizen) -> None:
    wrong = {"x-telegram-bot-api-secret-token": HOOK + "x"}
    assert await hooked.town.post("telegram", b'{"update_id": 1}', wrong) == 401
    assert await hooked.town.post("telegram", b'{"update_id": 1}') == 401


async def test_an_update_that_is_called_twice_is_answered_once(hooked: TelegramCitizen) -> None:
    update = {"update_id": 5, "message": hooked.message(text="你好")}
    await hooked.town.update(update)
    await hooked.town.update(update)
    assert len(hooked.messages()) == 1


async def test_a_button_without_meaning_is_released_too(cat: TelegramCitizen) -> None:
    await cat.says(LAMP)
    await cat.presses("取消")
    assert "這個按鈕是之前的" in await cat.presses("送出")
    assert len(cat.town.telegram.answered) == 2


async def test_the_command_status_lists_the_cases(cat: TelegramCitizen) -> None:
    await cat.says(LAMP)
    await cat.presses("送出")
    assert "路燈故障：已收到" in await cat.says("/status@CityVoiceBot")


async def test_an_edited_message_changes_the_draft(cat: TelegramCitizen) -> None:
    first = cat.message(900, text=LAMP)
    await cat.sends(message=first)
    edited = {**first, "text": "民生東路五段的路燈壞了", "edit_date": first["date"] + 1}
    assert "民生東路五段" in await cat.sends(edited_message=edited)


async def test_an_edited_message_changes_the_report_made_of_it(cat: TelegramCitizen) -> None:
    first = cat.message(900, text=LAMP)
    await cat.sends(message=first)
    await cat.presses("送出")
    edited = {**first, "text": "路燈壞了五天", "edit_date": first["date"] + 1}
    assert "更新" in await cat.sends(edited_message=edited)
    assert [t for (t,) in await cat.town.rows(sa.select(reports.c.text))] == ["路燈壞了五天"]


async def test_a_photo_with_a_caption_is_a_report(cat: TelegramCitizen) -> None:
    cat.town.telegram.files["big"] = photo("PNG")
    size = {"file_id": "big", "file_unique_id": "b", "width": 800, "height": 600}
    shown = await cat.sends(message=cat.message(photo=[size], caption=LAMP))
    assert "1 張" in shown
    await cat.presses("送出")
    ((key,),) = [r.photos for r in await cat.town.rows(sa.select(reports.c.photos))]
    media = cat.town.settings.media_dir
    await until(lambda: [*media.rglob("*.jpg")])
    assert [p.stem for p in media.rglob("*.jpg")] == [key]


async def test_a_shared_location_becomes_the_place(cat: TelegramCitizen) -> None:
    asked = await cat.says("路燈不亮")
    assert "在哪裡" in asked
    markup = cat.messages()[-1]["reply_markup"]
    assert [k.get("request_location") for row in markup["keyboard"] for k in row] == [True, None]
    location = {"latitude": 25.03297, "longitude": 121.53544}
    assert "大安區" in await cat.sends(message=cat.message(location=location))


async def test_who_blocks_is_sent_nothing_and_who_returns_is_welcomed(
    cat: TelegramCitizen,
) -> None:
    assert "市民之聲" in await cat.says("/start")
    assert await cat.becomes("kicked") == ""
    assert [r for (r,) in await cat.town.rows(sa.select(people.c.reachable))] == [False]
    assert "市民之聲" in await cat.becomes("member")


async def test_an_answer_to_somebody_who_blocked_meanwhile_is_given_up(
    cat: TelegramCitizen,
) -> None:
    cat.town.telegram.blocked.add(cat.id)
    await cat.says("你好")
    assert [s for (s,) in await cat.town.rows(sa.select(outbox.c.stuck))] == [True]


async def test_the_platform_is_given_the_time_that_it_asks_for(cat: TelegramCitizen) -> None:
    platform = cat.town.telegram
    platform.fail(429, description="Too Many Requests", retry_after=2, method="sendMessage")
    platform.hears(message=cat.message(text="你好"))
    await until(lambda: platform.calls["sendMessage"] == 1)
    refused = time.monotonic()
    await until(lambda: platform.calls["sendMessage"] == 2)
    assert time.monotonic() - refused > 1.9
    await cat.town.calm()
    assert len(cat.messages()) == 1


async def test_every_button_of_the_report_talk_has_data_that_the_platform_takes(
    cat: TelegramCitizen,
) -> None:
    await cat.says(LAMP)
    await cat.presses("改分類")
    await cat.presses("更多分類")
    assert max(len(data.encode()) for data in cat.buttons().values()) <= 64
    assert cat.town.telegram.refused == []
