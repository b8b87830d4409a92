from datetime import timedelta

import pytest
from sqlalchemy import select
from standins.rows import (
    ANN,
    BEN,
    LAMP,
    NOW,
    arrival,
    events,
    later,
    met,
    outbound,
    remember,
    report,
    stored,
    taken,
)

from bot.model.conversation import Conversation, Idle
from bot.model.happenings import (
    PersonForgotten,
    PhotoSent,
    ProposalMade,
    QuestionAnswered,
    ReportCorrected,
    ReportFiled,
    ReportGathered,
    ReportJoined,
    StaffLinked,
    SurveyBegun,
    WordsChanged,
    WordsTakenBack,
)
from bot.model.proposal import Proposal, Stage
from bot.model.report import Problem, ReportStage
from bot.storage import (
    conversations,
    corrections,
    inbox,
    media,
    needs,
    outbox,
    people,
    proposals,
    reports,
    surveys,
)
from bot.storage.columns import metadata
from bot.storage.erasing import unquoted
from bot.storage.nearby import reports_near
from bot.storage.tidying import tidy
from intents.reading import Place
from surveys.session import Answer, Session

HOUSE = Place("民生東路三段12號", "address", "松山區", None, 25.0581, 121.5482)
DOCUMENT = {
    "problem_statement": "有人說:「路燈不亮」",
    "evidence": {"people": 2, "quotes": ["路燈不亮"]},
}


async def got(database, report_id):
    async with database.unit() as unit:
        return await reports.get(unit, report_id)


async def everything(database) -> str:
    """Every value of every table, as text."""
    async with database.unit() as unit:
        kept = [(await unit.connection.execute(select(t))).all() for t in metadata.sorted_tables]
    return repr(kept)


@pytest.fixture
async def ann(database):
    return await met(database)


@pytest.fixture
async def ben(database):
    return await met(database, BEN)


async def test_an_unsent_message_takes_its_report_back(database, ann):
    filed = report(ann.id, refs=("m-1", "m-2"), photos=("p1",), place=HOUSE)
    await remember(database, ReportFiled(filed), WordsTakenBack(ann.id, "m-2", NOW))
    kept = await got(database, filed.id)
    assert (kept.stage, kept.text, kept.refs, kept.photos) == (ReportStage.WITHDRAWN, "", (), ())
    assert kept.place == Place("松山區", "district", "松山區")


async def test_an_unsent_message_takes_its_report_out_of_its_need(database, ann, ben):
    mine, other = report(ann.id, refs=("m-1",)), report(ben.id, refs=("m-1",), text="好暗")
    gathered = [ReportGathered(mine.id, "n1", "路燈", NOW), ReportGathered(other.id, "n1", "", NOW)]
    await remember(database, ReportFiled(mine), ReportFiled(other), *gathered)
    await remember(database, WordsTakenBack(ann.id, "m-1", NOW))
    async with database.unit() as unit:
        (need,) = await needs.candidates(unit, ["n1"])
    assert (need.people, need.texts) == (1, ("好暗",))


async def test_a_need_whose_only_report_was_unsent_is_nobodys(database, ann):
    mine = report(ann.id, place=HOUSE)
    await remember(database, ReportFiled(mine), ReportGathered(mine.id, "n1", "路燈", NOW))
    await remember(database, WordsTakenBack(ann.id, "m-1", NOW))
    async with database.unit() as unit:
        assert await needs.all(unit, NOW) == []
    kept = await everything(database)
    assert [word for word in ("12號", "民生東路") if word in kept] == []


async def test_an_unsent_message_of_another_person_takes_nothing_back(database, ann, ben):
    mine = report(ann.id)
    await remember(database, ReportFiled(mine), WordsTakenBack(ben.id, "m-1", NOW))
    assert await got(database, mine.id) == mine


async def test_taking_back_twice_is_as_once(database, ann):
    mine = report(ann.id)
    back = WordsTakenBack(ann.id, "m-1", NOW)
    await remember(database, ReportFiled(mine), back)
    once = await everything(database)
    await remember(database, back)
    assert await everything(database) == once


async def test_an_unsent_photo_leaves_the_report_without_it(database, ann):
    mine = report(ann.id, photos=("p1", "p2"))
    sent = PhotoSent("p1", ann.id, ANN, "m-9", NOW)
    await remember(database, ReportFiled(mine), sent, WordsTakenBack(ann.id, "m-9", NOW))
    async with database.unit() as unit:
        unwanted = await media.unwanted(unit, NOW)
    kept = await got(database, mine.id)
    assert (kept.photos, kept.stage, unwanted) == (("p2",), ReportStage.RECEIVED, ["p1"])


async def test_words_taken_back_are_in_no_queued_proposal(database, ann):
    mine = report(ann.id)
    proposal = Proposal("p1", "n1", Stage.COLLECTED, DOCUMENT, NOW)
    await remember(
        database,
        ReportFiled(mine),
        ReportCorrected(mine.text, "zh-TW", None, "urban", None, "m", ann.id, NOW),
        ReportGathered(mine.id, "n1", "路燈", NOW),
        ProposalMade(proposal, ("folder",), "job"),
        WordsTakenBack(ann.id, "m-1", NOW),
    )
    assert "不亮" not in await everything(database)


def test_a_document_without_quotes_has_them_nowhere():
    assert unquoted(DOCUMENT) == {
        "problem_statement": "有人說:「…」",
        "evidence": {"people": 2, "quotes": []},
    }


async def test_an_edited_message_changes_its_report(database, ann):
    mine = report(ann.id, text="舊")
    await remember(database, ReportFiled(mine), WordsChanged(ann.id, "m-1", "新", NOW))
    assert (await got(database, mine.id)).text == "新"


async def test_one_of_two_edited_messages_changes_only_its_own_line(database, ann):
    mine = report(ann.id, text="一\n二", refs=("m-1", "m-2"))
    await remember(database, ReportFiled(mine), WordsChanged(ann.id, "m-2", "新", NOW))
    assert (await got(database, mine.id)).text == "一\n新"


async def test_a_forgotten_person_is_found_by_nothing(database, ann):
    await remember(database, StaffLinked(ann.id, ANN, "王小明", NOW), PersonForgotten(ann.id, NOW))
    async with database.unit() as unit:
        found = [
            await people.by_address(unit, ANN),
            await people.get(unit, ann.id),
            *await people.staff(unit),
            *await people.consenting(unit),
        ]
        assert (found, await people.export(unit, ANN)) == ([None, None], {})


async def test_a_forgotten_persons_words_photos_and_house_are_nowhere(database, ann):
    mine = report(ann.id, place=HOUSE, photos=("p1",), text="王小明家門口")
    session = Session("s1", "survey", 1, "r1", "zh-TW", NOW)
    await remember(
        database,
        ReportFiled(mine),
        PhotoSent("p1", ann.id, ANN, "photo-ref", NOW),
        ReportCorrected("王小明說的", "zh-TW", None, "urban", None, "m", ann.id, NOW),
        SurveyBegun(ann.id, session),
        QuestionAnswered(ann.id, "s1", "survey", 1, Answer("why", "我是王小明", NOW)),
        PersonForgotten(ann.id, NOW),
    )
    kept = await everything(database)
    told = [word for word in ("王小明", "12號", "photo-ref", "m-1") if word in kept]
    async with database.unit() as unit:
        assert (told, await media.unwanted(unit, NOW)) == ([], ["p1"])


async def test_a_forgotten_person_still_counts(database, ann, ben):
    mine, session = report(ann.id), Session("s1", "survey", 1, "r1", "zh-TW", NOW)
    choices = Answer("which", ("bus", "metro"), NOW)
    await remember(
        database,
        ReportFiled(mine),
        ReportJoined(mine.id, ben.id, NOW),
        ReportGathered(mine.id, "n1", "路燈", NOW),
        SurveyBegun(ann.id, session),
        QuestionAnswered(ann.id, "s1", "survey", 1, choices),
        PersonForgotten(ann.id, NOW),
    )
    async with database.unit() as unit:
        need = await needs.get(unit, "n1", NOW)
        (given,) = await surveys.answers(unit, "survey")
        (held,) = await surveys.sessions(unit, "survey")
    assert (need.people, need.reports, given.answer, held.person) == (2, 1, choices, None)


async def test_what_was_going_to_be_said_to_a_forgotten_person_is_not_said(database, ann):
    async with database.unit() as unit:
        await outbox.put(unit, [outbound("hello"), outbound("hi", BEN)], NOW)
    await remember(database, PersonForgotten(ann.id, NOW))
    async with database.unit() as unit:
        left = await outbox.take(unit, 9, NOW, timedelta(minutes=1))
    assert [sending.outbound.to for sending in left] == [BEN]


async def test_an_event_laid_aside_is_erased_with_its_person(database):
    await stored(database, arrival("e1"))
    (talk,) = await taken(database)
    async with database.unit() as unit:
        await inbox.postpone(unit, talk.waiting[0].id, "no", NOW, dead=True)
    await remember(database, PersonForgotten(talk.person.id, NOW))
    async with database.unit() as unit:
        assert (await inbox.depth(unit)).dead == 0


async def test_forgetting_twice_is_as_once(database, ann):
    await remember(database, ReportFiled(report(ann.id)), PersonForgotten(ann.id, NOW))
    once = await everything(database)
    await remember(database, PersonForgotten(ann.id, later(9)))
    assert await everything(database) == once


async def test_a_forgotten_person_who_writes_again_is_met_anew(database, ann):
    (talk,) = await taken(database)
    async with database.unit() as unit:
        await conversations.save_all(unit, {talk.key: Conversation(Idle("TPE-1"))})
    await remember(database, PersonForgotten(ann.id, NOW))
    async with database.unit() as unit:
        await tidy(unit, NOW)
    await stored(database, arrival("e2"))
    (fresh,) = await taken(database)
    assert (fresh.person.id == ann.id, fresh.conversation) == (False, Conversation())


async def test_what_waited_when_a_person_was_forgotten_is_not_lost(database, ann):
    await remember(database, PersonForgotten(ann.id, NOW))
    async with database.unit() as unit:
        await tidy(unit, NOW)
    (talk,) = await taken(database)
    assert (events([talk]), talk.person.address) == ([[f"hello {ANN}"]], ANN)


async def test_a_forgotten_report_is_offered_to_nobody(database, ann):
    mine = report(ann.id, domain=None)
    await remember(database, ReportFiled(mine), PersonForgotten(ann.id, NOW))
    async with database.unit() as unit:
        found = [
            *await reports_near(unit, [Problem(None, "streetlight", LAMP)], NOW, 100),
            *await reports.ungathered(unit, 9),
            *await reports.waiting_for_person(unit),
            *await corrections.all(unit),
        ]
        assert found == []
        assert await proposals.all(unit) == []
