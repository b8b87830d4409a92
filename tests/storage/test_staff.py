import re

import pytest
from sqlalchemy import select
from standins.rows import NOW, later

from bot.storage import staff
from bot.storage.staff import NoSuchStaff
from bot.storage.tables import codes


@pytest.fixture
async def code(database):
    async with database.unit() as unit:
        await staff.add(unit, "王小明", "editor")
        return await staff.code(unit, "王小明", NOW)


async def redeem(database, code, at=NOW):
    async with database.unit() as unit:
        return await staff.redeem(unit, code, at)


def test_a_code_can_be_read_out(code):
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)


async def test_a_code_tells_whose_it_is_once(database, code):
    assert (await redeem(database, code), await redeem(database, code)) == ("王小明", None)


async def test_a_code_may_be_typed_small_and_without_its_dash(database, code):
    assert await redeem(database, code.replace("-", "").lower()) == "王小明"


async def test_a_code_lasts_15_minutes(database, code):
    assert await redeem(database, code, later(15 * 60)) is None


async def test_a_code_is_not_kept_as_it_is(database, code):
    async with database.unit() as unit:
        mark = await unit.connection.scalar(select(codes.c.mark))
    assert code.replace("-", "") not in mark.upper()


async def test_a_code_nobody_was_given_is_nobodys(database, code):
    assert await redeem(database, "0000-0000") is None


async def test_nobody_without_an_account_gets_a_code(database):
    with pytest.raises(NoSuchStaff):
        async with database.unit() as unit:
            await staff.code(unit, "王小明", NOW)


async def test_adding_an_account_again_changes_its_role(database, code):
    async with database.unit() as unit:
        await staff.add(unit, "王小明", "admin")
        assert await staff.role_of(unit, "王小明") == "admin"
