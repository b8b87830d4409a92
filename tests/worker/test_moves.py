"""Whoever is behind a report or a need hears what became of it, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from standins.rows import ANN, BEN, NOW, arrival, later, met, remember, report, stored, taken
from standins.samples import CITY, TAXONOMY, wording

from bot.model.errors import CityvoiceError
from bot.model.happenings import (
    LanguageSet,
    PersonForgotten,
    ProposalMade,
    ReachChanged,
    ReportFiled,
    ReportGathered,
    ReportJoined,
    ReportMoved,
)
from bot.model.messages import Address
from bot.model.person import Person
from bot.model.proposal import Proposal, Stage
from bot.model.report import ReportStage
from bot.storage import needs, outbox, proposals, reports
from bot.storage.database import Database
from bot.worker.moves import Moves

CAT = Address("telegram", "3")
WORKING, DONE = ReportStage.WORKING, ReportStage.DONE
PROPOSAL = Proposal("p1", "n1", Stage.COLLECTED, {"title": "路燈"}, NOW)


def moves(database: Database) -> Moves:
    return Moves(database, CITY, TAXONOMY, wording(), lambda: NOW, lambda: None)


@pytest.fixture
async def people(database: Database) -> Sequence[Person]:
    """Ann reported twice, Ben joined her first report, Cat reported the same in English."""
    ann, ben, cat = [await met(database, address) for address in (ANN, BEN, CAT)]
    first = report(ann.id, id="r1", number="TPE-1", kind="street_lamp")
    again = report(ann.id, id="r2", number="TPE-2", kind="street_lamp")
    third = report(cat.id, id="r3", number="TPE-3", kind="street_lamp")
    await remember(
        database,
        *(ReportFiled(each) for each in (first, again, third)),
        ReportJoined("r1", ben.id, NOW),
        ReportJoined("r3", ann.id, NOW),
        LanguageSet(cat.id, "en", True),
        *(ReportGathered(each, "n1", "路燈", NOW) for each in ("r1", "r2", "r3")),
    )
    return ann, ben, cat


async def heard(database: Database) -> list[tuple[str, str]]:
    """Who is to be told what, as far as it is first in their line; it counts as told."""
    async with database.unit() as unit:
        found = await outbox.take(unit, 99, later(1), timedelta(minutes=1))
        await outbox.delivered(unit, [sending.id for sending in found], NOW)
    return sorted((s.outbound.to.id, s.outbound.bubbles[0].text) for s in found)


async def whom(database: Database) -> list[str]:
    return [name for name, _ in await heard(database)]


async def forwarded(database: Database) -> int:
    async with database.unit() as unit:
        need = await needs.get(unit, "n1", NOW)
        return await moves(database).forwarded(unit, need)


async def test_reporter_and_joiner_hear_of_a_move(database, people):
    assert await moves(database).report("tpe-1", WORKING, "王小明") == 2
    said = "您關心的「路燈故障」（TPE-1）有消息了，市府正在處理。"
    assert await heard(database) == [("U-ann", said), ("U-ben", said)]
    async with database.unit() as unit:
        history = await proposals.history(unit, "r1")
    assert history == [proposals.Move("working", "王小明", "", NOW)]


async def test_a_move_made_twice_is_told_once(database, people):
    told = [await moves(database).report("TPE-1", WORKING, "staff") for _ in range(2)]
    assert (told, await whom(database), await whom(database)) == ([2, 0], ["U-ann", "U-ben"], [])


async def test_a_report_that_is_done_a_second_time_is_told_again(database, people):
    for stage in (DONE, WORKING, DONE):
        await moves(database).report("TPE-3", stage, "staff")
    heard_of = [await whom(database) for _ in range(3)]
    assert heard_of == [["3", "U-ann"]] * 3


async def test_the_buttons_of_a_done_report_can_be_typed_too(database, people):
    await moves(database).report("TPE-1", DONE, "staff")
    await stored(database, arrival("typed", BEN))
    (talk,) = [t for t in await taken(database) if t.person.address == BEN]
    assert [c.label for c in talk.conversation.offered] == ["已改善", "還沒改善"]


async def test_everybody_is_told_in_their_own_language(database, people):
    await moves(database).report("TPE-3", WORKING, "staff")
    texts = dict(await heard(database))
    assert texts["3"] == 'News on "Street lamps" (TPE-3): the city is working on it.'
    assert "市府正在處理" in texts["U-ann"]


async def test_who_blocked_the_bot_or_was_forgotten_is_not_told(database, people):
    ann, ben, _ = people
    await remember(database, PersonForgotten(ann.id, NOW), ReachChanged(ben.id, False))
    assert await moves(database).report("TPE-1", WORKING, "staff") == 0


async def test_a_case_that_is_not_there_is_told(database, people):
    with pytest.raises(CityvoiceError, match="no case TPE-9"):
        await moves(database).report("TPE-9", WORKING, "staff")


async def test_a_case_that_was_taken_back_stays_so(database, people):
    await remember(database, ReportMoved("r1", ReportStage.WITHDRAWN, "ann", NOW))
    with pytest.raises(CityvoiceError, match="taken back"):
        await moves(database).report("TPE-1", WORKING, "staff")


async def test_everybody_behind_a_need_hears_once_that_it_is_forwarded(database, people):
    assert await forwarded(database) == 3
    texts = dict(await heard(database))
    assert sorted(texts) == ["3", "U-ann", "U-ben"]
    assert texts["U-ben"] == (
        "您和大家反映的「民生東路三段・路燈故障」已經整理成提案，進到「需求蒐集」階段。"
    )


async def test_a_need_that_is_forwarded_twice_is_told_once(database, people):
    await forwarded(database)
    await forwarded(database)
    assert [len(await heard(database)) for _ in range(2)] == [3, 0]


async def test_everybody_behind_a_need_hears_each_stage_once(database, people):
    await remember(database, ProposalMade(PROPOSAL, (), "staff"))
    for _ in range(2):
        await moves(database).proposal(PROPOSAL, Stage.PLANNING, "city", "次長核定")
    assert await whom(database) == ["3", "U-ann", "U-ben"]
    assert await whom(database) == []
    async with database.unit() as unit:
        history = await proposals.history(unit, "p1")
    assert [(move.stage, move.why) for move in history[1:]] == [("planning", "次長核定")]


async def test_the_reason_is_told_of_a_proposal_that_is_declined(database, people):
    await remember(database, ProposalMade(PROPOSAL, (), "staff"))
    await moves(database).proposal(PROPOSAL, Stage.DECLINED, "city", "預算已用完")
    assert "預算已用完" in dict(await heard(database))["U-ben"]


async def test_a_joined_report_is_among_ones_own_but_not_among_the_filed(database, people):
    _, ben, _ = people
    async with database.unit() as unit:
        own, filed = (await reports.own(unit, [ben.id]))[ben.id], await reports.filed(unit, ben.id)
    assert ([r.id for r in own], filed) == (["r1"], [])
