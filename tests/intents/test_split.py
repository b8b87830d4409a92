from collections.abc import Callable

import pytest

from intents.reading import Act, Place, Reading
from intents.split import MOST, several

KINDS = {"路燈": "lamp", "水溝": "drain", "人行道": "pavement", "垃圾": "rubbish", "公車": "bus"}
HERE = Place("民生東路三段", "road", "松山區")


def read(text: str) -> Reading:
    """A reader that knows each kind by one word."""
    kind = next((kind for word, kind in KINDS.items() if word in text), None)
    places = (HERE,) if HERE.name in text else ()
    domain = "urban" if kind else None
    return Reading(text, "zh-TW", Act.REPORT, domain, 0.9, kind=kind, places=places)


def parts(text: str, reader: Callable[[str], Reading] = read) -> list[str]:
    return [part.redacted for part in several(reader(text), reader)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路燈壞了,另外水溝也塞住", ["路燈壞了", "水溝也塞住"]),
        ("路燈壞了,水溝也塞住", ["路燈壞了", "水溝也塞住"]),
        ("路燈壞了。還有人行道破了", ["路燈壞了", "人行道破了"]),
        ("1.路燈壞了 2.水溝塞住", ["路燈壞了", "水溝塞住"]),
        ("您好,我要反映。路燈壞了。另外水溝塞住", ["您好,我要反映，路燈壞了", "水溝塞住"]),
        ("路燈壞了,另外很暗,還有水溝塞住", ["路燈壞了，另外很暗", "水溝塞住"]),
    ],
)
def test_problems_told_together_are_taken_apart(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "路燈壞了",
        "路燈壞了,另外一盞路燈也壞了",
        "路燈壞了,另外請問多久會修",
        "路燈壞了,晚上很暗",
        "1.5公尺寬的人行道",
    ],
)
def test_one_problem_stays_whole(text: str) -> None:
    assert parts(text) == []


def test_a_part_without_a_place_is_where_the_whole_is() -> None:
    whole = read("民生東路三段的路燈壞了,另外水溝也塞住")
    assert [part.places for part in several(whole, read)] == [(HERE,), (HERE,)]


def test_danger_is_not_taken_apart() -> None:
    def alarmed(text: str) -> Reading:
        return Reading(text, "zh-TW", Act.REPORT, "safety", 0.9, danger="fire")

    assert parts("路燈燒起來了,另外水溝也塞住", alarmed) == []


def test_more_problems_than_can_be_told_apart_stay_with_the_last() -> None:
    text = "1.路燈壞了 2.水溝塞住 3.人行道破了 4.垃圾很多 另外公車不來"
    assert len(parts(text)) == MOST
