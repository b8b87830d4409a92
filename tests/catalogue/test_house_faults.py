"""houses.csv: read, and its faults."""

from __future__ import annotations

import pytest

from bot.catalogue import load

HOUSES = "cities/town/houses.csv"
TEXT = "road,district,side,first,last\n中山路,東區,odd,1,99\n"


@pytest.fixture
def numbered(config):
    (config / HOUSES).write_text(TEXT, "utf-8")
    return config


def test_a_road_of_two_districts_has_that_of_its_house(numbered, spoil):
    west = "西區,district,西區,,25.2,121.2,\n中山路,road,西區,,,,\n中山路,road,東區"
    spoil("cities/town/places.csv", "中山路,road,東區", west)
    found = load(numbered, "town").gazetteer.find
    assert [found(f"中山路{n}號")[0].district for n in (7, 8)] == ["東區", None]


@pytest.mark.parametrize(
    "old, new, fault",
    [
        ("中山路,東區", "中山路,西區", "中山路 in 西區 is not a road of the city"),
        ("odd", "left", "left is no side"),
        ("1,99", "one,99", "one to 99 are no house numbers"),
        ("1,99", "100,99", "100 to 99 runs backwards"),
        ("1,99", "1", "4 columns instead of 5"),
    ],
)
def test_a_wrong_row_is_told_on_its_line(numbered, spoil, told, old, new, fault):
    spoil(HOUSES, old, new)
    assert [(f.file, f.line, f.fault) for f in told()] == [(HOUSES, 2, fault)]


def test_the_first_line_must_name_the_columns(numbered, spoil, told):
    spoil(HOUSES, "road,district", "district,road")
    assert [f.remedy for f in told()] == ["write road,district,side,first,last on the first line"]


def test_a_place_elsewhere_has_no_district(spoil, told):
    spoil("cities/town/places.csv", "中山路,road", "中山路,elsewhere")
    assert [f.fault for f in told()] == ["elsewhere lies in no district"]
