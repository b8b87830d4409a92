"""What was kept before a migration is there after it."""

from __future__ import annotations

from alembic import command
from sqlalchemy import select
from standins.rows import NOW, met, remember, report

from bot.model.happenings import ReportFiled, ReportGathered
from bot.storage import migrating
from bot.storage.tables import needs
from intents.reading import Place

HOUSE = Place("民生東路三段12號", "address", "松山區")


async def test_needs_from_before_get_their_road(database):
    ann = await met(database)
    filed = report(ann.id, place=HOUSE)
    await remember(database, ReportFiled(filed), ReportGathered(filed.id, "n1", "路燈", NOW))
    async with database.unit() as unit:
        await unit.connection.run_sync(
            lambda connection: command.downgrade(migrating._config(connection), "0001")
        )
    await database.upgrade()
    async with database.unit() as unit:
        assert await unit.connection.scalar(select(needs.c.road)) == "民生東路三段"
