import asyncio

from standins.rows import ANN, NOW, later, met, remember, taken

from bot.model.conversation import Conversation
from bot.model.happenings import SurveyBegun, SurveyFinished
from bot.model.messages import Bubble, Choice, Outbound
from bot.storage import conversations, surveys
from bot.storage.tidying import tidy
from surveys.session import Session


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
