from dataclasses import replace
from datetime import timedelta

import pytest
from standins.rows import BEN, LAMP, NOW, later, met, remember, report

from bot.model.happenings import (
    ProposalMade,
    ReportFiled,
    ReportGathered,
    ReportJoined,
    ReportMoved,
)
from bot.model.proposal import Forwarding, Proposal, Stage
from bot.model.report import Problem, ReportStage
from bot.storage import forwarding, needs, proposals
from bot.storage.nearby import needs_near
from intents.reading import Place

PROPOSAL = Proposal("p1", "n1", Stage.COLLECTED, {"title": "路燈"}, NOW)
LEASE = timedelta(minutes=2)


@pytest.fixture
async def ann(database):
    return await met(database)


async def gather(database, person, report_id, need="n1", title="路燈", **given):
    filed = ReportFiled(report(person.id, id=report_id, **given))
    await remember(database, filed, ReportGathered(report_id, need, title, NOW))


async def get(database, now=NOW):
    async with database.unit() as unit:
        return await needs.get(unit, "n1", now)


async def near(database, kind="streetlight", domain="urban", since=NOW, place=LAMP):
    async with database.unit() as unit:
        found = await needs_near(unit, [Problem(domain, kind, place)], since, 100)
    return [one for some in found.values() for one in sorted(some)]


async def test_a_person_who_reports_twice_and_joins_counts_once(database, ann):
    await gather(database, ann, "a")
    await gather(database, ann, "b", title="")
    await remember(database, ReportJoined("a", ann.id, NOW))
    need = await get(database)
    assert (need.people, need.reports) == (1, 2)


async def test_somebody_who_joined_counts_as_a_person_and_not_as_a_report(database, ann):
    await gather(database, ann, "a")
    ben = await met(database, BEN)
    await remember(database, ReportJoined("a", ben.id, later(60)))
    need = await get(database)
    assert (need.people, need.reports, need.first, need.last) == (2, 1, NOW, later(60))


async def test_a_candidate_counts_each_person_once_and_when_the_last_spoke(database, ann):
    await gather(database, ann, "a")
    await gather(database, ann, "b", title="")
    ben = await met(database, BEN)
    await remember(database, ReportJoined("a", ben.id, later(60)))
    async with database.unit() as unit:
        (found,) = await needs.candidates(unit, ["n1"])
    assert (found.people, found.last) == (2, later(60))


async def test_a_person_counts_half_in_the_heat_after_two_weeks(database, ann):
    await gather(database, ann, "a")
    ben = await met(database, BEN)
    await remember(database, ReportJoined("a", ben.id, later(days=14)))
    assert (await get(database, later(days=14))).heat == pytest.approx(1.5)


async def test_a_withdrawn_report_counts_no_more(database, ann):
    await gather(database, ann, "a")
    await gather(database, await met(database, BEN), "b", title="")
    await remember(database, ReportMoved("b", ReportStage.WITHDRAWN, "p", NOW))
    assert (await get(database)).people == 1


async def test_needs_come_the_hottest_first(database, ann):
    await gather(database, ann, "a", need="cold")
    await gather(database, ann, "b", need="hot")
    await gather(database, await met(database, BEN), "c", need="hot", title="")
    async with database.unit() as unit:
        assert [need.id for need in await needs.all(unit, NOW)] == ["hot", "cold"]


async def test_a_need_is_told_with_its_last_five_texts(database, ann):
    for number in range(6):
        title = "" if number else "路燈"
        await gather(database, ann, f"r{number}", title=title, text=f"t{number}", at=later(number))
    async with database.unit() as unit:
        (need,) = await needs.candidates(unit, ["n1"])
    assert (need.id, need.texts) == ("n1", ("t1", "t2", "t3", "t4", "t5"))


SECTION = Place("民生東路三段", "road")
HOUSE = Place("民生東路三段12號", "address", "松山區")


@pytest.mark.parametrize(
    "place, sought, found",
    [
        (HOUSE, HOUSE, True),
        (HOUSE, SECTION, True),
        (SECTION, HOUSE, True),
        (HOUSE, Place("民生東路四段12號", "address", "松山區"), False),
        (HOUSE, None, False),
        (None, None, True),
        (None, HOUSE, False),
        (LAMP, replace(LAMP, name="旁邊", lat=LAMP.lat + 0.0008), True),
        (LAMP, replace(LAMP, name="遠處", lat=LAMP.lat + 0.0010), False),
        (LAMP, replace(LAMP, name="遠處", lon=LAMP.lon + 0.0011), False),
        (LAMP, replace(LAMP, lat=None, lon=None), True),
    ],
)
async def test_a_need_is_near_by_name_road_or_distance(database, ann, place, sought, found):
    await gather(database, ann, "a", place=place)
    assert await near(database, place=sought) == (["n1"] if found else [])


@pytest.mark.parametrize(
    "given, sought, found",
    [
        ({}, {"kind": "pothole"}, False),
        ({"kind": None}, {"kind": "pothole"}, True),
        ({"kind": None, "domain": "safety"}, {"kind": "pothole"}, False),
        ({}, {"kind": None}, True),
        ({"kind": None, "domain": None}, {"kind": None, "domain": None}, True),
        ({}, {"kind": None, "domain": None}, False),
        ({}, {"since": later(1)}, False),
    ],
)
async def test_near_is_the_same_kind_or_else_the_same_domain(database, ann, given, sought, found):
    await gather(database, ann, "a", **given)
    assert bool(await near(database, **sought)) == found


async def test_a_need_that_was_declined_gathers_no_more(database, ann):
    await gather(database, ann, "a")
    await remember(database, ProposalMade(PROPOSAL, (), "job"))
    async with database.unit() as unit:
        await proposals.move(unit, "p1", Stage.DECLINED, "city", "no money", NOW)
    assert await near(database) == []


async def test_a_moved_proposal_moves_its_need_and_tells_why(database, ann):
    await gather(database, ann, "a")
    await remember(database, ProposalMade(PROPOSAL, (), "job"))
    async with database.unit() as unit:
        moved = [
            await proposals.move(unit, "p1", Stage.PLANNING, "city", "next year", later(1))
            for _ in range(2)
        ]
        history = await proposals.history(unit, "p1")
        assert (await proposals.get(unit, "p1")).stage is Stage.PLANNING
    assert moved == [True, False]
    assert history == [
        proposals.Move("collected", "job", "", NOW),
        proposals.Move("planning", "city", "next year", later(1)),
    ]
    assert (await get(database)).stage == "planning"


@pytest.fixture
async def forwarded(database, ann) -> Forwarding:
    """A forwarding taken for the first time."""
    await gather(database, ann, "a")
    await remember(database, ProposalMade(PROPOSAL, ("folder",), "job"))
    return (await take(database))[0]


async def take(database, at=NOW):
    async with database.unit() as unit:
        return await forwarding.take(unit, 9, at, LEASE)


async def test_a_forwarding_is_leased_and_then_tried_again_with_the_same_key(database, forwarded):
    held, (again,) = await take(database, later(119)), await take(database, later(120))
    assert (held, again.key, again.attempts) == ([], forwarded.key, 2)


async def test_a_delivered_forwarding_is_done(database, forwarded):
    async with database.unit() as unit:
        await forwarding.delivered(unit, [forwarded.id], NOW)
    assert await take(database, later(days=9)) == []


async def test_a_failed_forwarding_is_seen_and_tried_again_when_due(database, forwarded):
    async with database.unit() as unit:
        await forwarding.retry(unit, forwarded.id, later(300), "down")
        stuck = await forwarding.stuck(unit)
    assert stuck == [forwarding.Stuck(forwarded.id, "p1", "folder", 1, "down")]
    assert (await take(database, later(299)), len(await take(database, later(300)))) == ([], 1)


async def test_a_forwarding_given_up_is_seen_and_tried_no_more(database, forwarded):
    async with database.unit() as unit:
        await forwarding.give_up(unit, forwarded.id, "refused")
        assert [each.error for each in await forwarding.stuck(unit)] == ["refused"]
    assert await take(database, later(days=9)) == []
