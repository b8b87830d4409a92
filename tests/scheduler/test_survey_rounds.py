"""Rounds and their one reminder, on the clock of 2026-03-02 09:00 in Taipei."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from standins.forms import OFTEN, WISH, definition
from standins.rows import ANN, BEN, NOW, later, met, remember

from bot.catalogue import load
from bot.model.errors import SurveyChanged
from bot.model.happenings import ConsentChanged, SurveyBegun, SurveyFinished
from bot.model.messages import Address
from bot.model.person import Consent
from bot.scheduler.survey_rounds import RoundsJob
from bot.storage import outbox
from surveys.audience import fits
from surveys.build import build
from surveys.definition import Audience
from surveys.session import Session

CONFIG = Path(__file__).parents[2] / "config"
MONDAYS = {"every": "weekly", "days": ["mon"], "time": "09:00"}
ROUND = "20260302T0900"
EVERYWHERE = (Address("line", "U1"), Address("telegram", "7"), Address("simulator", "s1"))


@pytest.fixture(scope="module")
def catalogue():
    walk = build(definition(OFTEN, schedule=MONDAYS, remind_after=2))
    return replace(load(CONFIG, "taipei"), surveys=(walk,))


@pytest.fixture
def job(database, catalogue, clock):
    return RoundsJob(database, catalogue, clock, lambda: str(uuid4()), lambda: None)


async def agreeing(database, address, at=NOW):
    person = await met(database, address)
    await remember(database, ConsentChanged(person.id, Consent.GIVEN, at))
    return person


async def sent(database, clock):
    """What waits to be sent, as chat and first words; it counts as sent then."""
    async with database.unit() as unit:
        found = await outbox.take(unit, 99, clock.now, timedelta(days=9))
        await outbox.delivered(unit, [sending.id for sending in found], clock.now)
    return sorted((s.outbound.to.id, s.outbound.bubbles[0].text[:4]) for s in found)


async def run(job, clock, **ahead):
    clock.now = later(**ahead)
    await job.run()
    return await sent(job.database, clock)


async def finish(database, person):
    session = Session("s1", "walk", 1, ROUND, "zh-TW", NOW)
    await remember(
        database, SurveyBegun(person.id, session), SurveyFinished(person.id, "s1", later(60))
    )


async def test_who_has_not_finished_is_reminded_once(database, job, clock):
    await agreeing(database, ANN)
    invited = await run(job, clock)
    early = await run(job, clock, days=1)
    reminded, again = await run(job, clock, days=2), await run(job, clock, seconds=9, days=2)
    assert (invited, early, reminded, again) == (
        [(ANN.id, "「走路」")],
        [],
        [(ANN.id, "提醒您：")],
        [],
    )


async def test_who_has_finished_is_not_reminded(database, job, clock):
    ann = await agreeing(database, ANN)
    await agreeing(database, BEN)
    await run(job, clock)
    await finish(database, ann)
    assert await run(job, clock, days=2) == [(BEN.id, "提醒您：")]


async def test_who_agreed_only_after_the_round_is_not_reminded_of_it(database, job, clock):
    await agreeing(database, ANN)
    await run(job, clock)
    await agreeing(database, BEN, at=later(days=1))
    assert await run(job, clock, days=2) == [(ANN.id, "提醒您：")]


async def test_a_survey_changed_without_a_new_version_is_not_sent(database, job, clock, catalogue):
    await agreeing(database, ANN)
    await run(job, clock)
    changed = build(definition(WISH, schedule=MONDAYS))
    other = replace(job, catalogue=replace(catalogue, surveys=(changed,)))
    assert await run(other, clock, days=7) == []
    with pytest.raises(SurveyChanged, match="count its version up to 2"):
        await other.begin(changed, later(days=7))
    assert await run(job, clock, days=7) == [(ANN.id, "「走路」")]


async def test_of_a_round_that_was_never_sent_nobody_is_reminded(database, job, clock):
    await agreeing(database, ANN)
    assert await run(job, clock, days=2) == []


async def test_a_round_and_its_reminder_go_to_its_audience_alone(database, catalogue, clock):
    asked = definition(OFTEN, schedule=MONDAYS, remind_after=2, audience={"channels": ["line"]})
    narrow = replace(catalogue, surveys=(build(asked),))
    job = RoundsJob(database, narrow, clock, lambda: str(uuid4()), lambda: None)
    for address in EVERYWHERE:
        await agreeing(database, address)
    invited, reminded = await run(job, clock), await run(job, clock, days=2)
    assert (invited, reminded) == ([("U1", "「走路」")], [("U1", "提醒您：")])


async def test_of_a_share_only_those_invited_are_reminded(database, catalogue, clock):
    asked = definition(OFTEN, schedule=MONDAYS, remind_after=2, audience={"share": 50})
    half = replace(catalogue, surveys=(build(asked),))
    job = RoundsJob(database, half, clock, lambda: str(uuid4()), lambda: None)
    agreed = {f"U{n}": await agreeing(database, Address("line", f"U{n}")) for n in range(12)}
    drawn = [
        chat
        for chat, person in sorted(agreed.items())
        if fits(Audience(share=50), person.id, "line", "zh-TW", f"walk:{ROUND}")
    ]
    invited, reminded = await run(job, clock), await run(job, clock, days=2)
    assert ([who for who, _ in invited], [who for who, _ in reminded]) == (drawn, drawn)
