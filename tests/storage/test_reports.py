import pytest
from standins.rows import BEN, LAMP, NOW, later, met, remember, report

from bot.model.happenings import (
    PersonForgotten,
    ReportFiled,
    ReportGathered,
    ReportJoined,
    ReportMoved,
)
from bot.model.report import Problem, ReportStage
from bot.storage import reports
from bot.storage.nearby import reports_near
from intents.reading import Place

DAAN = Place("大安區", "district", "大安區")


@pytest.fixture
async def ann(database):
    return await met(database)


async def near(database, place=LAMP, domain="urban", kind="streetlight", since=NOW, metres=100):
    async with database.unit() as unit:
        about = Problem(domain, kind, place)
        found = await reports_near(unit, [about], since, metres)
        return [report.id for report, _ in found.get(about, ())]


async def file(database, person, name, **given):
    await remember(database, ReportFiled(report(person.id, id=name, **given)))


async def test_a_persons_own_reports_come_newest_first(database, ann):
    await file(database, ann, "old", at=NOW)
    await file(database, ann, "new", at=later(1))
    await file(database, await met(database, BEN), "other")
    async with database.unit() as unit:
        own = await reports.own(unit, [ann.id])
    assert {who: [r.id for r in some] for who, some in own.items()} == {ann.id: ["new", "old"]}


async def test_a_case_number_is_found_in_small_letters_too(database, ann):
    await file(database, ann, "r", number="TPE-ABC")
    async with database.unit() as unit:
        assert (await reports.by_number(unit, "tpe-abc")).id == "r"


async def test_the_same_kind_within_the_metres_is_near(database, ann):
    await file(database, ann, "r", place=Place("別名", "point", None, None, 25.0585, 121.5485))
    assert await near(database) == ["r"]


@pytest.mark.parametrize(
    "given",
    [
        {"place": Place("遠", "point", None, None, 25.068, 121.548)},
        {"place": Place("遠", "point", None, None, 25.058, 121.558)},
        {"place": None},
        {"kind": "pothole"},
        {"at": later(-1)},
        {"stage": ReportStage.DONE},
    ],
    ids=["north", "east", "nowhere", "other kind", "too old", "done"],
)
async def test_another_place_kind_time_or_a_done_one_is_not_near(database, ann, given):
    await file(database, ann, "r", **given)
    assert await near(database) == []


async def test_those_who_joined_a_report_nearby_are_counted_with_who_filed_it(database, ann):
    ben = await met(database, BEN)
    await file(database, ann, "r")
    await remember(database, ReportJoined("r", ben.id, NOW))
    async with database.unit() as unit:
        about = Problem(None, "streetlight", LAMP)
        (((_, people),),) = (await reports_near(unit, [about], NOW, 100)).values()
    assert people == 2


async def test_without_a_point_the_same_name_is_near(database, ann):
    nameless = Place("民生東路三段", "road")
    await file(database, ann, "r", place=nameless)
    assert (await near(database, nameless), await near(database)) == (["r"], ["r"])


async def test_without_a_point_the_same_district_is_near(database, ann):
    await file(database, ann, "r", place=Place("大安路一段", "road", "大安區", None, 25.04, 121.54))
    assert await near(database, DAAN) == ["r"]


async def test_the_newest_are_near_by_whatever_way_they_were_found(database, ann):
    placed = Place("大安路一段", "road", "大安區", None, 25.04, 121.54)
    for minute in range(6):
        await file(database, ann, f"named {minute}", place=DAAN, at=later(2 * minute))
        await file(database, ann, f"placed {minute}", place=placed, at=later(2 * minute + 1))
    assert await near(database, DAAN) == ["placed 5", "named 5", "placed 4", "named 4"]


async def test_newer_ones_that_are_done_hide_no_open_one(database, ann):
    await file(database, ann, "open", at=NOW)
    for minute in range(5):
        done = {"at": later(minute + 1), "stage": ReportStage.DONE}
        await file(database, ann, f"done {minute}", **done)
    assert await near(database) == ["open"]


async def test_many_problems_are_looked_up_at_once_and_each_finds_its_own(database, ann):
    await file(database, ann, "lamp")
    await file(database, ann, "hole", kind="pothole", place=DAAN)
    await file(database, ann, "lost", domain=None, kind=None, place=DAAN)
    lamp, hole = Problem("urban", "streetlight", LAMP), Problem("urban", "pothole", DAAN)
    lost, none = Problem(None, None, DAAN), Problem("urban", "pothole", LAMP)
    async with database.unit() as unit:
        found = await reports_near(unit, [lamp, hole, lost, none], NOW, 100)
    assert {problem: [r.id for r, _ in some] for problem, some in found.items()} == {
        lamp: ["lamp"],
        hole: ["hole"],
        lost: ["lost"],
    }


async def test_each_persons_own_reports_are_those_they_filed_or_joined(database, ann):
    ben = await met(database, BEN)
    await file(database, ann, "r")
    await file(database, ben, "s", at=later(1))
    await remember(database, ReportJoined("r", ben.id, NOW))
    async with database.unit() as unit:
        own = await reports.own(unit, [ann.id, ben.id])
    assert {who: [r.id for r in some] for who, some in own.items()} == {
        ann.id: ["r"],
        ben.id: ["s", "r"],
    }


async def test_without_a_kind_the_same_domain_is_near(database, ann):
    await file(database, ann, "r")
    assert (await near(database, kind=None), await near(database, kind=None, domain="safety")) == (
        ["r"],
        [],
    )


async def test_reports_without_a_need_wait_to_be_gathered_oldest_first(database, ann):
    for name, at in (("b", later(1)), ("a", NOW), ("c", later(2))):
        await file(database, ann, name, at=at)
    await remember(database, ReportGathered("c", "n1", "路燈", NOW))
    async with database.unit() as unit:
        assert [r.id for r in await reports.ungathered(unit, 9)] == ["a", "b"]


async def test_the_reports_of_a_need_leave_the_withdrawn_out(database, ann):
    for name in "ab":
        await file(database, ann, name)
        await remember(database, ReportGathered(name, "n1", "路燈", NOW))
    await remember(database, ReportMoved("b", ReportStage.WITHDRAWN, "p", NOW))
    async with database.unit() as unit:
        assert [r.id for r in await reports.of_need(unit, "n1")] == ["a"]


async def test_a_span_holds_its_start_and_not_its_end(database, ann):
    for name, at in (("a", NOW), ("b", later(5)), ("c", later(10))):
        await file(database, ann, name, at=at)
    async with database.unit() as unit:
        assert [r.id for r in await reports.between(unit, NOW, later(10))] == ["a", "b"]


async def test_open_reports_without_a_domain_wait_for_a_person(database, ann):
    await file(database, ann, "a", domain=None)
    await file(database, ann, "b", domain=None, stage=ReportStage.DONE)
    await file(database, ann, "c")
    async with database.unit() as unit:
        assert [r.id for r in await reports.waiting_for_person(unit)] == ["a"]


async def test_a_report_of_a_forgotten_person_keeps_its_day_and_domain(database, ann):
    await file(database, ann, "a")
    await remember(database, PersonForgotten(ann.id, NOW))
    async with database.unit() as unit:
        (kept,) = await reports.between(unit, NOW, later(1))
    assert (kept.text, kept.domain, kept.place) == (
        "",
        "urban",
        Place("松山區", "district", "松山區"),
    )
