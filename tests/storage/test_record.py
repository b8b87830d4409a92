from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from standins.rows import ANN, BEN, LAMP, NOW, later, met, remember, report

from bot.model.happenings import (
    AnswerWithdrawn,
    ConsentChanged,
    LanguageSet,
    PhotoAdded,
    PhotoSent,
    PlaceAdded,
    ProposalMade,
    QuestionAnswered,
    ReachChanged,
    ReportCorrected,
    ReportFiled,
    ReportGathered,
    ReportJoined,
    ReportMoved,
    StaffLinked,
    SurveyBegun,
    SurveyFinished,
)
from bot.model.person import Consent, Role
from bot.model.proposal import Proposal, Stage
from bot.model.report import ReportStage
from bot.storage import corrections, forwarding, needs, people, proposals, reports, surveys
from intents.reading import Place
from surveys.session import Answer, Session

SESSION = Session("s1", "survey", 2, "r1", "en", NOW)


async def got(database, report_id):
    async with database.unit() as unit:
        return await reports.get(unit, report_id)


async def again(database):
    """The person as the database knows them now."""
    async with database.unit() as unit:
        return await people.by_address(unit, ANN)


async def test_a_filed_report_comes_back_as_it_was(database):
    filed = report((await met(database)).id, photos=("p1",), place=LAMP)
    await remember(database, ReportFiled(filed))
    assert await got(database, filed.id) == filed


async def test_a_report_filed_twice_is_there_once(database):
    person = await met(database)
    filed = report(person.id)
    await remember(database, ReportFiled(filed), ReportFiled(filed))
    async with database.unit() as unit:
        assert await reports.own(unit, [person.id]) == {person.id: [filed]}


async def test_a_case_number_that_is_taken_is_refused(database):
    person = await met(database)
    with pytest.raises(IntegrityError):
        await remember(
            database,
            ReportFiled(report(person.id, number="TPE-1")),
            ReportFiled(report(person.id, number="TPE-1")),
        )


@pytest.mark.parametrize(
    "happening, field, expected",
    [
        (lambda p: LanguageSet(p, "en", True), "language", "en"),
        (lambda p: LanguageSet(p, "en", True), "chosen", True),
        (lambda p: ReachChanged(p, False), "reachable", False),
        (lambda p: ConsentChanged(p, Consent.GIVEN, NOW), "surveys", Consent.GIVEN),
        (lambda p: StaffLinked(p, ANN, "王小明", NOW), "role", Role.STAFF),
    ],
)
async def test_what_became_of_a_person_is_remembered(database, happening, field, expected):
    person = await met(database)
    await remember(database, happening(person.id))
    assert getattr(await again(database), field) == expected


async def test_somebody_who_joins_twice_counts_once(database):
    filed = report((await met(database)).id)
    ben = await met(database, BEN)
    joined = ReportJoined(filed.id, ben.id, NOW)
    await remember(database, ReportFiled(filed), joined, joined)
    async with database.unit() as unit:
        assert await reports.joiners(unit, [filed.id]) == {filed.id: (ben.id,)}


async def test_a_correction_is_kept_as_an_example(database):
    correction = ReportCorrected("路燈不亮", "zh-TW", None, "urban", "streetlight", "m", "p", NOW)
    await remember(database, correction)
    async with database.unit() as unit:
        assert await corrections.all(unit) == [correction]


async def test_a_photo_added_twice_is_shown_once(database):
    person = await met(database)
    filed = report(person.id, photos=("p1",))
    added = PhotoAdded(filed.id, "p2")
    sent = PhotoSent("p2", person.id, ANN, "m-9", NOW)
    await remember(database, ReportFiled(filed), sent, added, added)
    assert (await got(database, filed.id)).photos == ("p1", "p2")


async def test_a_place_added_later_is_the_reports_place(database):
    filed = report((await met(database)).id, place=None)
    spot = Place("大安區龍門里", "point", "大安區", "龍門里", 25.03, 121.54)
    await remember(database, ReportFiled(filed), PlaceAdded(filed.id, spot))
    assert (await got(database, filed.id)).place == spot


async def test_a_move_changes_the_stage_and_tells_who_did_it(database):
    filed = report((await met(database)).id)
    moved = ReportMoved(filed.id, ReportStage.WORKING, "staff", NOW)
    await remember(database, ReportFiled(filed), moved, moved)
    async with database.unit() as unit:
        history = await proposals.history(unit, filed.id)
    assert history == [proposals.Move("working", "staff", "", NOW)]
    assert (await got(database, filed.id)).stage is ReportStage.WORKING


async def test_a_later_answer_takes_the_place_of_the_first(database):
    person = await met(database)
    first, second = Answer("q", "yes", NOW), Answer("q", ("a", "b"), later(1))
    answered = [QuestionAnswered(person.id, "s1", "survey", 2, each) for each in (first, second)]
    await remember(database, SurveyBegun(person.id, SESSION), *answered)
    async with database.unit() as unit:
        given = await surveys.answers(unit, "survey")
    assert given == [surveys.Given("s1", "r1", 2, second)]


async def test_an_answer_that_was_withdrawn_is_gone(database):
    person = await met(database)
    answered = QuestionAnswered(person.id, "s1", "survey", 2, Answer("q", 3, NOW))
    withdrawn = AnswerWithdrawn("s1", "q")
    await remember(database, SurveyBegun(person.id, SESSION), answered, withdrawn, withdrawn)
    async with database.unit() as unit:
        assert await surveys.answers(unit, "survey") == []


async def test_a_finished_survey_is_not_unfinished_any_more(database):
    person = await met(database)
    await remember(database, SurveyBegun(person.id, SESSION))
    async with database.unit() as unit:
        before = [held.id for held in await surveys.unfinished(unit, person.id)]
    await remember(database, SurveyFinished(person.id, "s1", later(5)))
    async with database.unit() as unit:
        after = await surveys.unfinished(unit, person.id)
        (held,) = await surveys.sessions(unit, "survey", "r1")
    assert (before, after, held.finished) == (["s1"], [], later(5))


async def test_a_gathered_report_makes_a_need_about_what_it_is_about(database):
    filed = report((await met(database)).id)
    await remember(database, ReportFiled(filed), ReportGathered(filed.id, "n1", "路燈", NOW))
    async with database.unit() as unit:
        need = await needs.get(unit, "n1", NOW)
    assert (need.title, need.kind, need.place, need.people) == ("路燈", "streetlight", LAMP, 1)


async def test_a_proposal_made_twice_is_forwarded_once_to_each_forwarder(database):
    filed = report((await met(database)).id)
    proposal = Proposal("p1", "n1", Stage.COLLECTED, {"title": "路燈"}, NOW)
    made = ProposalMade(proposal, ("folder", "webhook"), "job")
    gathered = ReportGathered(filed.id, "n1", "路燈", NOW)
    await remember(database, ReportFiled(filed), gathered, made, made)
    async with database.unit() as unit:
        due = await forwarding.take(unit, 9, NOW, timedelta(minutes=1))
        need = await needs.get(unit, "n1", NOW)
    assert [(each.proposal, each.forwarder) for each in due] == [
        (proposal, "folder"),
        (proposal, "webhook"),
    ]
    assert (need.stage, need.proposal) == ("collected", "p1")
