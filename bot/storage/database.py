"""The database, SQLite or PostgreSQL: one transaction is one Unit."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage import migrating
from bot.storage.vault import Vault

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # Committed rows survive the process's death; only a power cut could lose the last few,
    # never corrupt the file. FULL would cost a disk flush at every commit.
    "PRAGMA synchronous=NORMAL",
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
)

TRY_LOCK = text("SELECT pg_try_advisory_lock(:key)")
UNLOCK = text("SELECT pg_advisory_unlock(:key)")


@dataclass(frozen=True, slots=True)
class Unit:
    """One transaction. All that is done in it is kept together or not at all."""

    connection: AsyncConnection
    vault: Vault
    mint: Callable[[], str]


class Database:
    """Opens Units. On SQLite they stand in line, for it has one writer."""

    def __init__(self, engine: AsyncEngine, vault: Vault, mint: Callable[[], str]) -> None:
        self._engine = engine
        self._vault = vault
        self._mint = mint
        line = asyncio.Lock() if self.dialect == "sqlite" else nullcontext()
        self._line: AbstractAsyncContextManager[Any] = line

    @classmethod
    def open(cls, url: str, vault: Vault, mint: Callable[[], str]) -> Database:
        """The database at `sqlite:///path` or `postgresql://…`; connects when first used."""
        place = asynchronous(make_url(url))
        engine = _sqlite(place) if place.get_backend_name() == "sqlite" else _postgresql(place)
        return cls(engine, vault, mint)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """A transaction: committed at the end of the block, undone when it raises."""
        async with self._line, self._engine.begin() as connection:
            yield Unit(connection, self._vault, self._mint)

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[bool]:
        """Whether no other process is in the block of that name; False if one is.

        A process that dies lets go by itself. SQLite serves one process: always True.
        """
        if self.dialect == "sqlite":
            yield True
            return
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        async with self._engine.connect() as plain:
            connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
            won = bool(await connection.scalar(TRY_LOCK, {"key": key}))
            try:
                yield won
            finally:
                if won:
                    await connection.execute(UNLOCK, {"key": key})

    async def upgrade(self) -> None:
        """Bring the tables up to date; processes that start together wait for each other."""
        async with self._line, self._engine.begin() as connection:
            await connection.run_sync(migrating.upgrade)

    async def revise(self, message: str) -> str:
        """Write a migration from the database to tables.py; gives its path."""
        async with self._line, self._engine.begin() as connection:
            return await connection.run_sync(migrating.revise, message)

    async def migrated(self) -> bool:
        """Whether the tables are up to date; raises when the database cannot be reached."""
        async with self._line, self._engine.connect() as connection:
            return await connection.run_sync(migrating.at_head)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()


def asynchronous(url: URL) -> URL:
    """The same address for the asynchronous driver, which calls some options otherwise."""
    url = url.set(drivername=DRIVERS[url.get_backend_name()])
    query = dict(url.query)
    if url.get_backend_name() == "postgresql" and "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return url.set(query=query)


def _sqlite(url: URL) -> AsyncEngine:
    # Each statement runs in a thread of its own and must get the interpreter back: with the
    # default of 5 ms a busy loop makes it wait longer than the statement takes.
    sys.setswitchinterval(0.0002)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, pool_reset_on_return=None)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    """The driver must not begin by itself: it begins too late and loses updates."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock first, so that what is read is still true when written."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(url: URL) -> AsyncEngine:
    """Plans are kept: the statements are few, their lists of ids of many lengths."""
    return create_async_engine(
        url,
        pool_size=10,
        pool_pre_ping=True,
        connect_args={"prepared_statement_cache_size": 500, "server_settings": {"jit": "off"}},
    )
