"""A list and the folder behind it name the same things, and each has its examples."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.channels import CHANNELS
from bot.forwarders import FORWARDERS
from bot.scheduler import JOBS
from surveys.questions import TYPES

ROOT = Path(__file__).parents[1]
HELD = {"__init__", "base"}


def files(folder: str) -> set[str]:
    """The nouns of a folder: its files and sub-packages."""
    there = (ROOT / folder).iterdir()
    found = {p.stem for p in there if p.suffix == ".py" or (p / "__init__.py").exists()}
    return found - HELD


def test_every_channel_is_in_the_list() -> None:
    assert files("bot/channels") - {"fitting", "mend"} == set(CHANNELS)


def test_every_forwarder_is_in_the_list() -> None:
    assert files("bot/forwarders") == {forwarder.name for forwarder in FORWARDERS}


def test_every_job_is_in_the_list() -> None:
    assert files("bot/scheduler") - {"clock", "due", "survey_sending"} == set(JOBS)


def test_every_question_type_is_in_the_list() -> None:
    assert files("surveys/questions") == set(TYPES)


def test_every_channel_of_a_platform_has_captured_payloads() -> None:
    without = [
        name
        for name in CHANNELS
        if name != "simulator" and not list((ROOT / "tests/channels" / name).glob("*.json"))
    ]
    assert without == []


def test_every_domain_of_the_city_has_its_file() -> None:
    city = yaml.safe_load((ROOT / "config/cities/taipei/city.yaml").read_text(encoding="utf-8"))
    assert {f.stem for f in (ROOT / "config/domains").glob("*.yaml")} == set(city["domains"])
