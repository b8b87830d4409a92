"""A survey that staff write in the console reaches citizens, in a house that goes on running."""

from __future__ import annotations

import json

import aiohttp
import pytest
from standins.citizens import LineCitizen
from standins.console import text
from standins.forms import OFTEN
from standins.town import Town, until


@pytest.fixture
def ann(town: Town) -> LineCitizen:
    return LineCitizen(town, "U" + "a" * 32)


async def test_a_survey_of_the_console_is_answered_in_the_chat(
    town: Town, ann: LineCitizen
) -> None:
    await ann.says("訂閱問卷")
    surveys = f"{town.url}/console/surveys"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as web:
        code = await town.house.ledger.staff_code("may")
        for address, said in (
            (f"{town.url}/console/", {"code": code}),
            (f"{surveys}/new", {"do": "save", "text": text(OFTEN)}),
            (f"{surveys}/walk", {"do": "on"}),
        ):
            async with web.post(address, data=said) as answer:
                assert answer.status == 200
    await town.command("surveys", "publish", "walk", "--at-once")
    await until(lambda: "開始" in ann.buttons())
    assert "often？" in await ann.presses("開始")
    assert "問卷完成" in await ann.presses("每天")
    results = json.loads(await town.command("surveys", "results", "walk"))
    assert results["questions"][0]["counts"] == {"daily": 1, "never": 0}
