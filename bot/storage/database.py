"""The database, SQLite or PostgreSQL: one transaction is one Unit."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage import inline, migrating
from bot.storage.line import Line
from bot.storage.vault import Vault

DRIVERS = {"sqlite": inline.DRIVER, "postgresql": "postgresql+asyncpg"}

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
        self._line = Line() if self.dialect == "sqlite" else None

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
    async def unit(self, hurry: bool = False) -> AsyncIterator[Unit]:
        """A transaction: committed at the end of the block, undone when it raises.

        With `hurry` it goes before others that stand in line.
        """
        async with self._turn(hurry), self._engine.begin() as connection:
            yield Unit(connection, self._vault, self._mint)

    @property
    def pressed(self) -> bool:
        """Whether somebody in a hurry waits for the end of the unit that is open now."""
        return self._line is not None and self._line.pressed

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
        async with self._turn(), self._engine.begin() as connection:
            await connection.run_sync(migrating.upgrade)

    async def revise(self, message: str) -> str:
        """Write a migration from the database to tables.py; gives its path."""
        async with self._turn(), self._engine.begin() as connection:
            return await connection.run_sync(migrating.revise, message)

    async def migrated(self) -> bool:
        """Whether the tables are up to date; raises when the database cannot be reached."""
        async with self._turn(), self._engine.connect() as connection:
            return await connection.run_sync(migrating.at_head)

    def _turn(self, hurry: bool = False) -> AbstractAsyncContextManager[None]:
        return nullcontext() if self._line is None else self._line.turn(hurry)

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
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url, pool_reset_on_return=None, connect_args={"factory": inline.Session}
    )
    event.listen(engine.sync_engine, "connect", inline.prepare)
    event.listen(engine.sync_engine, "begin", inline.begin)
    return engine


def _postgresql(url: URL) -> AsyncEngine:
    """Plans are kept: the statements are few, their lists of ids of many lengths."""
    return create_async_engine(
        url,
        pool_size=10,
        pool_pre_ping=True,
        connect_args={"prepared_statement_cache_size": 500, "server_settings": {"jit": "off"}},
    )
