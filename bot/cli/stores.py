"""The stores alone, for commands that need nothing else of the house."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import read_settings
from bot.storage.database import Unit
from bot.wiring import open_database


@asynccontextmanager
async def one_unit() -> AsyncIterator[Unit]:
    """One transaction on the database of the settings, whose tables are brought up to date."""
    database = open_database(read_settings())
    try:
        await database.upgrade()
        async with database.unit() as unit:
            yield unit
    finally:
        await database.close()
