"""Codes for another chat, over SQLite and PostgreSQL alike."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from standins.rows import ANN, BEN, NOW, later, met, remember

from bot.model.conversation import Conversation, Surveying
from bot.model.happenings import (
    HandoverOffered,
    PersonForgotten,
    QuestionAnswered,
    SessionTaken,
    SurveyBegun,
)
from bot.storage import conversations, handovers, invitations, surveys
from surveys.session import Answer, Session

TAIPEI = ZoneInfo("Asia/Taipei")
CODE = "7Q4M-2KXA"
SESSION = Session("s1", "walk", 1, "r1", "zh-TW", NOW)


@pytest.fixture
async def ann(database):
    """Somebody who answered a question, was invited, and was given a code."""
    ann = await met(database)
    answered = QuestionAnswered(ann.id, "s1", "walk", 1, Answer("often", "daily", NOW))
    await remember(database, SurveyBegun(ann.id, SESSION), answered)
    async with database.unit() as unit:
        talk = Conversation(topic=Surveying(SESSION))
        await conversations.save_all(unit, {unit.vault.key_of(ANN): talk})
        await invitations.add(unit, [ann.id], "walk", "r1", NOW)
    await remember(database, HandoverOffered("s1", CODE, NOW))
    return ann


async def find(database, code=CODE, at=NOW):
    async with database.unit() as unit:
        return await handovers.find(unit, code, at, TAIPEI)


async def test_a_code_finds_its_session_with_the_answers(database, ann):
    found = await find(database, CODE.replace("-", "").lower())
    assert found
    assert (found.id, [a.value for a in found.answers]) == ("s1", ["daily"])


@pytest.mark.parametrize(("code", "minutes"), [("0000-0000", 0), (CODE, 15)])
async def test_a_wrong_or_old_code_finds_nothing(database, ann, code, minutes):
    assert await find(database, code, later(minutes * 60)) is None


async def test_a_newer_code_takes_the_place_of_the_older(database, ann):
    await remember(database, HandoverOffered("s1", "AAAA-AAAA", later(60)))
    found = await find(database), await find(database, "AAAA-AAAA")
    assert [one and one.id for one in found] == [None, "s1"]


async def test_the_session_of_somebody_forgotten_is_found_by_nobody(database, ann):
    await remember(database, PersonForgotten(ann.id, NOW))
    assert await find(database) is None


async def test_a_taken_session_and_its_invitation_are_the_others_and_the_code_is_used_up(
    database, ann
):
    ben = await met(database, BEN)
    await remember(database, SessionTaken(ben.id, SESSION))
    async with database.unit() as unit:
        (held,) = await surveys.sessions(unit, "walk")
        invited = [await invitations.of_person(unit, one.id) for one in (ann, ben)]
        key = unit.vault.key_of(ANN)
        left = (await conversations.locked(unit, [key]))[key].topic
    assert (held.person, [len(each) for each in invited], isinstance(left, Surveying)) == (
        ben.id,
        [0, 1],
        False,
    )
    assert await find(database) is None


async def test_who_was_invited_in_both_chats_is_invited_once_then(database, ann):
    ben = await met(database, BEN)
    async with database.unit() as unit:
        await invitations.add(unit, [ben.id], "walk", "r1", later(9))
    await remember(database, SessionTaken(ben.id, SESSION))
    async with database.unit() as unit:
        invited = [await invitations.of_person(unit, one.id) for one in (ann, ben)]
    assert [len(each) for each in invited] == [0, 1]


async def test_going_on_in_the_same_chat_changes_nothing(database, ann):
    await remember(database, SessionTaken(ann.id, SESSION))
    async with database.unit() as unit:
        (held,) = await surveys.sessions(unit, "walk")
        key = unit.vault.key_of(ANN)
        kept = (await conversations.locked(unit, [key]))[key].topic
    assert (held.person, isinstance(kept, Surveying)) == (ann.id, True)
