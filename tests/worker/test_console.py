"""What staff do in the console, over SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from standins.console import CONFIG, MAY, Back, code_of, console, text
from standins.forms import CONTENT, OFTEN
from standins.rows import NOW, met, remember
from standins.workbooks import FORM, workbook

from bot.model.console import Staff
from bot.model.errors import CityvoiceError, Misconfigured
from bot.model.happenings import SurveyBegun, SurveyFinished
from bot.storage import definitions, editions, staff, surveys
from surveys.session import Session

WALK = text(OFTEN)


async def told(database, written):
    """The faults of a definition, each as line and fault."""
    return [(f.line, f.fault) for f in (await console(database).check(written)).faults]


async def sent(database, written):
    """The survey of a definition went out at some time."""
    sheet = await console(database).check(written)
    async with database.unit() as unit:
        await editions.publish(unit, sheet.survey, NOW)


async def at_work(database, written=WALK, back=None):
    desk = console(database, back)
    await desk.save(MAY, written)
    return await desk.put_to_work(MAY, "walk")


async def test_a_one_time_code_opens_the_door(database):
    token = await console(database).enter(await code_of(database))
    assert await console(database).who(token) == MAY


async def test_a_code_opens_it_once(database):
    code = await code_of(database)
    await console(database).enter(code)
    assert await console(database).enter(code) is None


@pytest.mark.parametrize("token", ["", "abc", "é", "AAAA" * 20])
async def test_what_was_given_to_nobody_opens_nothing(database, token):
    assert await console(database).who(token) is None


async def test_after_a_working_day_one_signs_in_again(database):
    back = Back()
    desk = console(database, back)
    token = await desk.enter(await code_of(database))
    back.now = NOW + timedelta(hours=10)
    assert await desk.who(token) is None


async def test_a_role_counts_as_it_is_now(database):
    token = await console(database).enter(await code_of(database))
    async with database.unit() as unit:
        await staff.add(unit, "may", "viewer")
    assert await console(database).who(token) == Staff("may", "viewer")


async def test_a_sound_definition_is_kept_as_a_draft(database):
    await console(database).save(MAY, WALK)
    kept = await console(database).sheet("walk")
    assert (kept.text, kept.survey.id, kept.live, kept.by) == (WALK, "walk", None, "may")


async def test_one_with_faults_is_told_all_of_them_and_not_kept(database):
    broken = text({**OFTEN, "type": "chioce"}, minutes="x")
    sheet = await console(database).save(MAY, broken)
    lines = [fault.line for fault in sheet.faults]
    assert (len(lines), lines == sorted(lines), sheet.text) == (2, True, broken)
    assert await console(database).sheet("walk") is None


async def test_checking_keeps_nothing(database):
    await console(database).check(WALK)
    assert await console(database).sheet("walk") is None


async def test_a_draft_is_offered_once_it_is_put_to_work(database):
    back = Back()
    await at_work(database, back=back)
    kept = await console(database).sheet("walk")
    assert (kept.live.id, kept.changed, back.looks) == ("walk", False, 1)


async def test_what_is_at_work_stays_while_the_draft_is_changed(database):
    await at_work(database)
    await console(database).save(MAY, text(OFTEN, CONTENT, version=2))
    kept = await console(database).sheet("walk")
    assert (kept.live.version, kept.survey.version, kept.changed) == (1, 2, True)


async def test_what_is_taken_off_stays_a_draft(database):
    await at_work(database)
    await console(database).take_off(MAY, "walk")
    kept = await console(database).sheet("walk")
    assert (kept.live, kept.text) == (None, WALK)


async def test_what_is_thrown_away_is_gone(database):
    await at_work(database)
    await console(database).remove(MAY, "walk")
    assert await console(database).sheet("walk") is None


async def test_nothing_is_put_to_work_that_is_not_there(database):
    assert await console(database).put_to_work(MAY, "moon") is None


async def test_the_citys_own_surveys_are_shown_and_are_not_written_over(database):
    here = await console(database).sheet("last_mile")
    assert (here.text, here.live.id) == ("", "last_mile")
    assert await told(database, text(id="last_mile")) == [
        (1, "the survey last_mile is defined in the city's files")
    ]


async def test_a_version_that_was_sent_keeps_its_questions(database):
    await sent(database, WALK)
    faults = await told(database, text(OFTEN, CONTENT, version=1))
    assert [fault for _, fault in faults] == ["version 1 was sent with other questions"]


async def test_a_sent_version_may_get_another_schedule(database):
    await sent(database, WALK)
    assert await told(database, text(OFTEN, schedule={"every": "daily"})) == []


async def test_a_draft_that_clashes_by_now_is_not_put_to_work(database):
    await console(database).save(MAY, text(OFTEN, CONTENT))
    await sent(database, WALK)
    sheet = await console(database).put_to_work(MAY, "walk")
    kept = await console(database).sheet("walk")
    assert (len(sheet.faults), kept.live) == (1, None)


async def test_an_audience_names_what_there_is(database):
    faults = await told(database, text(OFTEN, audience={"districts": ["月球區"]}))
    assert [fault for _, fault in faults] == ["月球區 is not known among the districts"]


async def test_an_audience_may_be_those_who_answered_another_survey_of_the_console(database):
    await at_work(database)
    earlier = {"survey": "walk", "question": "often", "any_of": ["daily"]}
    assert await told(database, text(CONTENT, id="next", audience={"answered": earlier})) == []


async def test_lines_that_stand_for_more_than_a_memory_holds_are_refused(database):
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert await told(database, bomb) == [(1, "holds an alias (*)")]


async def test_a_definition_without_end_is_refused(database):
    assert await told(database, "#" * 200_001) == [(1, "is longer than 200000 characters")]


async def test_a_round_is_sent_and_counted(database):
    back = Back()
    sheet = await at_work(database)
    assert (await console(database, back).send(MAY, sheet.survey), back.sent) == (2, ["walk"])


async def test_how_rounds_stand_is_told_the_newest_first(database):
    await at_work(database)
    ann = await met(database)
    session = Session("s1", "walk", 1, "20260302T0900", "zh-TW", NOW)
    await remember(database, SurveyBegun(ann.id, session), SurveyFinished(ann.id, "s1", NOW))
    async with database.unit() as unit:
        await surveys.invited(unit, "walk", "20260302T0900", 7)
        await surveys.invited(unit, "walk", "20260309T0900", 5)
        await surveys.invited(unit, "last_mile", "20260309T0900", 3)
    rounds = (await console(database).sheet("walk")).rounds
    assert [(r.began.day, r.invited, r.finished) for r in rounds] == [(9, 5, 0), (2, 7, 1)]


async def test_an_xlsform_becomes_a_definition(database):
    found = console(database).imported(workbook(FORM), "library")
    assert (await console(database).check(found)).survey.id == "library"


async def test_what_is_no_workbook_is_told_by_its_name(database):
    with pytest.raises(CityvoiceError, match="notes can't be read"):
        console(database).imported(b"hello", "notes")


async def test_every_fault_of_a_workbook_is_told_with_its_row(database):
    head, _, sound = FORM["survey"]
    rows = [head, sound, ["begin_repeat", "r", "x", ""], ["telepathy", "t", "x", ""]]
    with pytest.raises(Misconfigured) as wrong:
        console(database).imported(workbook({**FORM, "survey": rows}), "library")
    assert ["row" in f.file and bool(f.remedy) for f in wrong.value.faults] == [True, True]


async def test_the_sample_to_begin_from_has_no_faults(database):
    sample = Path(CONFIG).parent / "bot" / "web" / "templates" / "survey.yaml"
    assert await told(database, sample.read_text("utf-8")) == []


async def test_everything_written_is_listed_after_the_citys_own(database):
    await console(database).save(MAY, WALK)
    ids = [sheet.survey.id for sheet in await console(database).sheets()]
    assert ids == ["last_mile", "walk"]


async def test_a_draft_keeps_what_is_at_work(database):
    async with database.unit() as unit:
        await definitions.draft(unit, "walk", "one", "may", NOW)
        await definitions.put_to_work(unit, "walk", "may", NOW)
        await definitions.draft(unit, "walk", "two", "ben", NOW)
        kept = await definitions.get(unit, "walk")
    assert (kept.draft, kept.live, kept.by) == ("two", "one", "ben")
