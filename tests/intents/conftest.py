"""A small city to read texts by, and the default model."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue import load
from intents.model import Model
from intents.places import Area, Entry, Gazetteer
from intents.taxonomy import Taxonomy
from intents.train import fingerprint
from intents.understand import Understander

CONFIG = Path(__file__).parents[2] / "config"


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
    return load(CONFIG, "taipei").taxonomy


@pytest.fixture(scope="session")
def model(taxonomy: Taxonomy, model_file: Path) -> Model:
    """The default model, which all tests share."""
    return Model.load((model_file / f"{fingerprint(taxonomy)}.model").read_bytes())


@pytest.fixture(scope="session")
def understander(taxonomy: Taxonomy, gazetteer: Gazetteer, model: Model) -> Understander:
    return Understander(taxonomy, gazetteer, model)
