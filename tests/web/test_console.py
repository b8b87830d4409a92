"""The console's pages: who comes in, what is shown, what is refused."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from conftest import opened
from playwright.sync_api import Page, expect
from standins.console import Back, code_of, console, text
from standins.doors import client, doors
from standins.forms import CONTENT, OFTEN
from standins.serving import beside
from standins.thumbs import in_reach
from standins.workbooks import FORM, workbook

from bot.storage import editions, surveys
from bot.storage.database import Database
from bot.web.app import build

WALK = text(OFTEN)
HOME = "/console/surveys"


@asynccontextmanager
async def inside(
    database: Database, role: str = "officer", back: Back | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser whose owner has signed in."""
    async with client(doors(console=console(database, back))) as web:
        await web.post("/console/", data={"code": await code_of(database, role=role)})
        yield web


async def test_where_there_is_no_console_there_is_no_door() -> None:
    async with client(doors()) as web:
        assert (await web.get("/console/")).status_code == 404


async def test_who_is_not_signed_in_is_led_to_the_door(database: Database) -> None:
    async with client(doors(console=console(database))) as web:
        answer = await web.get(HOME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/")


async def test_a_wrong_code_is_told_kindly(database: Database) -> None:
    async with client(doors(console=console(database))) as web:
        answer = await web.post("/console/", data={"code": "ABCD-EFGH"})
    assert (answer.status_code, "這個代碼不能用" in answer.text) == (403, True)


async def test_the_sign_in_is_kept_from_scripts_and_other_sites(database: Database) -> None:
    handed = doors(console=console(database), secure=True)
    async with client(handed) as web:
        answer = await web.post("/console/", data={"code": await code_of(database)})
    kept = answer.headers["set-cookie"].lower()
    parts = ("httponly", "secure", "samesite=strict", "path=/console")
    assert [part in kept for part in parts] == [True] * 4


async def test_who_leaves_is_out(database: Database) -> None:
    async with inside(database) as web:
        await web.post("/console/leave")
        assert (await web.get(HOME)).status_code == 303


@pytest.mark.parametrize("path", ["/console/", "/console/leave", f"{HOME}/new", f"{HOME}/walk"])
async def test_another_sites_page_can_do_nothing(database: Database, path: str) -> None:
    async with inside(database) as web:
        evil = {"origin": "https://evil.example"}
        assert (await web.post(path, data={"do": "save"}, headers=evil)).status_code == 403


@pytest.mark.parametrize(
    "path", [f"{HOME}/new", f"{HOME}/import", f"{HOME}/walk", f"{HOME}/last_mile/round"]
)
async def test_who_only_looks_on_changes_nothing(database: Database, path: str) -> None:
    async with inside(database, "viewer") as web:
        assert (await web.post(path, data={"do": "save", "text": WALK})).status_code == 403


async def test_who_only_looks_on_sees_the_surveys_and_no_button(database: Database) -> None:
    async with inside(database, "viewer") as web:
        page = (await web.get(f"{HOME}/last_mile")).text
    assert ("走到捷運站" in page, f"{HOME}/last_mile/round" in page) == (True, False)


async def test_pages_are_not_kept_by_browsers(database: Database) -> None:
    async with inside(database) as web:
        assert (await web.get(HOME)).headers["cache-control"] == "no-store"


async def test_what_was_written_is_kept_and_shown(database: Database) -> None:
    async with inside(database) as web:
        answer = await web.post(f"{HOME}/new", data={"do": "save", "text": WALK})
        page = (await web.get(answer.headers["location"])).text
    assert ("often？" in page, "草稿" in page) == (True, True)


async def test_faults_are_told_by_line_and_what_was_written_comes_back(database: Database) -> None:
    broken = WALK.replace("choice", "chioce")
    async with inside(database) as web:
        answer = await web.post(f"{HOME}/new", data={"do": "save", "text": broken})
    told = re.search(r"第 \d+ 行: chioce is no type", answer.text)
    assert (answer.status_code, bool(told), "type: chioce" in answer.text) == (422, True, True)


async def test_words_are_shown_as_words(database: Database) -> None:
    evil = WALK.replace("想了解您走的路。", "</textarea><script>alert(1)</script>")
    async with inside(database) as web:
        answer = await web.post(f"{HOME}/new", data={"do": "check", "text": evil})
    assert "<script>" not in answer.text


async def test_a_workbook_becomes_a_sheet_to_write_on(database: Database) -> None:
    async with inside(database) as web:
        answer = await web.post(f"{HOME}/import", files={"file": ("Books.xlsx", workbook(FORM))})
    assert ("您會去圖書館嗎" in answer.text, "還沒有存" in answer.text) == (True, True)


async def test_what_is_no_workbook_is_told(database: Database) -> None:
    async with inside(database) as web:
        answer = await web.post(f"{HOME}/import", files={"file": ("notes.txt", b"hello")})
    assert (answer.status_code, "can&#39;t be read" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 20, "multipart/form-data", 400),
        (b"x" * 20, "multipart/form-data; boundary=b", 400),
        (b"a=1", "application/x-www-form-urlencoded", 400),
        (b"x" * (5 * 1024 * 1024 + 1), "multipart/form-data; boundary=b", 413),
    ],
)
async def test_an_upload_that_is_none_is_refused(
    database: Database, body: bytes, kind: str, status: int
) -> None:
    async with inside(database) as web:
        answer = await web.post(f"{HOME}/import", content=body, headers={"content-type": kind})
    assert answer.status_code == status


async def test_the_citys_files_are_not_changed_here(database: Database) -> None:
    async with inside(database) as web:
        assert (await web.post(f"{HOME}/last_mile", data={"do": "off"})).status_code == 403


async def test_a_survey_that_is_not_there_is_no_page(database: Database) -> None:
    async with inside(database) as web:
        answers = [await web.get(f"{HOME}/moon"), await web.get(f"{HOME}/moon/round")]
    assert [answer.status_code for answer in answers] == [404, 404]


async def test_a_draft_has_no_round(database: Database) -> None:
    async with inside(database) as web:
        await web.post(f"{HOME}/new", data={"do": "save", "text": WALK})
        assert (await web.get(f"{HOME}/walk/round")).status_code == 404


async def test_before_a_round_is_sent_it_is_told_what_it_takes(database: Database) -> None:
    back = Back(people=8)
    async with inside(database, back=back) as web:
        page = (await web.get(f"{HOME}/last_mile/round")).text
    assert ("邀請 8 人" in page, "1.60 TWD" in page, "有 3 人" in page, back.sent) == (
        True,
        True,
        True,
        [],
    )


async def test_a_round_is_sent_by_a_press(database: Database) -> None:
    back = Back()
    async with inside(database, back=back) as web:
        page = (await web.post(f"{HOME}/last_mile/round")).text
    assert ("已經邀請 2 人" in page, back.sent) == (True, ["last_mile"])


async def test_how_many_have_finished_is_shown_while_a_round_runs(database: Database) -> None:
    async with database.unit() as unit:
        await surveys.invited(unit, "last_mile", "20260302T0900", 4)
    async with inside(database, "viewer") as web:
        page = (await web.get(f"{HOME}/last_mile")).text
    assert ("2026-03-02 09:00" in page, "(0%)" in page) == (True, True)


async def test_why_a_round_was_not_sent_is_told(database: Database) -> None:
    async with inside(database, back=Back(full=True)) as web:
        answer = await web.post(f"{HOME}/last_mile/round")
    assert (answer.status_code, "沒有發送" in answer.text) == (409, True)


async def test_a_draft_is_put_to_work_taken_off_and_thrown_away(database: Database) -> None:
    states = []
    async with inside(database) as web:
        await web.post(f"{HOME}/new", data={"do": "save", "text": WALK})
        for do in ("on", "off", "remove"):
            await web.post(f"{HOME}/walk", data={"do": do})
            kept = await console(database).sheet("walk")
            states.append(kept and kept.live is not None)
    assert states == [True, False, None]


async def test_what_clashes_by_now_is_told_when_it_is_put_to_work(database: Database) -> None:
    async with inside(database) as web:
        await web.post(f"{HOME}/new", data={"do": "save", "text": text(OFTEN, CONTENT)})
        await _sent(database)
        answer = await web.post(f"{HOME}/walk", data={"do": "on"})
    assert (answer.status_code, "was sent with other questions" in answer.text) == (422, True)


async def test_the_language_asked_for_stays(database: Database) -> None:
    async with inside(database) as web:
        page = await web.get(f"{HOME}/new?lang=en")
        answer = await web.post(f"{HOME}/new?lang=en", data={"do": "save", "text": WALK})
    assert ("Keep as draft" in page.text, answer.headers["location"]) == (
        True,
        f"{HOME}/walk?lang=en",
    )


async def _sent(database: Database) -> None:
    sheet = await console(database).check(WALK)
    assert sheet.survey
    async with database.unit() as unit:
        await editions.publish(unit, sheet.survey, Back().now)


@pytest.fixture
def code_and_url(tmp_path: Path, sqlite_template: Path) -> Iterator[tuple[str, str]]:
    """A one-time code, and where the console is."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    url = f"sqlite:///{tmp_path / 'test.db'}"

    async def fresh() -> str:
        database = opened(url)
        try:
            return await code_of(database)
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as beside_the_browser:  # whose loop runs in this thread
        code = beside_the_browser.submit(asyncio.run, fresh()).result()
    with beside(build(doors(console=console(opened(url))))) as served:
        yield code, served


def test_a_survey_goes_from_a_blank_sheet_to_a_round_on_a_phone(
    page: Page, code_and_url: tuple[str, str]
) -> None:
    code, url = code_and_url
    page.goto(f"{url}/console/")
    page.get_by_label("一次性代碼").fill(code.lower())
    page.get_by_role("button", name="登入").click()
    page.get_by_role("link", name="寫一份新的").click()
    page.get_by_role("button", name="檢查").click()
    expect(page.get_by_role("status")).to_contain_text("沒有問題")
    page.get_by_role("button", name="存成草稿").click()
    page.get_by_role("button", name="開始使用這份草稿").click()
    page.get_by_role("link", name="發送一輪").click()
    page.get_by_role("button", name="現在邀請 2 人").click()
    expect(page.get_by_role("status")).to_contain_text("已經邀請 2 人")


@pytest.mark.parametrize("path", ["", "/new", "/last_mile", "/last_mile/round"])
def test_no_page_scrolls_sideways_on_a_phone(
    page: Page, code_and_url: tuple[str, str], path: str
) -> None:
    code, url = code_and_url
    page.goto(f"{url}/console/")
    page.get_by_label("一次性代碼").fill(code)
    page.get_by_role("button", name="登入").click()
    page.goto(f"{url}{HOME}{path}")
    assert in_reach(page, page.locator("a.button")) == (True, True)
