"""A survey on a page: the same session as in the chat, over SQLite and PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins.desk import desk
from standins.forms import CONTENT, OFTEN, TROUBLE, WISH, survey
from standins.rows import ANN, NOW, met, remember, report
from standins.samples import CITY

from bot.model.conversation import Surveying
from bot.model.form import Entry
from bot.model.happenings import PersonForgotten, ReportFiled
from bot.storage import conversations, surveys
from bot.worker.form import FormWorker, Ticket, sealed
from bot.worker.lookup import Lookup
from intents.reading import Act, Reading

WALK = survey(OFTEN, TROUBLE, CONTENT, WISH)


class Page:
    """A page held open by somebody."""

    def __init__(self, worker, ticket):
        self.worker = worker
        self.ticket = ticket
        self.shown = None

    async def look(self):
        self.shown = await self.worker.fill(self.ticket, Entry(""))
        return self.shown

    async def does(self, do, *values, at=None):
        here = self.shown.at if at is None and self.shown else at or ""
        self.shown = await self.worker.fill(self.ticket, Entry(do, here, values))
        return self.shown


@pytest.fixture
async def ann(database):
    return await met(database)


async def digest(unit, language):
    return ""


def working(database, at, clock):
    return FormWorker(database, at, Lookup(at, digest), clock)


@pytest.fixture
def worker(database, clock):
    return working(database, replace(desk(WALK), city=CITY), clock)


@pytest.fixture
async def page(database, worker, ann):
    async with database.unit() as unit:
        return Page(worker, sealed(unit.vault, Ticket(ann.id, "walk", "20260302T0900")))


async def talk(database):
    async with database.unit() as unit:
        key = unit.vault.key_of(ANN)
        return (await conversations.locked(unit, [key]))[key]


async def answers(database):
    async with database.unit() as unit:
        return {g.answer.question: g.answer.value for g in await surveys.answers(unit, "walk")}


async def test_looking_at_the_page_begins_nothing(database, page):
    seen = await page.look()
    async with database.unit() as unit:
        assert (seen.prompt, seen.over, await surveys.sessions(unit, "walk")) == (None, False, [])


async def test_the_survey_is_answered_to_the_end(database, page):
    await page.does("start")
    await page.does("press", "daily")
    await page.does("tick", "dark", "rain")
    await page.does("press", "4")
    ended = await page.does("answer", "多種樹")
    assert (ended.over, ended.prompt, await answers(database)) == (
        True,
        None,
        {"often": "daily", "trouble": ("dark", "rain"), "content": 4, "wish": "多種樹"},
    )


async def test_the_chat_goes_on_where_the_page_is(database, page):
    await page.does("start")
    await page.does("press", "daily")
    topic = (await talk(database)).topic
    assert isinstance(topic, Surveying)
    assert topic.session.current == "trouble"


async def test_a_page_of_another_question_changes_nothing(database, page):
    await page.does("start")
    await page.does("press", "daily")
    again = await page.does("press", "never", at="often")
    assert (again.at, await answers(database)) == ("trouble", {"often": "daily"})


async def test_boxes_that_were_ticked_before_can_be_unticked(database, page):
    await page.does("start")
    await page.does("press", "daily")
    await page.does("tick", "dark", "rain")
    await page.does("back")
    await page.does("tick", "parked")
    assert (await answers(database))["trouble"] == ("parked",)


async def test_what_cannot_be_read_is_told_and_asked_again(page):
    await page.does("start")
    again = await page.does("press", "nonsense")
    assert (again.at, [text[:8] for text in again.said]) == ("often", ["請按下面的選項，"])


async def test_a_page_laid_aside_is_gone_on_with(page):
    await page.does("start")
    await page.does("press", "daily")
    paused = await page.does("pause")
    again = await page.does("start")
    assert (paused.over, again.at) == (True, "trouble")


async def test_what_nobody_sealed_opens_nothing(worker, page):
    wrong = [await worker.fill(text, Entry("start")) for text in ("", "x", page.ticket[:-2], "貓")]
    assert wrong == [None] * 4


async def test_the_page_of_somebody_who_was_forgotten_is_gone(database, page, ann):
    await remember(database, PersonForgotten(ann.id, NOW))
    assert await page.look() is None


async def test_the_page_of_a_survey_that_is_gone_is_gone(database, page, clock):
    page.worker = working(database, desk(), clock)
    assert await page.look() is None


async def test_a_command_on_the_page_is_answered_as_in_the_chat(database, clock, ann, page):
    at = replace(desk(WALK), city=CITY, read=status)
    page.worker = working(database, at, clock)
    told = report(ann.id)
    await remember(database, ReportFiled(told))
    await page.does("start")
    await page.does("press", "daily")
    await page.does("tick", "dark")
    await page.does("press", "4")
    assert told.number in "".join((await page.does("answer", "進度")).said)


def status(text):
    return Reading(text, "zh-TW", Act.COMMAND, command="status")
