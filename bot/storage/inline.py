"""SQLite in the event loop's own thread.

A statement on a file takes some tens of microseconds; to hand it to another thread and to
wait for it takes several times that. So statements run at once where they are awaited, and
only the wait for another process's lock gives the loop back.
"""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

DRIVER = "sqlite+inline"

PATIENCE = 15.0
"""Seconds to wait for another process's lock."""

LOOK = 0.005
"""Seconds between two looks at it."""

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # Committed rows survive the process's death; only a power cut could lose the last few,
    # never corrupt the file. FULL would cost a disk flush at every commit.
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    # From here on a lock is waited for in `begin`, which lets the others go on meanwhile.
    "PRAGMA busy_timeout=0",
)


class Cursor(sqlite3.Cursor):
    """A cursor as SQLAlchemy's asyncio side wants it: nothing of it is left to be awaited."""

    async def _async_soft_close(self) -> None:
        pass


class Session(sqlite3.Connection):
    """A connection with such cursors."""

    def cursor(self, factory: Any = Cursor) -> Any:
        """A fresh cursor."""
        return super().cursor(factory)


class Inline(SQLiteDialect_pysqlite):
    """The standard library's driver under SQLAlchemy's asyncio interface."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: Any) -> type[Pool]:
        """A pool whose waits are awaited."""
        return AsyncAdaptedQueuePool

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        """Run a statement."""
        await_only(_at_once())
        cursor.execute(statement, parameters)

    def do_executemany(
        self, cursor: Any, statement: Any, parameters: Any, context: Any = None
    ) -> None:
        """Run a statement for each row."""
        await_only(_at_once())
        cursor.executemany(statement, parameters)


async def _at_once() -> None:
    """What SQLAlchemy insists to await, so that no blocking driver is used unawares."""


def prepare(connection: Any, _: object) -> None:
    """The driver must not begin by itself: it begins too late and loses updates."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def begin(connection: Connection) -> None:
    """Take the write lock first, so that what is read is still true when written."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as fault:
            if not _locked(fault) or asyncio.get_running_loop().time() > until:
                raise
            await_only(asyncio.sleep(LOOK))
        else:
            return


def _locked(fault: OperationalError) -> bool:
    cause = fault.orig
    return isinstance(cause, sqlite3.OperationalError) and (
        cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    )


registry.register("sqlite.inline", __name__, "Inline")
