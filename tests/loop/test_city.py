"""From many citizens to the city: needs, proposals, surveys, staff, and a real start."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import aiohttp
import jsonschema
import pytest
import sqlalchemy as sa
from standins.citizens import LineCitizen, TelegramCitizen
from standins.city import ROOT, TOKEN, CityProcess, post, text_event
from standins.line import LinePlatform
from standins.serving import serve
from standins.town import Outside, Town, open_town, until

from bot.storage.tables import needs

SCHEMA = json.loads((ROOT / "config/schemas/proposal.schema.json").read_text())


@pytest.fixture
def ann(town: Town) -> LineCitizen:
    return LineCitizen(town, "U" + "a" * 32)


async def three_report_a_lamp(town: Town) -> None:
    """Two report on two platforms, a third joins the first."""
    first, third = (LineCitizen(town, f"U{name * 32}") for name in "13")
    await first.says("民生東路三段的路燈壞了三天，晚上很暗")
    await first.presses("送出")
    second = TelegramCitizen(town, 7002)
    await second.says("民生東路三段路燈不亮，走路很危險")
    await second.presses("送出")
    await third.says("民生東路三段路燈都不亮")
    await third.presses("我也遇到 1")
    await town.house.ledger.gathering.run()


async def staffed(town: Town, somebody: LineCitizen) -> str:
    """Their chat is linked; what they were answered."""
    await town.command("staff", "add", "王小明")
    code = (await town.command("staff", "code", "王小明")).strip()
    return await somebody.says(code)


async def test_a_lamp_of_three_people_becomes_one_proposal_that_arrives(town: Town) -> None:
    await three_report_a_lamp(town)
    (need,) = [json.loads(n) for n in (await town.command("needs", "list", "--json")).splitlines()]
    assert (need["people"], need["reports"], need["label"], need["stage"]) == (3, 2, "urban", None)
    made = json.loads(await town.command("needs", "forward", need["id"], "--json"))
    assert (made["stage"], made["waiting"]) == ("collected", [])
    (file,) = Path(town.settings.forward.folder).glob("*.json")
    document = json.loads(file.read_text())
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert document["evidence"]["people"] == 3
    (event,) = town.outside.receiver.events.values()
    assert (event["data"], town.outside.receiver.forged) == (document, 0)


async def test_all_behind_a_lamp_hear_how_it_goes_on_and_one_opens_it_again(town: Town) -> None:
    await three_report_a_lamp(town)
    first, third = (LineCitizen(town, f"U{name * 32}") for name in "13")
    second = TelegramCitizen(town, 7002)
    everybody = (first, second, third)
    (need,) = [json.loads(n) for n in (await town.command("needs", "list", "--json")).splitlines()]
    told_of = [
        json.loads(r) for r in (await town.command("reports", "list", "--json")).splitlines()
    ]
    (case,) = [report["number"] for report in told_of if report["people"] == 2]
    [each.news() for each in everybody]
    await town.command("needs", "forward", need["id"])
    await town.command("needs", "move", need["id"], "planning")
    await town.calm()
    told = [each.news() for each in everybody]
    assert [news.count("需求蒐集") for news in told] == [1, 1, 1]
    assert [news.count("策略規劃") for news in told] == [1, 1, 1]
    await town.command("reports", "move", case, "done")
    await town.calm()
    asked = ["現場改善了嗎" in each.news() for each in everybody]
    assert (asked.count(True), asked[2]) == (2, True)
    assert "重新受理" in await third.presses("還沒改善")
    assert "已收到" in await third.says("進度")


async def test_the_digest_of_a_linked_chat_names_the_need(town: Town, ann: LineCitizen) -> None:
    await three_report_a_lamp(town)
    ((title,),) = await town.rows(sa.select(needs.c.title))
    assert "王小明" in await staffed(town, ann)
    digest = await ann.says("摘要")
    assert f"★ {title}：3 人" in digest
    assert "新通報 2 件" in digest


async def test_the_digest_is_for_staff_alone(ann: LineCitizen) -> None:
    assert "摘要" not in await ann.says("摘要")


async def test_a_code_links_one_chat_once(town: Town, ann: LineCitizen) -> None:
    code = await town.house.ledger.staff_code("王小明")
    ben = LineCitizen(town, "U" + "b" * 32)
    assert "王小明" in await ann.says(f"/link {code}")
    assert "已經過期" in await ben.says(code)


async def test_a_survey_goes_on_after_a_pause_and_a_restart(
    tmp_path: Path, sqlite_template: Path, model_file: Path, outside: Outside, logged: list[Any]
) -> None:
    shutil.copy(sqlite_template, tmp_path / "test.db")
    async with open_town(tmp_path, model_file, outside) as town:
        ann = LineCitizen(town, "U" + "a" * 32)
        await begins_and_pauses(ann)
    async with open_town(tmp_path, model_file, outside) as ann.town:
        assert "(3/" in await ann.says("繼續問卷")
        await ann.presses("晚上太暗")
        await ann.presses("路面不平")
        await ann.presses("選好了")
        await ann.says("2")
        assert "問卷完成" in await ann.says("多一點路燈")
        results = json.loads(await ann.town.command("surveys", "results", "last_mile"))
    assert '"seldom": 1' in json.dumps(results)
    assert "多一點路燈" in json.dumps(results, ensure_ascii=False)


async def begins_and_pauses(ann: LineCitizen) -> None:
    """Invited as somebody who agreed, they answer two questions."""
    await ann.says("訂閱問卷")
    assert "1 people" in await ann.town.command("surveys", "publish", "last_mile", "--at-once")
    await until(lambda: "開始" in ann.buttons())
    assert {"稍後", "不參加"} <= ann.buttons().keys()
    assert "(1/" in await ann.presses("開始")
    assert "(2/" in await ann.presses("很少")
    assert "上一題" in ann.buttons()
    await ann.presses("路上不安全")
    assert "先停在這裡" in await ann.presses("先停在這裡")


async def test_whom_the_months_messages_do_not_reach_is_invited_with_a_free_answer(
    town: Town, ann: LineCitizen
) -> None:
    ben = LineCitizen(town, "U" + "b" * 32)
    for citizen in (ann, ben):
        await citizen.says("訂閱問卷")
    town.line.limit = 1
    plan = json.loads(await town.command("surveys", "plan", "last_mile", "--json"))
    assert (plan["people"], plan["beyond"], plan["lanes"][0]["months"]) == (2, 1, [1, 1])
    await town.command("surveys", "publish", "last_mile", "--at-once")
    await until(lambda: [s.kind for s in town.line.sent][-1] == "multicast")
    first, other = (ann, ben) if "開始" in ann.buttons() else (ben, ann)
    assert ("開始" in other.buttons(), "走到捷運站" in first.news()) == (False, True)
    assert "走到捷運站" in await other.says("你好")
    assert "(1/" in await other.says("開始")
    assert (town.line.consumed, "走到捷運站" in await first.says("你好")) == (1, False)


async def test_a_survey_begun_on_one_platform_is_finished_on_the_other(
    town: Town, ann: LineCitizen
) -> None:
    await ann.says("訂閱問卷")
    await town.command("surveys", "publish", "last_mile", "--at-once")
    await until(lambda: "開始" in ann.buttons())
    await ann.presses("開始")
    await ann.presses("很少")
    code = re.search("[0-9A-Z]{4}-[0-9A-Z]{4}", await ann.says("換地方填"))
    assert code
    there = TelegramCitizen(town, 7009)
    assert "(2/" in await there.says(code[0])
    assert "沒有" in await ann.says("繼續問卷")


async def test_a_survey_is_sent_to_nobody_who_did_not_agree(town: Town, ann: LineCitizen) -> None:
    await ann.says("你好")
    assert "0 people" in await town.command("surveys", "publish", "last_mile", "--at-once")


async def test_a_fresh_city_starts_answers_and_ends_when_asked(
    tmp_path: Path, model_file: Path
) -> None:
    platform = LinePlatform(TOKEN)
    async with serve(platform.app) as base, aiohttp.ClientSession() as web:
        city = CityProcess(tmp_path, base)
        await city.start()
        try:
            told = text_event("U" + "a" * 32, 1, "民生東路三段的路燈壞了三天", 1_760_000_000_000)
            assert await post(web, city.url, told) == 200
            await until(lambda: platform.sent)
        finally:
            await city.stop()
    assert city.process is not None
    said = (tmp_path / "err").read_text() + (tmp_path / "out").read_text()
    assert (city.process.returncode, "Traceback" in said) == (0, False)
    assert "都市建設" in platform.texts()[0]
