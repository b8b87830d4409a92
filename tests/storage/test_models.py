"""Models that learned are kept with their cards; which one judges is remembered."""

from __future__ import annotations

import pytest
from standins.rows import NOW, later

from bot.storage import models
from bot.storage.models import Kept


async def keep(database, *versions):
    async with database.unit() as unit:
        for number, version in enumerate(versions):
            await models.keep(unit, version, "base", b"data", "card", later(number))


async def use(database, *versions):
    async with database.unit() as unit:
        for version in versions:
            await models.use(unit, version, "may", NOW)


async def test_a_kept_model_comes_back_with_its_base(database):
    await keep(database, "a")
    async with database.unit() as unit:
        assert await models.load(unit, "a") == ("base", b"data")


async def test_a_kept_model_has_its_card(database):
    await keep(database, "a")
    async with database.unit() as unit:
        assert await models.card(unit, "a") == "card"


async def test_a_model_that_is_not_kept_is_none(database):
    async with database.unit() as unit:
        assert (await models.load(unit, "a"), await models.card(unit, "a")) == (None, None)


async def test_models_are_listed_the_oldest_first(database):
    await keep(database, "b", "a")
    async with database.unit() as unit:
        assert await models.all(unit) == [Kept("b", "base", NOW), Kept("a", "base", later(1))]


async def test_a_model_kept_twice_stays_as_it_was(database):
    await keep(database, "a")
    async with database.unit() as unit:
        await models.keep(unit, "a", "other", b"other", "other", NOW)
        assert await models.load(unit, "a") == ("base", b"data")


@pytest.mark.parametrize(
    "used, live, before",
    [
        ((), None, None),
        (("a",), "a", None),
        (("a", "b"), "b", "a"),
        (("a", "b", "a"), "a", None),
        (("a", "b", "c", "b"), "b", "a"),
        (("a", None), None, None),
    ],
)
async def test_the_last_one_used_judges_and_gives_way_to_the_one_before(
    database, used, live, before
):
    await keep(database, "a", "b", "c")
    await use(database, *used)
    async with database.unit() as unit:
        assert (await models.live(unit), await models.before(unit)) == (live, before)
