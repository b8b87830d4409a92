import asyncio
from dataclasses import replace
from zoneinfo import ZoneInfo

from standins.forms import OFTEN, WISH, survey
from standins.rows import ANN, BEN, NOW, later, met, remember, taken

from bot.model.conversation import Conversation
from bot.model.happenings import (
    ConsentChanged,
    QuestionAnswered,
    SurveyBegun,
    SurveyFinished,
    SurveyFull,
)
from bot.model.messages import Address, Bubble, Choice, Outbound
from bot.model.person import Consent
from bot.storage import conversations, editions, invitations, people, surveys
from bot.storage.tidying import tidy
from surveys.session import Answer, Session, SessionState

TAIPEI = ZoneInfo("Asia/Taipei")
DAY = NOW.astimezone(TAIPEI).date()


async def claim(database, due=NOW, job="survey:lamps"):
    async with database.unit() as unit:
        return await surveys.claim_due(unit, job, due)


async def test_of_eight_who_race_for_a_moment_exactly_one_has_it(database):
    won = await asyncio.gather(*(claim(database) for _ in range(8)))
    assert sorted(won) == [False] * 7 + [True]


async def test_another_moment_and_another_job_are_free(database):
    await claim(database)
    others = await claim(database, later(1)), await claim(database, job="survey:other")
    assert others == (True, True)


async def test_a_claim_that_is_undone_is_free_again(database):
    try:
        async with database.unit() as unit:
            await surveys.claim_due(unit, "job", NOW)
            raise ZeroDivisionError
    except ZeroDivisionError:
        assert await claim(database, job="job")


async def test_a_moment_claimed_not_long_ago_stays_claimed_after_tidying(database):
    await claim(database)
    async with database.unit() as unit:
        await tidy(unit, later(days=2))
    assert not await claim(database)


async def test_a_round_counts_who_was_invited_and_who_finished(database):
    ann = await met(database)
    for name in ("s1", "s2"):
        session = Session(name, "lamps", 1, "r1", "en", NOW)
        await remember(database, SurveyBegun(ann.id, session))
    await remember(database, SurveyFinished(ann.id, "s1", NOW))
    async with database.unit() as unit:
        await surveys.invited(unit, "lamps", "r1", 7)
        assert await surveys.counts(unit) == [surveys.RoundCount("lamps", "r1", 7, 1)]


async def test_buttons_sent_outside_a_turn_are_offered_before_the_old_ones(database):
    await met(database)
    (talk,) = await taken(database)
    old, new, shares = Choice("舊", "a"), Choice("新", "b"), Choice("這裡", shares_location=True)
    async with database.unit() as unit:
        await conversations.save_all(unit, {talk.key: Conversation(offered=(old,))})
        invitation = Outbound("o1", ANN, (Bubble("問卷", choices=(new, shares)),))
        await conversations.offer(unit, [invitation])
    (talk,) = await taken(database)
    assert talk.conversation.offered == (new, old)


# Versions as they were sent


async def test_a_version_is_kept_as_it_was_sent(database):
    walk = survey()
    async with database.unit() as unit:
        assert [await editions.publish(unit, walk, NOW) for _ in range(2)] == [True, True]
    async with database.unit() as unit:
        assert await editions.every(unit) == (walk,)


async def test_a_version_with_other_questions_is_refused_and_a_new_one_taken(database):
    first, second = survey(OFTEN), replace(survey(WISH), version=2)
    async with database.unit() as unit:
        done = [await editions.publish(unit, each, NOW) for each in (first, survey(WISH), second)]
        assert done == [True, False, True]
        assert await editions.every(unit) == (first, second)


async def test_a_new_title_or_schedule_is_no_new_version(database):
    async with database.unit() as unit:
        await editions.publish(unit, survey(), NOW)
        assert await editions.publish(unit, replace(survey(), title={"en": "Walks"}), NOW)


async def test_a_session_of_a_round_is_found_with_its_answers(database):
    ann = await met(database)
    session = Session("s1", "lamps", 1, "r1", "en", NOW)
    given = Answer("often", ("a", "b"), later(1))
    answered = QuestionAnswered(ann.id, "s1", "lamps", 1, given)
    await remember(database, SurveyBegun(ann.id, session), answered)
    async with database.unit() as unit:
        found = await surveys.begun(unit, ann.id, "lamps", "r1", TAIPEI)
        other_round = await surveys.begun(unit, ann.id, "lamps", "r2", TAIPEI)
        other_person = await surveys.begun(unit, "nobody", "lamps", "r1", TAIPEI)
    kept = replace(session, state=SessionState.PAUSED, answers=(given,), seed="s1", day=DAY)
    assert (found, other_round, other_person) == (kept, None, None)


async def test_people_are_counted_and_not_runs(database):
    ann, ben = await met(database), await met(database, BEN)
    for person, name, round_id, version in (
        (ann, "s1", "r1", 1),
        (ann, "s2", "r1", 1),
        (ben, "s3", "r1", 1),
        (ann, "s4", "r2", 2),
    ):
        session = Session(name, "lamps", version, round_id, "en", later(int(name[1])))
        await remember(database, SurveyBegun(person.id, session))
    async with database.unit() as unit:
        every = await surveys.runs(unit, "lamps", TAIPEI)
        first = await surveys.runs(unit, "lamps", TAIPEI, version=1)
        second = await surveys.runs(unit, "lamps", TAIPEI, round_id="r2")
    assert [sorted(one.id for one in runs) for runs in (every, first, second)] == [
        ["s2", "s3", "s4"],
        ["s2", "s3"],
        ["s4"],
    ]


async def test_people_of_a_cell_are_those_who_finished_with_these_answers(database):
    told = [("a", "old", "daily", True), ("b", "old", "never", True), ("c", "old", "daily", False)]
    for name, age, often, ended in told:
        person = await met(database, Address("line", f"U-{name}"))
        session = Session(name, "walk", 1, "r1", "zh-TW", NOW)
        given = [Answer("age", age, NOW), Answer("often", often, NOW)]
        answered = [QuestionAnswered(person.id, name, "walk", 1, each) for each in given]
        done = [SurveyFinished(person.id, name, later(60))] if ended else []
        await remember(database, SurveyBegun(person.id, session), *answered, *done)
    async with database.unit() as unit:
        counts = [
            await surveys.in_cell(unit, "walk", "r1", cell)
            for cell in ({"age": "old"}, {"age": "old", "often": "daily"}, {"age": "young"})
        ]
    assert counts == [2, 1, 0]


async def test_of_a_session_that_was_dropped_nothing_is_left_and_nobody_is_reminded(database):
    ann = await met(database)
    await remember(database, ConsentChanged(ann.id, Consent.GIVEN, NOW))
    session = Session("s1", "walk", 1, "r1", "zh-TW", NOW)
    answered = QuestionAnswered(ann.id, "s1", "walk", 1, Answer("age", "old", NOW))
    async with database.unit() as unit:
        await invitations.add(unit, [ann.id], "walk", "r1", NOW)
    await remember(database, SurveyBegun(ann.id, session), answered, SurveyFull(ann.id, session))
    async with database.unit() as unit:
        assert (
            await surveys.sessions(unit, "walk"),
            await surveys.answers(unit, "walk"),
            await people.unfinished(unit, "walk", "r1"),
        ) == ([], [], [])
