"""Faults of places.csv and villages.geojson."""

from __future__ import annotations

import pytest

PLACES = "cities/town/places.csv"
AREAS = "cities/town/villages.geojson"


def only(faults):
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize(
    "old, new, line, fault",
    [
        ("25.051", "north", 3, "north, 121.551 is no latitude and longitude"),
        ("25.051,121.551", "121.551,25.051", 3, "121.551, 25.051 is no latitude and longitude"),
        ("25.051,121.551", "25.051,", 3, "25.051,  is no latitude and longitude"),
        ("中山路,road,東區", "中山路,road,西區", 4, "西區 is not a district of the city"),
        ("中山路,road", "中山路,raod", 4, "raod is no kind of place"),
        ("中山路,road", ",road", 4, "the name is missing"),
        ("東區,光明里,25", "東區,,25", 3, "a village's row has no village"),
        ("中山路,road,東區,,,,", "中山路,road,東區,,,", 4, "6 columns instead of 7"),
        ("中山路", '"中山路', 4, "1 columns instead of 7"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_on_its_line(spoil, told, old, new, line, fault):
    spoil(PLACES, old, new)
    assert (line, fault) in [(f.line, f.fault) for f in told() if f.file == PLACES]


def test_a_first_line_with_other_columns_is_told_with_the_right_ones(spoil, told):
    spoil(PLACES, "name,kind", "kind,name")
    fault = next(f for f in told() if f.file == PLACES)
    remedy = "write name,kind,district,village,lat,lon,aliases on the first line"
    assert (fault.line, fault.remedy) == (1, remedy)


def test_a_road_that_stands_twice_in_a_district_is_a_fault(config, told):
    path = config / PLACES
    path.write_text(path.read_text("utf-8") + "中山路,road,東區,,,,\n", "utf-8")
    assert (only(told()).line, only(told()).fault) == (5, "中山路 stands twice (first on line 4)")


def test_geojson_that_breaks_off_is_told_with_its_line(spoil, told):
    spoil(AREAS, "]}\n", "")
    fault = only(told())
    assert (fault.file, fault.fault.split(":")[0]) == (AREAS, "is not JSON")


def test_a_village_without_a_name_is_told_on_the_line_of_its_feature(spoil, told):
    spoil(AREAS, ', "village": "光明里"', "")
    assert (only(told()).line, only(told()).fault) == (
        2,
        "features.0.properties.village: field required",
    )


def test_a_geometry_that_is_no_polygon_is_a_fault(spoil, told):
    spoil(AREAS, '"Polygon"', '"Point"')
    assert only(told()).line == 2


def test_a_ring_of_too_few_points_is_a_fault(spoil, told):
    spoil(AREAS, "[121.6, 25.1], ", "")
    assert only(told()).line == 2


def test_a_village_in_a_district_that_does_not_exist_is_a_fault(spoil, told):
    spoil(AREAS, '"district": "東區"', '"district": "西區"')
    assert only(told()).fault == "西區 is not a district of the city"
