"""Reports, needs and a small city to try the rooms with; every value can be replaced."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from bot.model.city import Bureau, City, Gathering, Ripeness
from bot.model.need import Need
from bot.model.report import Report
from bot.model.wording import Wording
from intents.reading import Place, Urgency
from intents.taxonomy import Domain, Kind, PlaceNeed, Taxonomy

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
MINSHENG = Place("民生東路三段", "road", "松山區")


def kind(id: str, name: str, english: str) -> Kind:
    """A kind of problem with nothing but its names."""
    return Kind(id, {"zh-TW": name, "en": english}, PlaceNeed.HELPFUL, {}, {})


def domain(id: str, name: str, english: str, *kinds: Kind) -> Domain:
    """A domain with nothing but its names."""
    return Domain(id, {"zh-TW": name, "en": english}, {}, kinds, {}, {}, {})


def taught(id: str, text: str, *terms: str) -> Domain:
    """A domain that six like sentences teach, and terms."""
    examples = {"zh-TW": tuple(f"{text}第{n}次" for n in range(6))}
    return Domain(id, {"en": id}, {"en": id}, (), examples, {}, {"zh-TW": terms})


TAXONOMY = Taxonomy(
    domains=(
        domain(
            "urban",
            "都市建設",
            "Urban works",
            kind("street_lamp", "路燈故障", "Street lamps"),
            kind("drainage", "水溝排水", "Drains"),
        ),
        domain(
            "transport",
            "智慧交通",
            "Transport",
            kind("traffic_signal", "交通號誌", "Traffic signals"),
        ),
    ),
    not_reports={},
    dangers={},
    emergency={},
    urgent={},
    commands={},
)

CITY = City(
    id="taipei",
    name={"zh-TW": "臺北市", "en": "Taipei"},
    prefix="TP",
    timezone="Asia/Taipei",
    languages=("zh-TW", "en"),
    digest_at="08:00",
    gathering=Gathering(metres=150, days=30, alike=0.3),
    ripeness=Ripeness(people=3, days=2),
    bureaus=(Bureau("pwd", {"zh-TW": "工務局", "en": "Public Works"}, ("urban",)),),
)


def report(**changed: Any) -> Report:
    """A report on a lamp, unless changed."""
    usual: dict[str, Any] = {
        "id": "r1",
        "number": "TP-0000001",
        "person": "person-1",
        "text": "民生東路三段的路燈不亮，晚上很暗",
        "language": "zh-TW",
        "domain": "urban",
        "kind": "street_lamp",
        "confidence": 0.9,
        "urgency": Urgency.NORMAL,
        "place": MINSHENG,
        "model": "m1",
        "at": NOW,
    }
    return Report(**{**usual, **changed})


def need(**changed: Any) -> Need:
    """A need for a lamp, unless changed."""
    usual: dict[str, Any] = {
        "id": "n1",
        "title": "民生東路三段・路燈故障",
        "domain": "urban",
        "kind": "street_lamp",
        "place": MINSHENG,
        "people": 3,
        "reports": 3,
        "first": NOW,
        "last": NOW,
        "heat": 3.0,
    }
    return Need(**{**usual, **changed})


def wording() -> Wording:
    """The city's own sentences."""
    folder = ROOT / "config" / "wording"
    texts = {code: folder / f"{code}.yaml" for code in ("zh-TW", "en")}
    return Wording({code: yaml.safe_load(path.read_text()) for code, path in texts.items()})
