"""What participants put to the vote, over SQLite and PostgreSQL alike."""

from __future__ import annotations

import pytest
from standins.rows import NOW, later, met, remember

from bot.model.happenings import PersonForgotten, QuestionAnswered, SurveyBegun
from bot.storage import statements, surveys
from surveys.session import Answer, Session

SAID = "公園的燈應該亮到半夜。"


@pytest.fixture
async def ann(database):
    """Somebody who made a statement and voted on another."""
    ann = await met(database)
    session = Session("s1", "walk", 1, "r1", "zh-TW", NOW)
    given = [Answer("own", SAID, NOW), Answer("v0", "agree", NOW)]
    answered = [QuestionAnswered(ann.id, "s1", "walk", 1, each) for each in given]
    await remember(database, SurveyBegun(ann.id, session), *answered)
    return ann


async def suggested(database):
    async with database.unit() as unit:
        return await statements.suggested(unit, "walk", ("own",))


async def decided(database, accepted):
    (one,) = await suggested(database)
    async with database.unit() as unit:
        await statements.decide(unit, "walk", one, accepted, "may", later(60))


async def put_to_the_vote(database, round_id="r1"):
    async with database.unit() as unit:
        return [each.text for each in await statements.accepted(unit, "walk", round_id)]


async def test_a_statement_waits_until_somebody_decides(database, ann):
    (one,) = await suggested(database)
    assert (one.text, one.state, await put_to_the_vote(database)) == (SAID, "waiting", [])


async def test_an_accepted_statement_is_put_to_the_vote_in_its_round_alone(database, ann):
    await decided(database, True)
    here, elsewhere = await put_to_the_vote(database), await put_to_the_vote(database, "r2")
    assert (here, elsewhere, (await suggested(database))[0].state) == ([SAID], [], "accepted")


async def test_a_refused_statement_is_not_and_its_words_are_not_kept_twice(database, ann):
    await decided(database, False)
    state = (await suggested(database))[0].state
    assert (await put_to_the_vote(database), state) == ([], "refused")


async def test_the_statement_of_somebody_forgotten_is_voted_on_no_more(database, ann):
    await decided(database, True)
    await remember(database, PersonForgotten(ann.id, later(90)))
    assert (await put_to_the_vote(database), await suggested(database)) == ([], [])


async def test_votes_are_counted_by_statement(database, ann):
    async with database.unit() as unit:
        assert await surveys.votes(unit, "walk", "r1", ["v0", "v1"]) == {
            "v0": (1, 0, 0),
            "v1": (0, 0, 0),
        }
