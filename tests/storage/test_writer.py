import asyncio
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from standins.rows import NOW, arrival, events, taken

from bot.storage import writer
from bot.storage.writer import Closed, GroupWriter


class Counting:
    """A database that counts its units."""

    def __init__(self, database):
        self.database, self.units = database, 0

    def unit(self, hurry):
        self.units += 1
        return self.database.unit(hurry)


@pytest.fixture
def counting(database):
    return Counting(database)


@pytest.fixture
def group(counting):
    return GroupWriter(counting, lambda: NOW)


async def test_what_was_put_is_stored_when_put_returns(database, group):
    await group.put([arrival("e1")])
    assert events(await taken(database)) == [["e1"]]


async def test_callers_at_once_share_a_commit(counting, group):
    await asyncio.gather(*(group.put([arrival(f"e{n}")]) for n in range(50)))
    assert counting.units <= 2


async def test_callers_at_once_are_stored_in_the_order_they_called(database, group):
    await asyncio.gather(*(group.put([arrival(f"e{n}")]) for n in range(5)))
    assert events(await taken(database)) == [["e0", "e1", "e2", "e3", "e4"]]


async def test_a_great_crowd_is_split_into_several_commits(counting, group, monkeypatch):
    monkeypatch.setattr(writer, "MOST", 10)
    await asyncio.gather(*(group.put([arrival(f"e{n}")]) for n in range(50)))
    assert counting.units >= 5


async def rename(database, name, other):
    async with database.unit() as unit:
        await unit.connection.execute(text(f"ALTER TABLE {name} RENAME TO {other}"))


@asynccontextmanager
async def renamed(database):
    """The inbox is not to be found for the block."""
    await rename(database, "inbox", "elsewhere")
    try:
        yield
    finally:
        await rename(database, "elsewhere", "inbox")


async def test_every_caller_of_a_group_is_told_of_its_error(database, group):
    async with renamed(database):
        putting = (group.put([arrival(f"e{n}")]) for n in range(5))
        told = await asyncio.gather(*putting, return_exceptions=True)
    assert [isinstance(fault, SQLAlchemyError) for fault in told] == [True] * 5


async def test_after_an_error_the_next_group_is_stored(database, group):
    async with database.unit() as unit:
        await unit.connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    with pytest.raises(SQLAlchemyError):
        await group.put([arrival("e1")])
    async with database.unit() as unit:
        await unit.connection.execute(text("ALTER TABLE away RENAME TO inbox"))
    await group.put([arrival("e2")])
    assert events(await taken(database)) == [["e2"]]


async def test_a_caller_that_gives_up_does_not_disturb_the_others(database, group):
    leaving = asyncio.create_task(group.put([arrival("e1")]))
    staying = asyncio.create_task(group.put([arrival("e2")]))
    await asyncio.sleep(0)
    leaving.cancel()
    await staying
    assert events(await taken(database)) == [["e1", "e2"]]


async def test_closing_stores_what_was_put_before(database, group):
    putting = asyncio.create_task(group.put([arrival("e1")]))
    await asyncio.sleep(0)
    await group.close()
    await putting
    assert events(await taken(database)) == [["e1"]]


async def test_a_closed_writer_takes_nothing_more(group):
    await group.close()
    with pytest.raises(Closed):
        await group.put([arrival("e1")])
