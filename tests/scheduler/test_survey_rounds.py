"""Rounds and their one reminder, on the clock of 2026-03-02 09:00 in Taipei."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from standins.forms import OFTEN, WISH, definition
from standins.rows import ANN, BEN, LAMP, NOW, later, met, outbound, remember, report

from bot.catalogue import load
from bot.channels.base import Quota
from bot.channels.line import Line
from bot.channels.telegram import Telegram
from bot.model.city import Fatigue, Quiet
from bot.model.errors import OverQuota, SurveyChanged
from bot.model.happenings import (
    ConsentChanged,
    PersonForgotten,
    PurposeChanged,
    QuestionAnswered,
    ReportFiled,
    ReportJoined,
    ReportMoved,
    SurveyBegun,
    SurveyFinished,
)
from bot.model.messages import Address
from bot.model.person import Consent
from bot.model.report import ReportStage
from bot.scheduler.survey_rounds import RoundsJob
from bot.scheduler.survey_sending import Sender
from bot.storage import invitations, multicasts, outbox
from surveys.audience import drawn
from surveys.build import build
from surveys.definition import Audience
from surveys.delivery import Lane, Plan
from surveys.session import Answer, Session

CONFIG = Path(__file__).parents[2] / "config"
MONDAYS = {"every": "weekly", "days": ["mon"], "time": "09:00"}
ROUND = "20260302T0900"
EVERYWHERE = (Address("line", "U1"), Address("telegram", "7"), Address("simulator", "s1"))


@pytest.fixture(scope="module")
def catalogue():
    walk = build(definition(OFTEN, schedule=MONDAYS, remind_after=2))
    return replace(load(CONFIG, "taipei"), surveys=(walk,))


def rounds(database, catalogue, clock, channels=None):
    sender = Sender(catalogue, channels or {}, clock, lambda: str(uuid4()))
    return RoundsJob(database, catalogue, clock, sender, lambda: None)


@pytest.fixture
def job(database, catalogue, clock):
    return rounds(database, catalogue, clock)


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


async def test_a_round_pressed_twice_within_a_minute_is_one(database, job, clock, catalogue):
    await agreeing(database, ANN)
    walk = catalogue.surveys[0]
    begun = [await job.begin(walk, later(seconds)) for seconds in (5, 20)]
    assert (begun, len(await sent(database, clock))) == ([1, 0], 1)


@pytest.mark.parametrize(("purpose", "asked"), [("plans", 1), ("life", 2), ("", 2)])
async def test_who_refused_a_surveys_purpose_is_neither_invited_nor_reminded(
    database, catalogue, clock, purpose, asked
):
    ann, ben = await agreeing(database, ANN), await agreeing(database, BEN)
    walk = replace(catalogue.surveys[0], purpose=purpose)
    job = rounds(database, replace(catalogue, surveys=(walk,)), clock)
    await remember(database, PurposeChanged(ann.id, "plans", False, NOW))
    assert await job.begin(walk, NOW) == asked
    await remember(database, PurposeChanged(ben.id, "plans", False, NOW))
    reminded = await job.remind(walk, NOW)
    assert reminded == (0 if purpose == "plans" else 2)


async def test_a_survey_changed_without_a_new_version_is_not_sent(database, job, clock, catalogue):
    await agreeing(database, ANN)
    await run(job, clock)
    changed = build(definition(WISH, schedule=MONDAYS))
    other = rounds(database, replace(catalogue, surveys=(changed,)), clock)
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
    job = rounds(database, narrow, clock)
    for address in EVERYWHERE:
        await agreeing(database, address)
    invited, reminded = await run(job, clock), await run(job, clock, days=2)
    assert (invited, reminded) == ([("U1", "「走路」")], [("U1", "提醒您：")])


async def test_of_a_share_only_those_invited_are_reminded(database, catalogue, clock):
    asked = definition(OFTEN, schedule=MONDAYS, remind_after=2, audience={"share": 50})
    half = replace(catalogue, surveys=(build(asked),))
    job = rounds(database, half, clock)
    agreed = {f"U{n}": await agreeing(database, Address("line", f"U{n}")) for n in range(12)}
    ids = {person.id: chat for chat, person in agreed.items()}
    lucky = sorted(ids[one] for one in drawn(Audience(share=50), ids, f"walk:{ROUND}"))
    invited, reminded = await run(job, clock), await run(job, clock, days=2)
    assert ([who for who, _ in invited], [who for who, _ in reminded]) == (lucky, lucky)


def asking(catalogue, clock, database, **audience):
    """The job over one survey for that audience."""
    walk = build(definition(OFTEN, schedule=MONDAYS, remind_after=2, audience=audience))
    narrow = replace(catalogue, surveys=(walk,))
    return rounds(database, narrow, clock)


async def test_those_who_reported_in_a_district_are_asked_and_those_who_joined_in(
    database, catalogue, clock
):
    ann, ben, eve = [await agreeing(database, address) for address in EVERYWHERE]
    told = report(ann.id)
    elsewhere = report(eve.id, place=replace(LAMP, district="大安區"))
    joined = ReportJoined(told.id, ben.id, NOW)
    await remember(database, ReportFiled(told), ReportFiled(elsewhere), joined)
    job = asking(catalogue, clock, database, districts=["松山區"])
    assert [who for who, _ in await run(job, clock)] == ["7", "U1"]


async def test_those_who_reported_of_a_domain_are_asked_unless_they_took_it_back(
    database, catalogue, clock
):
    ann, ben, eve = [await agreeing(database, address) for address in EVERYWHERE]
    gone = report(ben.id, stage=ReportStage.WITHDRAWN)
    other = report(eve.id, domain="housing")
    await remember(database, *map(ReportFiled, (report(ann.id), gone, other)))
    job = asking(catalogue, clock, database, domains=["urban"], districts=["松山區"])
    assert [who for who, _ in await run(job, clock)] == ["U1"]


async def test_those_whose_last_answer_was_the_one_looked_for_are_asked(database, catalogue, clock):
    ann, ben, eve = [await agreeing(database, address) for address in EVERYWHERE]
    for at, (person, said) in enumerate(
        [(ann, "never"), (ben, "never"), (ben, "daily"), (eve, "daily"), (eve, "never")]
    ):
        session = Session(f"s{at}", "before", 1, f"r{at}", "zh-TW", later(at))
        given = QuestionAnswered(
            person.id, session.id, "before", 1, Answer("often", said, later(at))
        )
        await remember(database, SurveyBegun(person.id, session), given)
    wanted = {"survey": "before", "question": "often", "any_of": ["never", "seldom"]}
    job = asking(catalogue, clock, database, answered=wanted)
    assert [who for who, _ in await run(job, clock)] == ["U1", "s1"]


async def test_no_more_are_asked_than_wanted(database, catalogue, clock):
    for number in range(5):
        await agreeing(database, Address("line", f"U{number}"))
    job = asking(catalogue, clock, database, most=2)
    assert (len(await run(job, clock)), len(await run(job, clock, days=2))) == (2, 2)


async def test_who_was_asked_often_enough_is_left_in_peace_for_a_while(
    database, job, clock, catalogue
):
    ann, _ = await agreeing(database, ANN), await agreeing(database, BEN)
    city = replace(catalogue.city, fatigue=Fatigue(rounds=2, days=7))
    patient = rounds(database, replace(catalogue, city=city), clock)
    for days, survey in ((-8, "long_ago"), (-6, "one"), (-1, "two")):
        async with database.unit() as unit:
            await invitations.add(unit, [ann.id], survey, "r1", later(days=days))
    first, second = await run(patient, clock), await run(patient, clock, days=7)
    assert ([who for who, _ in first], [who for who, _ in second]) == ([BEN.id], [ANN.id, BEN.id])


async def test_in_the_quiet_hours_invitations_wait_for_the_morning_and_answers_do_not(
    database, job, clock, catalogue
):
    await agreeing(database, ANN)
    city = replace(catalogue.city, quiet=Quiet(time(8), time(9, 30)))
    hushed = rounds(database, replace(catalogue, city=city), clock)
    early = await run(hushed, clock)
    async with database.unit() as unit:
        await outbox.put(unit, [outbound("您好")], clock.now)
    answered = await sent(database, clock)
    clock.now = later(30 * 60)
    assert (early, answered, await sent(database, clock)) == (
        [],
        [(ANN.id, "您好")],
        [(ANN.id, "「走路」")],
    )


async def test_after_a_person_is_forgotten_nobody_knows_that_they_were_invited(
    database, job, clock
):
    ann = await agreeing(database, ANN)
    await run(job, clock)
    await remember(database, PersonForgotten(ann.id, later(60)))
    async with database.unit() as unit:
        assert await invitations.of_person(unit, ann.id) == []


class Counting:
    """A channel that says the same to two chats a call and counts messages."""

    capabilities = Line.capabilities
    together = 2
    calls = 1

    def __init__(self, quota=None):
        self._quota = quota

    async def quota(self):
        return self._quota

    async def multicast(self, key, chats, bubbles):
        raise NotImplementedError


async def many(database, people):
    return [await agreeing(database, Address("line", f"U{n}")) for n in range(people)]


def spread(catalogue, **more):
    walk = build(definition(OFTEN, schedule=MONDAYS, over_quota="spread", **more))
    return replace(catalogue, surveys=(walk,))


async def casts(database, at):
    """How many are told in each call that is due at a time."""
    counts = []
    async with database.unit() as unit:
        while cast := await multicasts.take(unit, at, timedelta(days=900)):
            counts.append(len(await multicasts.to(unit, cast.id)))
    return counts


async def test_where_a_channel_can_the_same_is_said_to_many_at_once(database, catalogue, clock):
    await many(database, 5)
    await rounds(database, catalogue, clock, {"line": Counting()}).run()
    assert (await casts(database, clock.now), await sent(database, clock)) == ([2, 2, 1], [])


async def test_a_round_that_the_months_messages_do_not_reach_is_refused_as_a_whole(
    database, catalogue, clock
):
    await many(database, 3)
    job = rounds(database, catalogue, clock, {"line": Counting(Quota(limit=5, used=3))})
    with pytest.raises(OverQuota, match="do not reach 1 of them"):
        await job.begin(job.catalogue.surveys[0], clock.now)
    assert (await casts(database, later(days=900)), await sent(database, clock)) == ([], [])


async def test_with_more_messages_the_refused_round_is_sent_after_all(database, catalogue, clock):
    await many(database, 3)
    for limit in (2, 3):
        await rounds(database, catalogue, clock, {"line": Counting(Quota(limit, 0))}).run()
    assert await casts(database, clock.now) == [2, 1]


async def test_a_round_that_is_spread_reaches_the_others_in_the_months_to_come(
    database, catalogue, clock
):
    await many(database, 6)
    job = rounds(database, spread(catalogue), clock, {"line": Counting(Quota(3, 2))})
    await job.run()
    first = datetime(2026, 4, 1, 1, tzinfo=UTC)  # nine in Taipei
    moments = [clock.now, first - timedelta(seconds=1), first, datetime(2026, 5, 2, tzinfo=UTC)]
    assert [await casts(database, at) for at in moments] == [[1], [], [2, 1], [2]]


async def test_whom_no_month_reaches_before_the_end_hears_of_it_only_by_writing(
    database, catalogue, clock
):
    people = await many(database, 2)
    short = spread(catalogue, open_for=6)
    await rounds(database, short, clock, {"line": Counting(Quota(1, 0))}).run()
    now, never = await casts(database, clock.now), await casts(database, later(days=400))
    async with database.unit() as unit:
        keys = [unit.vault.key_of(one.address) for one in people]
        waiting = await multicasts.along(unit, keys, later(days=5))
        late = await multicasts.along(unit, keys, later(days=6))
    assert (now, never, len(waiting), late) == ([1], [], 1, [])


async def test_a_plan_tells_what_a_round_takes_and_sends_nothing(database, catalogue, clock):
    await many(database, 5)
    await agreeing(database, Address("telegram", "7"))
    channels = {"line": Counting(Quota(limit=8, used=4)), "telegram": Silent()}
    plan = await rounds(database, catalogue, clock, channels).plan(catalogue.surveys[0])
    assert plan == Plan(
        (
            Lane("line", 5, 1, together=2, left=4, limit=8, price=0.2),
            Lane("telegram", 1, 29),
        )
    )
    assert (await casts(database, clock.now), await sent(database, clock)) == ([], [])


async def test_what_is_sent_singly_is_due_at_a_little_less_than_the_platforms_rate(
    database, catalogue, clock
):
    for number in range(60):
        await agreeing(database, Address("telegram", str(number)))
    await rounds(database, catalogue, clock, {"telegram": Silent()}).run()
    counts = []
    for second in range(4):
        clock.now = later(second)
        counts.append(len(await sent(database, clock)))
    assert counts == [27, 27, 6, 0]


CASES = {"every": "case_done", "after": 7, "time": "09:00", "except": ["2026-03-03"]}


async def test_those_whose_case_was_done_a_week_ago_are_asked_once(database, catalogue, clock):
    people = [await agreeing(database, address) for address in EVERYWHERE]
    days = (-7.5, -6.5, -5.5)  # before the round of the 2nd; of the 4th, for the 3rd has none
    for person, day in zip(people, days, strict=True):
        told = report(person.id)
        done = ReportMoved(told.id, ReportStage.DONE, "staff:may", later(days=day))
        await remember(database, ReportFiled(told), done)
    walk = build(definition(OFTEN, schedule=CASES))
    job = rounds(database, replace(catalogue, surveys=(walk,)), clock)
    asked = [[who for who, _ in await run(job, clock, days=day)] for day in range(4)]
    assert asked == [["U1"], [], ["7", "s1"], []]


async def test_who_joined_a_case_is_asked_too_and_nobody_of_one_that_is_open_again(
    database, catalogue, clock
):
    ann, ben, eve = [await agreeing(database, address) for address in EVERYWHERE]
    joined, reopened = report(ann.id), report(eve.id)
    await remember(
        database,
        *map(ReportFiled, (joined, reopened)),
        ReportJoined(joined.id, ben.id, NOW),
        *(
            ReportMoved(each.id, ReportStage.DONE, "staff:may", later(days=-7))
            for each in (joined, reopened)
        ),
        ReportMoved(reopened.id, ReportStage.WORKING, eve.id, later(days=-6)),
    )
    walk = build(definition(OFTEN, schedule=CASES))
    job = rounds(database, replace(catalogue, surveys=(walk,)), clock)
    assert [who for who, _ in await run(job, clock)] == ["7", "U1"]


class Silent:
    """A channel that counts nothing."""

    capabilities = Telegram.capabilities

    async def quota(self):
        return None
