import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, make_url
from standins.rows import NOW, met

from bot.storage.columns import metadata
from bot.storage.database import Database, asynchronous
from bot.storage.tables import people
from bot.storage.vault import Vault


async def test_the_migrations_make_just_the_tables_that_the_code_knows(database):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with database.unit() as unit:
        assert await unit.connection.run_sync(differences) == []


async def test_an_upgraded_database_is_migrated(database):
    assert await database.migrated()


async def test_a_new_database_is_not_migrated(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path}/deep/new.db", Vault("s"), str)
    assert not await database.migrated()
    await database.close()


async def test_upgrading_twice_changes_nothing(database):
    person = await met(database)
    await database.upgrade()
    assert await met(database) == person


async def test_a_unit_that_raises_keeps_nothing(database):
    async def failing():
        async with database.unit() as unit:
            await unit.connection.execute(insert(people), {"id": "p", "since": NOW})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    async with database.unit() as unit:
        assert (await unit.connection.execute(people.select())).all() == []


async def test_a_time_without_a_zone_is_refused(database):
    row = {"id": "p", "since": NOW.replace(tzinfo=None)}
    with pytest.raises(Exception, match="without a zone"):
        async with database.unit() as unit:
            await unit.connection.execute(insert(people), row)


async def test_one_process_is_alone_in_a_block_of_a_name(database):
    async with database.alone("digest") as won, database.alone("digest") as second:
        assert (won, second) == (True, database.dialect == "sqlite")


async def test_blocks_of_other_names_do_not_hinder_each_other(database):
    async with database.alone("digest") as one, database.alone("rounds") as other:
        assert (one, other) == (True, True)


async def test_a_block_that_was_left_is_free_again(database):
    async with database.alone("digest"):
        pass
    async with database.alone("digest") as won:
        assert won


async def test_a_cancelled_unit_keeps_nobody_out(database):
    async def forever():
        async with database.unit():
            await asyncio.Event().wait()

    task = asyncio.create_task(forever())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await met(database)).reachable


@pytest.mark.parametrize(
    "given, expected",
    [
        ("sqlite:///var/x.db", "sqlite+inline:///var/x.db"),
        ("postgresql://u:p@h:5/d", "postgresql+asyncpg://u:p@h:5/d"),
        ("postgresql://h/d?sslmode=require", "postgresql+asyncpg://h/d?ssl=require"),
    ],
)
def test_a_url_of_the_settings_becomes_that_of_the_asynchronous_driver(given, expected):
    assert asynchronous(make_url(given)).render_as_string(hide_password=False) == expected
