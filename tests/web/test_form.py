"""A survey's page in a real browser: a small phone, without scripts, by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from standins.desk import desk
from standins.doors import client, doors
from standins.forms import FIRST, OFTEN, TROUBLE, WISH, question, survey
from standins.rows import NOW, met
from standins.serving import beside
from standins.thumbs import in_reach

from bot.model.form import Entry, Filled
from bot.storage.database import Database
from bot.storage.vault import Vault
from bot.web.app import build
from bot.worker.form import FormWorker, Ticket, sealed
from bot.worker.lookup import Lookup

LONG = survey(
    OFTEN,
    TROUBLE,
    FIRST,
    question("when", "date"),
    question("count", "number", least=0, most=9, unit={"zh-TW": "次", "en": "times"}),
    question("where", "photo", required=False),
    WISH,
)


async def digest(unit: object, language: str) -> str:
    return ""


class Bot:
    """A form worker over a fresh SQLite file, opened in the loop of the server."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._worker: FormWorker | None = None
        self._vault = Vault("a secret for tests")
        self._person = ""

    async def fill(self, ticket: str, entry: Entry) -> Filled | None:
        """What the wiring hands to the web; the address `ann` is that of a person's own page."""
        if self._worker is None:
            mint = lambda: str(uuid4())  # noqa: E731
            at_hand = desk(LONG)
            database = Database.open(f"sqlite:///{self._file}", self._vault, mint)
            self._worker = FormWorker(database, at_hand, Lookup(at_hand, digest), lambda: NOW)
            self._person = (await met(database)).id
        mine = sealed(self._vault, Ticket(self._person, "walk", "20260302T0900"))
        return await self._worker.fill(mine if ticket == "ann" else ticket, entry)


async def fill(ticket: str, entry: Entry) -> Filled | None:
    title = "<script>alert(1)</script>"
    return Filled(title, "zh-TW", (title,)) if ticket == "ann" else None


async def test_an_address_that_was_given_to_nobody_is_no_page() -> None:
    async with client(doors(fill=fill)) as web:
        assert (await web.get("/form/someone")).status_code == 404


async def test_where_the_city_has_no_pages_there_is_none() -> None:
    async with client(doors()) as web:
        assert (await web.get("/form/ann")).status_code == 404


async def test_words_are_shown_as_words_and_the_address_is_kept_to_oneself() -> None:
    async with client(doors(fill=fill)) as web:
        answer = await web.get("/form/ann")
    kept = [answer.headers[name] for name in ("cache-control", "referrer-policy", "x-robots-tag")]
    assert ("<script>" in answer.text, kept) == (False, ["no-store", "no-referrer", "noindex"])


async def test_another_sites_page_cannot_answer() -> None:
    async with client(doors(fill=fill)) as web:
        evil = {"origin": "https://evil.example"}
        assert (await web.post("/form/ann", data={"do": "start"}, headers=evil)).status_code == 403


async def test_more_answers_than_a_question_can_have_are_refused() -> None:
    async with client(doors(fill=fill)) as web:
        many = {"value": [str(at) for at in range(200)]}
        assert (await web.post("/form/ann", data=many)).status_code == 413


async def test_more_than_a_page_can_hold_is_refused() -> None:
    async with client(doors(fill=fill)) as web:
        assert (await web.post("/form/ann", data={"value": "x" * 20_000})).status_code == 413


@pytest.fixture
def url(tmp_path: Path, sqlite_template: Path) -> Iterator[str]:
    shutil.copy(sqlite_template, tmp_path / "test.db")
    bot = Bot(tmp_path / "test.db")
    with beside(build(doors(fill=bot.fill))) as url:
        yield f"{url}/form/ann"


def test_every_kind_of_question_is_answered_without_scripts(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="開始填寫").click()
    page.get_by_role("button", name="每天").click()
    page.get_by_label("晚上太暗").check()
    page.get_by_label("下雨沒地方躲").check()
    page.get_by_role("button", name="下一題").click()
    page.get_by_role("button", name="人行道").click()
    page.get_by_role("button", name="路燈").click()
    page.get_by_label("when？").fill("2026-03-05")
    page.get_by_role("button", name="下一題").click()
    page.get_by_label("count？").fill("3")
    page.get_by_role("button", name="下一題").click()
    expect(page.get_by_text("請回到聊天室傳給我們")).to_be_visible()
    page.get_by_role("button", name="跳過").click()
    page.get_by_label("wish？").fill("多種樹")
    page.get_by_role("button", name="下一題").click()
    expect(page.get_by_role("status")).to_contain_text("問卷完成")


def test_no_question_scrolls_sideways_and_every_button_can_be_hit(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="開始填寫").click()
    page.get_by_role("button", name="每天").click()
    assert in_reach(page, page.locator("label.tick")) == (True, True)


def test_a_question_is_answered_by_keyboard(page: Page, url: str) -> None:
    page.goto(url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("第 1 題，共 7 題")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("第 2 題，共 7 題")).to_be_visible()


def test_what_is_misread_is_told_where_screen_readers_hear_it(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="開始填寫").click()
    page.get_by_role("button", name="每天").click()
    page.get_by_role("button", name="下一題").click()
    expect(page.get_by_role("status")).to_contain_text("選得太少了")
