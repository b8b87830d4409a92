"""The learning loop from the command line, over a city of few examples."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
import yaml
from cli.conftest import ROOT, Cli

from bot.model.happenings import ReportCorrected
from bot.settings import read_settings
from bot.storage.record import record_all
from bot.wiring import now, open_database

FEW = 4
LISTS = ("examples", "questions", "terms")
BOATS = [
    f"{where}碼頭的渡船{how}"
    for where in ("大稻埕", "關渡", "八里", "淡水", "錫口", "忠孝")
    for how in ("停駛沒有公告", "班次太少", "售票口排很長", "跳板太滑", "沒有遮雨棚")
]


def trimmed(node: object) -> object:
    """The definitions with at most a few examples in each list of them."""
    if isinstance(node, dict):
        return {key: _few(value) if key in LISTS else trimmed(value) for key, value in node.items()}
    return [trimmed(each) for each in node] if isinstance(node, list) else node


def _few(examples: object) -> object:
    if isinstance(examples, dict):
        return {language: _few(some) for language, some in examples.items()}
    if isinstance(examples, str):  # terms, with strokes between
        return " / ".join(examples.split(" / ")[:FEW])
    return examples[:FEW] if isinstance(examples, list) else examples


@pytest.fixture
def small(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder's city has few examples, so that it learns quickly."""
    folder = here / "config"
    shutil.copytree(ROOT / "config", folder)
    for path in (*(folder / "domains").glob("*.yaml"), folder / "dangers.yaml"):
        few = trimmed(yaml.safe_load(path.read_text(encoding="utf-8")))
        path.write_text(yaml.safe_dump(few, allow_unicode=True), encoding="utf-8")
    monkeypatch.setenv("CITYVOICE_CONFIG_DIR", str(folder))
    monkeypatch.setenv("CITYVOICE_MEDIA_DIR", str(here / "media"))


@pytest.fixture
def taught(small: None) -> None:
    """Staff said of thirty reports on ferries that they belong to culture and tourism."""

    async def teach() -> None:
        database = open_database(read_settings())
        corrected = (
            ReportCorrected(text, "zh-TW", "transport", "culture", None, "m", "staff:may", now())
            for text in BOATS
        )
        async with database.unit() as unit:
            await record_all(unit, corrected)
        await database.close()

    asyncio.run(teach())


def test_a_city_learns_tells_and_takes_back(taught: None, cli: Cli) -> None:
    learned = cli("intents", "train", "--by", "may")
    version = learned.out.split()[1].rstrip(":")
    assert (learned.status, "It may go live" in learned.out) == (0, True)
    assert cli("intents", "models", "--json").lines[0]["live"]
    assert f"# Model {version}" in cli("intents", "cards").out
    assert cli("intents", "train").mistake[0] == 1  # nothing new to learn
    assert cli("intents", "rollback").out == "the model of the city's own examples judges\n"
    assert cli("intents", "rollback", version).out == f"model {version} judges\n"


@pytest.mark.parametrize(
    "words",
    [
        ("train",),
        ("train", "--data", "x.jsonl"),
        ("train", "--out", "m"),
        ("cards",),
        ("cards", "nobody"),
        ("rollback", "nobody"),
    ],
)
def test_what_cannot_be_done_is_told(words: tuple[str, ...], cli: Cli) -> None:
    assert cli("intents", *words).mistake[0::2] == (1, False)


def test_before_anything_was_learned_the_citys_own_model_judges(cli: Cli) -> None:
    assert cli("intents", "models").out == "the model of the city's own examples judges\n"
