"""Which surveys there are is kept up to date, over SQLite and PostgreSQL alike."""

from __future__ import annotations

from standins.console import text
from standins.forms import OFTEN, survey
from standins.rows import NOW
from structlog.testing import capture_logs

from bot.board import Board
from bot.scheduler.survey_offer import OfferJob
from bot.storage import definitions, editions

OWN = survey(OFTEN)


async def written(database, name, live):
    async with database.unit() as unit:
        await definitions.draft(unit, name, live, "may", NOW)
        await definitions.put_to_work(unit, name, "may", NOW)


async def looked(database):
    board = Board()
    await OfferJob(database, (OWN,), board.surveys.use, board.editions.use).run()
    return board


async def test_what_is_at_work_is_offered_beside_the_citys_own(database):
    await written(database, "next", text(OFTEN, id="next"))
    assert [each.id for each in (await looked(database)).surveys] == ["walk", "next"]


async def test_a_draft_is_not_offered(database):
    async with database.unit() as unit:
        await definitions.draft(unit, "next", text(OFTEN, id="next"), "may", NOW)
    assert list((await looked(database)).surveys) == [OWN]


async def test_the_citys_files_come_first(database):
    await written(database, "walk", text(OFTEN, version=7))
    assert list((await looked(database)).surveys) == [OWN]


async def test_one_that_can_be_read_no_longer_keeps_no_other_back(database):
    await written(database, "bad", "questions: [")
    await written(database, "next", text(OFTEN, id="next"))
    with capture_logs() as logged:
        board = await looked(database)
    assert (board.surveys[1].id, logged[0]["event"]) == ("next", "survey_not_offered")


async def test_editions_are_those_that_were_sent(database):
    async with database.unit() as unit:
        await editions.publish(unit, OWN, NOW)
    assert list((await looked(database)).editions) == [OWN]
