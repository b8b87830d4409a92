"""The command line in a working folder of its own, over the repository's definitions."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import settings
from standins.sayings import DRAIN, LAMP

from bot.cli.command import run
from bot.talk import Talk
from bot.wiring import open_house

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """What it wrote as JSON Lines."""
        return [json.loads(line) for line in self.out.split("\n") if line]

    @property
    def mistake(self) -> tuple[int, int, bool]:
        """Status, lines of complaint, whether a traceback was shown: (1, 1, False) is right."""
        return self.status, self.err.count("\n"), "Traceback" in self.err


Cli = Callable[..., Ended]


@pytest.fixture
def here(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, whose database is empty."""
    for name in [name for name in os.environ if name.startswith("CITYVOICE_")]:
        monkeypatch.delenv(name)
    shutil.copy(sqlite_template, tmp_path / "test.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITYVOICE_CONFIG_DIR", str(ROOT / "config"))
    monkeypatch.setenv("CITYVOICE_MEDIA_DIR", str(ROOT / "var" / "test" / "media"))
    monkeypatch.setenv("CITYVOICE_DATABASE_URL", f"sqlite:///{tmp_path}/test.db")
    monkeypatch.setenv("CITYVOICE_SECRET_KEY", "a secret for tests")
    return tmp_path


@pytest.fixture
def cli(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """cli("needs", "list", said="…") runs a command in this process."""

    def command(*arguments: str, said: str = "") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.StringIO(said))
        capsys.readouterr()
        status = run(arguments)
        return Ended(status, *capsys.readouterr())

    return command


async def told(folder: Path, talks: Sequence[Sequence[str]]) -> None:
    """Let citizens talk to a house over `folder`/test.db."""
    house = await open_house(settings(folder), demo=True)
    for number, words in enumerate(talks):
        talk = Talk.begin(house, f"citizen-{number}")
        for said in words:
            await talk.say({"kind": "text", "text": said})
    await house.close()


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, model_file: Path) -> Path:
    """A database after three citizens reported one lamp and a fourth a drain."""
    folder = tmp_path_factory.mktemp("city")
    shutil.copy(sqlite_template, folder / "test.db")
    lamp = [LAMP, "送出", "願意"]
    asyncio.run(told(folder, [lamp, lamp, lamp, [DRAIN, "送出", "願意"]]))
    return folder / "test.db"


@pytest.fixture
def ledger(city: Path, here: Path, cli: Cli) -> Cli:
    """cli over a copy of that database."""
    shutil.copy(city, here / "test.db")
    return cli


@pytest.fixture
def process(here: Path) -> Cli:
    """The same in a process of its own, as a shell would; what is `said` are bytes."""

    def command(*arguments: str, said: bytes = b"", **environment: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=said,
            capture_output=True,
            env={**os.environ, **environment},
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return command


@pytest.fixture
def write(here: Path) -> Callable[..., Path]:
    """write(name, *objects) writes JSON Lines into the working folder."""

    def file(name: str, *objects: object) -> Path:
        path = here / name
        text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)
        path.write_text(text, encoding="utf-8")
        return path

    return file
