"""A citizen on LINE reports: from the signed request to the answer on the platform."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from PIL import Image
from standins.citizens import LineCitizen, photo
from standins.town import Town, until

from bot.storage.tables import people, photos, reports

LAMP = "民生東路三段的路燈壞了三天，晚上很暗"
NUMBER = re.compile(r"案件編號：TPE-[0-9A-HJKMNP-TV-Z]{7,10}")
PARK = {
    "title": "大安森林公園",
    "address": "臺北市大安區",
    "latitude": 25.03297,
    "longitude": 121.53544,
}


@pytest.fixture
def ann(town: Town) -> LineCitizen:
    return LineCitizen(town, "U" + "a" * 32)


@pytest.fixture
def ben(town: Town) -> LineCitizen:
    return LineCitizen(town, "U" + "b" * 32)


async def test_two_messages_make_a_report_with_a_case_number(town: Town, ann: LineCitizen) -> None:
    card = await ann.says(LAMP)
    assert "都市建設" in card
    assert "民生東路三段" in card
    assert {"送出", "改地點", "改分類", "取消"} <= ann.buttons().keys()
    assert NUMBER.search(await ann.presses("送出"))
    assert [r.kind for r in await town.rows(sa.select(reports))] == ["street_lamp"]
    assert [sent.kind for sent in town.line.sent] == ["reply", "reply"]
    assert town.line.refused == []


async def test_a_button_that_is_typed_counts_as_pressed(ann: LineCitizen) -> None:
    await ann.says(LAMP)
    assert NUMBER.search(await ann.says("送出"))


async def test_a_shared_location_becomes_the_place(town: Town, ann: LineCitizen) -> None:
    assert "大安區" in await ann.sends(ann.message("location", **PARK))
    assert "大安區" in await ann.says("這裡的路燈不亮")
    await ann.presses("送出")
    ((district, lat),) = await town.rows(sa.select(reports.c.district, reports.c.lat))
    assert (district, lat) == ("大安區", pytest.approx(PARK["latitude"]))


async def test_a_photo_is_fetched_from_the_data_host_and_kept_without_exif(
    town: Town, ann: LineCitizen
) -> None:
    await ann.says(LAMP)
    image = ann.message("image", contentProvider={"type": "line"})
    ref = image["message"]["id"]
    town.line.content[ref] = photo()
    assert "1 張" in await ann.sends(image)
    await ann.presses("送出")
    ((key,),) = (r.photos for r in await town.rows(sa.select(reports.c.photos)))
    (kept,) = town.settings.media_dir.rglob("*.jpg")
    assert (kept.stem, town.line.calls[f"/v2/bot/message/{ref}/content"]) == (key, 1)
    assert not Image.open(kept).getexif()
    assert b"Some Camera" not in kept.read_bytes()


async def test_a_photo_whose_host_fails_is_fetched_again(town: Town, ann: LineCitizen) -> None:
    image = ann.message("image", contentProvider={"type": "line"})
    ref = image["message"]["id"]
    town.line.content[ref] = photo("PNG")
    town.line.fail(500, path="/content")
    assert "照片收到了" in await ann.sends(image)
    assert [state for (state,) in await town.rows(sa.select(photos.c.state))] == ["kept"]


async def test_an_svg_that_poses_as_a_photo_is_refused_kindly(town: Town, ann: LineCitizen) -> None:
    image = ann.message("image", contentProvider={"type": "line"})
    town.line.content[image["message"]["id"]] = b"<svg xmlns='http://www.w3.org/2000/svg'><script/>"
    assert "照片打不開" in await ann.sends(image)
    assert list(town.settings.media_dir.rglob("*.*")) == []


async def test_a_sticker_is_answered(ann: LineCitizen) -> None:
    assert "貼圖" in await ann.sends(ann.message("sticker", stickerId="1", packageId="2"))


async def test_who_adds_the_bot_is_welcomed(ann: LineCitizen) -> None:
    assert "臺北市的市民之聲" in await ann.sends(ann.event("follow"))


async def test_who_blocked_the_bot_is_sent_nothing_more(town: Town, ann: LineCitizen) -> None:
    await ann.says(LAMP)
    await ann.presses("送出")
    await ann.presses("願意")
    assert await ann.sends(ann.event("unfollow")) == ""
    (survey,) = town.house.ledger.catalogue.surveys
    assert await town.house.ledger.rounds.begin(survey, town.house.ledger.clock()) == 0
    assert await ann.sends(ann.event("follow")) != ""
    assert [r for (r,) in await town.rows(sa.select(people.c.reachable))] == [True]


async def test_an_unsent_message_takes_the_words_of_its_report_along(
    town: Town, ann: LineCitizen
) -> None:
    told = ann.text(LAMP)
    await ann.sends(told)
    await ann.presses("送出")
    assert await ann.sends(ann.event("unsend", unsend={"messageId": told["message"]["id"]})) == ""
    found = await town.rows(sa.select(reports.c.text, reports.c.stage, reports.c.erased))
    assert found == [("", "withdrawn", True)]
    assert "還沒有反映過" in await ann.says("進度")


async def test_an_unsent_message_ends_the_draft_made_of_it(ann: LineCitizen) -> None:
    told = ann.text(LAMP)
    await ann.sends(told)
    await ann.sends(ann.event("unsend", unsend={"messageId": told["message"]["id"]}))
    assert "這個按鈕是之前的" in await ann.presses("送出")


async def test_several_people_in_one_request_are_each_answered(
    town: Town, ann: LineCitizen, ben: LineCitizen
) -> None:
    await town.happens(ann.text(LAMP), ben.text("你好"), ann.text("進度"))
    assert "都市建設" in ann.news()
    assert "您好" in ben.news()


async def test_who_comes_second_may_join_the_first(
    town: Town, ann: LineCitizen, ben: LineCitizen
) -> None:
    await ann.says(LAMP)
    number = NUMBER.search(await ann.presses("送出"))
    assert number is not None
    assert "附近已經有人反映過" in await ben.says("民生東路三段路燈不亮")
    assert "都不是" in ben.buttons()
    assert number.group() in await ben.presses("我也遇到 1")


async def test_deleted_data_is_gone(town: Town, ann: LineCitizen) -> None:
    await ann.says(LAMP)
    await ann.presses("送出")
    await ann.says("刪除我的資料")
    assert "已經刪除" in await ann.presses("確定刪除")
    assert [text for (text,) in await town.rows(sa.select(reports.c.text))] == [""]
    assert [key for (key,) in await town.rows(sa.select(people.c.key))] == [None]


async def test_danger_is_answered_before_anything_else(ann: LineCitizen) -> None:
    assert "119" in (await ann.says("民生東路三段有人受傷流血了，快來救人")).splitlines()[0]


async def test_somebody_who_waits_for_an_outage_gets_the_answer_in_the_end(
    town: Town, ann: LineCitizen
) -> None:
    town.line.fail(500, path="/reply")
    told = ann.text("你好")
    await town.happens(told)
    await until(lambda: town.line.calls["/v2/bot/message/reply"] == 2)
    assert "您好" in ann.news()
