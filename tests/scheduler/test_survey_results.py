"""A round is published once when it is over, and those who answered are told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from standins.releases import WALK
from standins.rows import NOW, later, met, remember

from bot.catalogue import load
from bot.model.conversation import Conversation, Surveying
from bot.model.happenings import (
    ConsentChanged,
    PersonForgotten,
    QuestionAnswered,
    SurveyBegun,
    SurveyFinished,
)
from bot.model.messages import Address
from bot.model.person import Consent
from bot.model.plain import from_json
from bot.scheduler.survey_results import ResultsJob
from bot.storage import conversations, outbox, releases, surveys, tables
from bot.storage.columns import metadata
from surveys.session import Answer, Session

CONFIG = Path(__file__).parents[2] / "config"
TAIPEI = ZoneInfo("Asia/Taipei")
ROUND = "20260302T0900"
PAGE = "https://voice.example/surveys"


@pytest.fixture(scope="module")
def catalogue():
    return replace(load(CONFIG, "taipei"), surveys=(WALK,))


@pytest.fixture
def job(database, catalogue, clock):
    return ResultsJob(database, catalogue, PAGE, clock, lambda: str(uuid4()), lambda: None)


async def answered(database, people):
    """So many people who answered «few», of whom the first is not known any more."""
    async with database.unit() as unit:
        await surveys.invited(unit, "walk", ROUND, people)
    for at in range(people):
        person = await met(database, Address("line", f"U{at}"))
        session = Session(f"session-{at}", "walk", 1, ROUND, "zh-TW", NOW)
        await remember(
            database,
            ConsentChanged(person.id, Consent.GIVEN, NOW),
            SurveyBegun(person.id, session),
            QuestionAnswered(person.id, session.id, "walk", 1, Answer("lanes", "few", NOW)),
            SurveyFinished(person.id, session.id, later(60)),
        )
        if at == 0:
            await remember(database, PersonForgotten(person.id, later(90)))


async def published(database):
    async with database.unit() as unit:
        return await releases.of_survey(unit, "walk")


async def told(database, clock):
    async with database.unit() as unit:
        found = await outbox.take(unit, 99, clock.now, timedelta(days=99))
    return sorted((s.outbound.to.id, s.outbound.bubbles[0].text.splitlines()[-1]) for s in found)


async def test_a_round_that_is_open_is_not_published(database, job, clock):
    await answered(database, 6)
    clock.now = later(days=13.9)
    await job.run()
    assert await published(database) == []


async def test_a_round_that_is_over_is_published_and_told_to_those_who_are_known(
    database, job, clock
):
    await answered(database, 6)
    clock.now = later(days=14)
    await job.run()
    (release,) = await published(database)
    assert (release["people"], release["questions"][0]["counts"]["few"]) == (6, 6)
    assert await told(database, clock) == [
        (f"U{at}", f"完整結果：{PAGE}/walk") for at in range(1, 6)
    ]


async def test_it_is_published_and_told_once_however_many_look(database, job, clock):
    await answered(database, 6)
    clock.now = later(days=14)
    await asyncio.gather(*(job.run() for _ in range(4)))
    await job.run()
    assert (len(await published(database)), len(await told(database, clock))) == (1, 5)


async def test_what_was_published_stays_when_people_are_forgotten_later(database, job, clock):
    await answered(database, 6)
    clock.now = later(days=14)
    await job.run()
    before = await published(database)
    person = await met(database, Address("line", "U3"))
    await remember(database, PersonForgotten(person.id, later(days=15)))
    await job.run()
    assert await published(database) == before


async def test_of_a_round_of_few_nothing_is_told(database, job, clock):
    await answered(database, 4)
    clock.now = later(days=14)
    await job.run()
    (release,) = await published(database)
    assert (release["people"], release["questions"], await told(database, clock)) == (None, [], [])


# Anonymous surveys


async def kept_of(database, word):
    """In how many rows of any table a word stands, sealed columns opened or not."""
    found = 0
    async with database.unit() as unit:
        for table in metadata.sorted_tables:
            for row in await unit.connection.execute(table.select()):
                found += any(word in str(value) for value in row)
    return found


async def test_a_day_after_the_end_nobody_can_tell_who_answered_what(database, job, clock):
    anonymous = replace(WALK, anonymous=True)
    hidden = replace(job, catalogue=replace(job.catalogue, surveys=(anonymous,)))
    await answered(database, 6)
    clock.now = later(days=14)
    await hidden.run()
    before = await published(database)
    assert await kept_of(database, "session-3") > 0
    clock.now = later(days=15)
    await hidden.run()
    async with database.unit() as unit:
        runs = await surveys.runs(unit, "walk", TAIPEI)
    assert (await kept_of(database, "session-3"), await kept_of(database, "session-5")) == (0, 0)
    assert [run.answers[0].value for run in runs] == ["few"] * 6
    assert {run.started for run in runs} == {later()}
    assert await published(database) == before


async def test_what_was_said_in_an_anonymous_round_is_forgotten_by_the_talk(database, job, clock):
    anonymous = replace(WALK, anonymous=True)
    hidden = replace(job, catalogue=replace(job.catalogue, surveys=(anonymous,)))
    person = await met(database, Address("line", "U1"))
    left = Session("s1", "walk", 1, ROUND, "zh-TW", NOW, current="lanes", day=NOW.date())
    other = replace(left, id="s2", round="20260309T0900")
    await remember(database, SurveyBegun(person.id, left))
    async with database.unit() as unit:
        key = unit.vault.key_of(person.address)
        talk = Conversation(topic=Surveying(left), shelved=(other,))
        await conversations.save_all(unit, {key: talk})
    clock.now = later(days=15)
    await hidden.run()
    async with database.unit() as unit:
        state = await unit.connection.scalar(
            select(tables.conversations.c.state).where(tables.conversations.c.key == key)
        )
    assert from_json(Conversation, state) == Conversation(shelved=(other,))


async def test_a_survey_that_is_not_anonymous_keeps_who_answered(database, job, clock):
    await answered(database, 6)
    clock.now = later(days=15)
    await job.run()
    assert await kept_of(database, "session-3") > 0
