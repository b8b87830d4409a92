"""What was kept before a migration is there after it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select, text
from standins.rows import NOW, met, remember, report

from bot.model.errors import CityvoiceError
from bot.model.happenings import ReportFiled, ReportGathered
from bot.storage import migrating
from bot.storage.tables import needs
from intents.reading import Place


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """These tests change the tables: others must not meet them."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        return f"sqlite:///{tmp_path / 'test.db'}"
    return str(request.getfixturevalue("postgresql_own"))


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


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where migrations are written: a copy, so that the house's own stay as they are."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrating, "FOLDER", folder)
    return folder / "versions"


async def differ(database):
    """The database lacks an index that tables.py has."""
    async with database.unit() as unit:
        await unit.connection.execute(text("DROP INDEX ix_needs_road"))


async def test_what_the_database_lacks_becomes_a_migration_that_mends_it(database, versions):
    before = len(list(versions.glob("*.py")))
    await differ(database)
    path = Path(await database.revise("roads again"))
    assert (path.parent, path.name) == (versions, f"{before + 1:04}_roads_again.py")
    assert "ix_needs_road" in path.read_text()
    await database.upgrade()
    with pytest.raises(CityvoiceError, match="no migration is needed"):
        await database.revise("once more")


async def test_nothing_is_written_when_nothing_differs(database, versions):
    before = sorted(versions.glob("*.py"))
    with pytest.raises(CityvoiceError, match="no migration is needed"):
        await database.revise("nothing")
    assert sorted(versions.glob("*.py")) == before


async def test_a_migration_is_not_written_over_one_that_has_not_run(database, versions):
    await differ(database)
    await database.revise("roads again")
    with pytest.raises(CityvoiceError, match="db upgrade"):
        await database.revise("roads for the third time")
