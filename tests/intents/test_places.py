import pytest

from intents.places import Gazetteer, metres
from intents.reading import Place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民生東路三段的路燈壞了", ["民生東路三段"]),
        ("民生東路3段的路燈", ["民生東路三段"]),
        ("民生東路很吵", ["民生東路"]),
        ("民生東路三段113巷8弄2號對面", ["民生東路三段113巷8弄2號"]),
        ("民生東很吵", []),
        ("捷運大安站出口", ["大安站"]),
        ("大安捷運站出口", ["大安站"]),
        ("大安站", ["大安站"]),
        ("大安很熱", []),
        ("大安區", ["大安區"]),
        ("大安區域", []),
        ("臺北車站好擠", ["臺北車站"]),
        ("大安森林公園的樹", ["大安森林公園"]),
        ("three lamps on Ren'ai Rd. Sec. 3", ["仁愛路三段"]),
        ("Section 3, Minsheng East Road", ["民生東路三段"]),
        ("near Daan Station", ["大安站"]),
        ("跑了三公里", []),
    ],
)
def test_places_are_found_as_people_write_them(
    gazetteer: Gazetteer, text: str, expected: list[str]
) -> None:
    assert [place.name for place in gazetteer.find(text)] == expected


def test_a_road_through_two_districts_has_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("民生東路三段")[0].district is None


def test_a_road_is_in_the_district_that_the_text_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("松山區民生東路三段")[0].district == "松山區"


def test_a_village_of_two_districts_has_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("三民里的公園")[0].district is None


def test_a_village_is_in_the_district_that_the_text_names(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("文山區三民里")[0]
    assert (found.district, found.village) == ("文山區", "三民里")


def test_the_most_exact_place_stands_first(gazetteer: Gazetteer) -> None:
    kinds = [p.kind for p in gazetteer.find("大安區龍門里仁愛路三段5號")]
    assert kinds == ["address", "village", "district"]


def test_a_point_lies_in_its_village(gazetteer: Gazetteer) -> None:
    expected = Place("大安區龍門里", "point", "大安區", "龍門里", 25.025, 121.535)
    assert gazetteer.locate(25.025, 121.535) == expected


def test_a_point_outside_the_city_has_no_place(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate(35.0, 139.0) is None


def test_a_gazetteer_of_nothing_finds_nothing() -> None:
    empty = Gazetteer((), ())
    assert (empty.find("大安區"), empty.locate(25.0, 121.5)) == ((), None)


def test_a_hundredth_of_a_degree_north_is_over_a_kilometre() -> None:
    one, other = Place("a", "point", lat=25.0, lon=121.5), Place("b", "point", lat=25.01, lon=121.5)
    assert round(metres(one, other) or 0) == 1112


def test_the_distance_to_a_place_without_coordinates_is_unknown() -> None:
    assert metres(Place("a", "point", lat=25.0, lon=121.5), Place("b", "road")) is None
