"""SQLite in the loop's own thread: who else has the file locked is waited for kindly."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.storage import inline
from bot.storage.database import Database
from bot.storage.vault import Vault


@pytest.fixture
async def place(tmp_path):
    """A database file, and another process's connection that has it locked."""
    path = tmp_path / "city.db"
    database = Database.open(f"sqlite:///{path}", Vault("k" * 32), lambda: "id")
    async with database.unit() as unit:
        await unit.connection.execute(text("CREATE TABLE words (word TEXT)"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield database, other
    other.close()
    await database.close()


async def write(database: Database, word: str) -> None:
    async with database.unit() as unit:
        await unit.connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})


async def test_a_unit_waits_for_another_process_while_the_loop_goes_on(place):
    database, other = place
    writing = asyncio.create_task(write(database, "waited"))
    for _ in range(9):
        await asyncio.sleep(0)  # the loop goes on
    other.execute("INSERT INTO words VALUES ('first')")
    other.execute("COMMIT")
    await writing
    assert other.execute("SELECT word FROM words").fetchall() == [("first",), ("waited",)]


async def test_a_lock_that_never_ends_is_told_of(place, monkeypatch):
    monkeypatch.setattr(inline, "PATIENCE", -1.0)
    with pytest.raises(OperationalError, match="locked"):
        await write(place[0], "never")


async def test_after_a_lock_that_was_told_of_the_database_goes_on(place, monkeypatch):
    database, other = place
    monkeypatch.setattr(inline, "PATIENCE", -1.0)
    with pytest.raises(OperationalError):
        await write(database, "never")
    other.execute("COMMIT")
    await write(database, "then")
    assert other.execute("SELECT word FROM words").fetchall() == [("then",)]


async def test_many_rows_at_once_are_kept_in_one_unit(place):
    database, other = place
    other.execute("COMMIT")
    rows = [{"word": word} for word in "abc"]
    async with database.unit() as unit:
        await unit.connection.execute(text("INSERT INTO words VALUES (:word)"), rows)
    assert other.execute("SELECT word FROM words").fetchall() == [("a",), ("b",), ("c",)]
