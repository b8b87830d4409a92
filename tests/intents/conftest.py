"""A small city to read texts by, and the real taxonomy trained once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from intents.model import Model
from intents.places import Area, Entry, Gazetteer
from intents.taxonomy import Domain, Kind, PlaceNeed, Taxonomy
from intents.train import train
from intents.understand import Understander

CONFIG = Path(__file__).parents[2] / "config"


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((CONFIG / name).read_text("utf-8"))
    return loaded


def sentences(data: dict[str, list[Any]] | None) -> dict[str, tuple[str, ...]]:
    return {language: tuple(map(str, some)) for language, some in (data or {}).items()}


def names(data: dict[str, Any]) -> dict[str, str]:
    return {language: str(name) for language, name in data.items() if name}


def domain(data: dict[str, Any]) -> Domain:
    kinds = tuple(
        Kind(
            k["id"],
            names(k["name"]),
            PlaceNeed(k["place"]),
            sentences(k["words"]),
            sentences(k["examples"]),
        )
        for k in data["kinds"]
    )
    return Domain(
        data["id"],
        names(data["name"]),
        names(data["about"]),
        kinds,
        sentences(data["examples"]),
        sentences(data.get("questions")),
    )


def real_taxonomy() -> Taxonomy:
    dangers = read("dangers.yaml")
    urgent = sentences(dangers.pop("urgent")["words"])
    files = sorted((CONFIG / "domains").glob("*.yaml"))
    return Taxonomy(
        domains=tuple(domain(read(f"domains/{file.name}")) for file in files),
        not_reports={a: sentences(v["examples"]) for a, v in read("not_reports.yaml").items()},
        dangers={name: sentences(v["words"]) for name, v in dangers.items()},
        emergency={name: v["call"] for name, v in dangers.items()},
        urgent=urgent,
        commands={name: tuple(texts) for name, texts in read("commands.yaml").items()},
    )


def square(west: float, south: float) -> tuple[tuple[float, float], ...]:
    east, north = west + 0.01, south + 0.01
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def road(name: str, district: str, english: str) -> Entry:
    return Entry(name, "road", district, None, None, None, (english,))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    entries = (
        road("民生東路三段", "松山區", "Sec. 3, Minsheng E. Rd."),
        road("民生東路三段", "中山區", "Sec. 3, Minsheng E. Rd."),
        road("民生東路一段", "中山區", "Sec. 1, Minsheng E. Rd."),
        road("仁愛路三段", "大安區", "Sec. 3, Ren’ai Rd."),
        Entry("大安", "station", "大安區", None, 25.0329, 121.5435, ("Daan",)),
        Entry("台北車站", "station", "中正區", None, 25.0462, 121.5175, ("Taipei Main Station",)),
        Entry("大安森林公園", "park", "大安區", None, 25.03, 121.535),
    )
    areas = (
        Area("大安區", "龍門里", (square(121.53, 25.02),)),
        Area("松山區", "三民里", (square(121.56, 25.06),)),
        Area("文山區", "三民里", (square(121.56, 24.98),)),
    )
    return Gazetteer(entries, areas)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return real_taxonomy()


@pytest.fixture(scope="session")
def model(taxonomy: Taxonomy) -> Model:
    return train(taxonomy)


@pytest.fixture(scope="session")
def understander(taxonomy: Taxonomy, gazetteer: Gazetteer, model: Model) -> Understander:
    return Understander(taxonomy, gazetteer, model)
