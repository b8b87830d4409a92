import json

import orjson
from standins.rows import ANN, BEN, NOW, met, remember, report

from bot.model.happenings import (
    ConsentChanged,
    QuestionAnswered,
    ReachChanged,
    ReportFiled,
    ReportJoined,
    StaffLinked,
    SurveyBegun,
)
from bot.model.messages import Address
from bot.model.person import Consent
from bot.storage import people
from surveys.session import Answer, Session


async def consenting(database):
    async with database.unit() as unit:
        return [person.address for person in await people.consenting(unit)]


async def test_who_never_wrote_is_nobody(database):
    async with database.unit() as unit:
        assert await people.by_address(unit, ANN) is None


async def test_a_person_is_found_by_id_and_by_address(database):
    person = await met(database)
    async with database.unit() as unit:
        assert await people.get(unit, person.id) == await people.by_address(unit, ANN) == person


async def test_an_address_with_a_colon_in_its_id_comes_back_unchanged(database):
    address = Address("simulator", "a:b:c")
    assert (await met(database, address)).address == address


async def test_surveys_go_to_those_who_agreed_and_can_be_reached(database):
    ann, ben = await met(database), await met(database, BEN)
    given = [ConsentChanged(p.id, Consent.GIVEN, NOW) for p in (ann, ben)]
    await remember(database, *given, ReachChanged(ben.id, False))
    assert await consenting(database) == [ANN]


async def test_who_was_only_asked_gets_no_surveys(database):
    ann = await met(database)
    await remember(database, ConsentChanged(ann.id, Consent.ASKED, NOW))
    assert await consenting(database) == []


async def test_staff_are_those_whose_chat_is_linked(database):
    ann, _ = await met(database), await met(database, BEN)
    await remember(database, StaffLinked(ann.id, ANN, "王小明", NOW))
    async with database.unit() as unit:
        assert [person.address for person in await people.staff(unit)] == [ANN]


async def test_an_export_holds_all_that_is_kept_of_a_person_and_goes_to_json(database):
    ann, ben = await met(database), await met(database, BEN)
    mine, other = report(ann.id, text="我的"), report(ben.id, text="別人的")
    await remember(
        database,
        ReportFiled(mine),
        ReportFiled(other),
        ReportJoined(other.id, ann.id, NOW),
        SurveyBegun(ann.id, Session("s1", "survey", 1, "r1", "en", NOW)),
        QuestionAnswered(ann.id, "s1", "survey", 1, Answer("q", ("a", "b"), NOW)),
    )
    async with database.unit() as unit:
        kept = json.loads(orjson.dumps(await people.export(unit, ANN)))
    assert [r["text"] for r in kept["reports"]] == ["我的"]
    assert [j["report"] for j in kept["joined"]] == [other.id]
    assert kept["surveys"][0]["answers"][0]["value"] == ["a", "b"]
    assert kept["person"]["address"] == {"channel": "line", "id": "U-ann"}
