"""Help, wrong usage, and mistakes in settings: told in a line, never with a traceback."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.cli.command import parser

ROOT = Path(__file__).parents[2]


def commands(top: argparse.ArgumentParser, before: tuple[str, ...] = ()) -> Iterator[tuple]:
    """Every command of the parser and the commands in it."""
    yield before
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from commands(inner, (*before, name))


ALL = sorted(commands(parser()))
PROMISED = [
    "serve",
    "work",
    "check",
    "talk",
    "db upgrade",
    "db revision",
    "channels setup",
    "intents train",
    "intents evaluate",
    "intents classify",
    "needs cluster",
    "needs list",
    "needs show",
    "needs forward",
    "needs move",
    "reports list",
    "reports move",
    "surveys check",
    "surveys publish",
    "surveys results",
    "digests preview",
    "digests send",
    "staff add",
    "staff code",
    "people forget",
    "people export",
]


@pytest.mark.parametrize("command", ALL, ids=" ".join)
def test_every_command_explains_itself(command, cli):
    ended = cli(*command, "--help")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(" ".join(["usage: cityvoice", *command]))


def test_every_command_that_was_promised_is_there():
    assert sorted({*PROMISED} - {" ".join(command) for command in ALL}) == []


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["dance"],
        ["needs"],
        ["needs", "show"],
        ["needs", "list", "--yaml"],
        ["staff", "add", "May", "--role", "king"],
        ["surveys", "results", "last_mile", "--format", "pdf"],
        ["serve", "--port", "eighty"],
        ["serve", "--port", "70000"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_how_to_use_it(wrong, cli):
    ended = cli(*wrong)
    assert (ended.status, ended.err.startswith("usage: cityvoice"), ended.out) == (2, True, "")


def test_the_command_runs_as_a_process_and_finds_no_fault(process, here: Path):
    ended = process("check")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("config: taipei, 14 domains, ")
    assert (here / "var" / "proposals").is_dir()


def test_a_mistake_in_a_process_is_one_line_and_no_traceback(process):
    ended = process("needs", "list", CITYVOICE_DATABASE_URL="mysql://nowhere/x")
    assert ended.mistake == (1, 1, False)
    assert ended.err.startswith("environment: CITYVOICE_DATABASE_URL: is neither SQLite nor")


BROKEN = [
    ("CITYVOICE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"),
    ("CITYVOICE_DATABASE_URL", "postgresql://nobody@127.0.0.1:port/none"),
    ("CITYVOICE_DATABASE_URL", "sqlite:////proc/none/test.db"),
    ("CITYVOICE_DATABASE_URL", "sqlite:///not_a_database"),
    ("CITYVOICE_CONFIG_DIR", "not_a_folder"),
    ("CITYVOICE_CITY", "atlantis"),
    ("CITYVOICE_LINE__CHANNEL_SECRET", "half"),
    ("CITYVOICE_COLOUR", "red"),
]


@pytest.mark.parametrize(("name", "value"), BROKEN, ids=[f"{n}={v}" for n, v in BROKEN])
def test_a_broken_setting_is_told_and_is_no_traceback(name, value, cli, here: Path, monkeypatch):
    (here / "not_a_database").write_text("Once upon a time there was no database.\n" * 99)
    monkeypatch.setenv(name, value)
    ended = cli("needs", "list")
    assert (ended.status, "Traceback" in ended.err, ended.out) == (1, False, "")
    assert [line for line in ended.err.splitlines() if not line.strip()] == []
    assert ended.err != ""


def test_a_database_that_the_server_does_not_have_is_told(cli, postgresql_server, monkeypatch):
    lacking = make_url(postgresql_server).set(database="lacking")
    url = lacking.render_as_string(hide_password=False)
    monkeypatch.setenv("CITYVOICE_DATABASE_URL", url)
    ended = cli("staff", "code", "may")
    assert ended.mistake == (1, 1, False)
    assert "lacking" in ended.err


def test_every_fault_of_the_definitions_is_told_at_once(cli, here: Path, monkeypatch):
    config = Path(shutil.copytree(ROOT / "config", here / "config"))
    (config / "surveys" / "bad.yaml").write_text("id: bad\nquestions: 5\n")
    (config / "commands.yaml").write_text("- oops\n")
    monkeypatch.setenv("CITYVOICE_CONFIG_DIR", "config")
    ended = cli("check")
    files = {line.split(":")[0] for line in ended.err.splitlines()}
    assert ended.status == 1
    assert files >= {"config/surveys/bad.yaml", "config/commands.yaml"}


def test_an_audience_on_a_channel_that_is_none_is_told(cli, here: Path, monkeypatch):
    config = Path(shutil.copytree(ROOT / "config", here / "config"))
    with (config / "surveys" / "last_mile.yaml").open("a", encoding="utf-8") as file:
        file.write("audience: {channels: [lime]}\n")
    monkeypatch.setenv("CITYVOICE_CONFIG_DIR", "config")
    ended = cli("check")
    assert (ended.status, ended.err) == (
        1,
        "config/surveys/last_mile.yaml:54: lime is not known among the channels → "
        "write some of line, simulator, telegram\n",
    )


def test_a_place_for_proposals_that_cannot_be_written_is_told_by_check(cli, here, monkeypatch):
    (here / "file").write_text("")
    monkeypatch.setenv("CITYVOICE_FORWARD__FOLDER", "file/proposals")
    ended = cli("check")
    assert ended.mistake == (1, 1, False)
    assert ended.err.startswith("folder: cannot write into file/proposals")


def test_channels_cannot_be_set_up_when_none_is_on(cli):
    assert cli("channels", "setup").mistake == (1, 1, False)
