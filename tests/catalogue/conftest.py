"""A small config folder without fault, for tests to spoil."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalogue import load
from bot.model.errors import Fault, Misconfigured

Spoil = Callable[[str, str, str], None]
Told = Callable[..., list[Fault]]

CITY = """\
id: town
name: {zh-TW: 小鎮, en: Town}
prefix: TWN
timezone: Asia/Taipei
languages: [zh-TW, en]
digest_at: '08:30'
gathering: {metres: 300, days: 60, alike: 0.25}
ripeness: {people: 3, days: 0}
domains:
  - roads
  - water
"""
BUREAUS = """\
- id: works
  name: {zh-TW: 工務局, en: Works}
  domains: [roads, water]
- id: lamps
  name: {zh-TW: 路燈處, en: Lamps}
  kinds: [lamp]
"""
PLACES = """\
name,kind,district,village,lat,lon,aliases
東區,district,東區,,25.05,121.55,East District
光明里,village,東區,光明里,25.051,121.551,
中山路,road,東區,,,,Zhongshan Rd.
"""
AREAS = """\
{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"district": "東區", "village": "光明里"},
"geometry": {"type": "Polygon", "coordinates":
[[[121.5, 25], [121.6, 25], [121.6, 25.1], [121.5, 25]]]}}
]}
"""
DANGERS = """\
fire:
  call: '119'
  kind: lamp
  ask_first: true
  words: {zh-TW: [失火], en: [on fire]}
  examples: {zh-TW: [樓下整片紅紅的]}
urgent:
  words: {zh-TW: [緊急], en: [urgent]}
  examples: {zh-TW: [欄杆只剩一根螺絲]}
calm:
  examples: {zh-TW: [晚霞紅紅的]}
"""
SAID = "danger.fire: 119 {number}\n"
NOT_REPORTS = """\
thanks:
  name: {zh-TW: 道謝, en: Thanks}
  examples: {zh-TW: [謝謝], en: [thank you]}
"""


def domain(name: str, kind: str) -> str:
    """A domain of one kind, with twenty sentences."""
    sentences = "\n".join(f"    - {name}壞了第{n}次" for n in range(20))
    return (
        f"id: {name}\nname: {{zh-TW: 領域{name}, en: {name}}}\n"
        f"about: {{zh-TW: 說明, en: About}}\nkinds:\n  - id: {kind}\n"
        f"    name: {{zh-TW: 種類, en: Kind}}\n    place: needed\n"
        f"    words: {{zh-TW: [字]}}\n    examples: {{en: [It is broken.]}}\n"
        f"examples:\n  zh-TW:\n{sentences}\n"
    )


FILES = {
    "cities/town/city.yaml": CITY,
    "cities/town/bureaus.yaml": BUREAUS,
    "cities/town/places.csv": PLACES,
    "cities/town/villages.geojson": AREAS,
    "domains/roads.yaml": domain("roads", "lamp"),
    "domains/water.yaml": domain("water", "pipe"),
    "dangers.yaml": DANGERS,
    "not_reports.yaml": NOT_REPORTS,
    "commands.yaml": "status: [進度, status]\nforget: [忘記我]\n",
    "replies.yaml": "agree: [好]\ndecline: [算了]\n",
    "wording/zh-TW.yaml": "hello: 您好\nfiled: 案件編號：{number}\n" + SAID,
    "wording/en.yaml": "hello: Hello\nfiled: 'Case number: {number}'\n" + SAID,
}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The folder, sound."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def spoil(config: Path) -> Spoil:
    """spoil(file, old, new) replaces a text that stands in the file."""

    def replace(file: str, old: str, new: str) -> None:
        path = config / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def told(config: Path) -> Told:
    """The faults of loading, their files relative to the folder."""

    def faults(city: str = "town", channels: tuple[str, ...] = ()) -> list[Fault]:
        with pytest.raises(Misconfigured) as caught:
            load(config, city, channels)
        return [
            Fault(str(Path(f.file).relative_to(config)), f.line, f.fault, f.remedy)
            for f in caught.value.faults
        ]

    return faults
