import pytest
from standins.rows import ANN, NOW, later, met, remember, report

from bot.model.happenings import (
    LanguageSet,
    PhotoSent,
    QuestionAnswered,
    ReportFiled,
    SurveyBegun,
)
from bot.storage import media
from bot.storage.media import Fetching
from bot.storage.tidying import tidy
from surveys.session import Answer, Session


@pytest.fixture
async def ann(database):
    """A person who sent a photo p1."""
    person = await met(database)
    await remember(
        database,
        LanguageSet(person.id, "en", True),
        PhotoSent("p1", person.id, ANN, "m-9", NOW),
    )
    return person


async def take(database, at=NOW):
    async with database.unit() as unit:
        return await media.take(unit, at)


async def test_a_photo_that_was_sent_is_to_be_fetched(database, ann):
    assert await take(database) == Fetching("p1", ANN, "m-9", 1, "en")


async def test_a_photo_being_fetched_is_nobody_elses_until_the_lease_ends(database, ann):
    await take(database)
    held, again = await take(database, later(299)), await take(database, later(300))
    assert (held, again.attempts) == (None, 2)


async def test_a_photo_that_failed_is_tried_again_when_due(database, ann):
    await take(database)
    async with database.unit() as unit:
        await media.retry(unit, "p1", later(10))
    assert (await take(database, later(9)), (await take(database, later(10))).photo) == (None, "p1")


@pytest.mark.parametrize("end", [media.kept, media.refused])
async def test_a_photo_that_was_kept_or_refused_is_not_fetched_again(database, ann, end):
    async with database.unit() as unit:
        await end(unit, "p1")
    assert await take(database, later(days=9)) is None


async def kept_for_days(database, days):
    """Which files are to be deleted when p1 was kept so long."""
    async with database.unit() as unit:
        await media.kept(unit, "p1")
        await tidy(unit, later(days=days))
        return await media.unwanted(unit, later(days=days))


async def test_a_photo_that_came_into_no_report_is_deleted_after_a_week(database, ann):
    assert await kept_for_days(database, 8) == ["p1"]


async def test_a_photo_that_came_into_no_report_may_wait_some_days(database, ann):
    assert await kept_for_days(database, 6) == []


async def test_a_photo_of_a_report_stays(database, ann):
    await remember(database, ReportFiled(report(ann.id, photos=("p0", "p1"))))
    assert await kept_for_days(database, 8) == []


async def test_a_photo_that_answers_a_survey_stays(database, ann):
    session = Session("s1", "walk", 1, "r1", "zh-TW", NOW)
    answer = Answer("where", "photo:p1", NOW)
    answered = QuestionAnswered(ann.id, "s1", "walk", 1, answer)
    await remember(database, SurveyBegun(ann.id, session), answered)
    assert await kept_for_days(database, 8) == []


async def test_a_file_that_was_deleted_is_not_asked_for_again(database, ann):
    await kept_for_days(database, 8)
    async with database.unit() as unit:
        await media.deleted(unit, ["p1"])
        assert await media.unwanted(unit, later(days=9)) == []
