"""Places as people write them: exits, crossings, districts left open, words that are no place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.places import Entry, Gazetteer, Stretch
from intents.reading import Place

POINT = (25.033, 121.543)


def road(name: str, english: str, *districts: str) -> list[Entry]:
    return [Entry(name, "road", d, None, None, None, (english,)) for d in districts]


def one(name: str, kind: str, district: str | None, *aliases: str) -> Entry:
    return Entry(name, kind, district, None, None, None, aliases)


ENTRIES = (
    *road("忠孝東路四段", "Sec. 4, Zhongxiao E. Rd.", "大安區", "信義區"),
    *road("復興南路一段", "Sec. 1, Fuxing S. Rd.", "大安區", "中山區"),
    *road("承德路一段", "Sec. 1, Chengde Rd.", "大同區"),
    *road("文昌街", "Wenchang St.", "大安區", "信義區"),
    *road("文昌路", "Wenchang Rd.", "士林區"),
    *road("中正路", "Zhongzheng Rd.", "士林區"),
    *road("前街", "Qian St.", "士林區"),
    Entry("捷運大安站", "station", "大安區", None, *POINT, ("Daan Station",)),
    Entry("捷運大安站2號出口", "exit", "大安區", "龍圖里", 25.0331, 121.5431),
    Entry("捷運大安森林公園站", "station", "大安區", None, *POINT, ("Daan Park Station",)),
    Entry("臺北車站", "station", "中正區", None, *POINT, ("北車", "Taipei Main Station")),
    one("大安森林公園", "park", "大安區", "Da'an Forest Park"),
    one("士林區", "district", "士林區", "士林", "Shilin"),
    one("大安區", "district", "大安區"),
    one("信義區", "district", "信義區"),
    one("臺灣大學", "school", "大安區", "台大"),
    one("總統府", "office", "中正區"),
    one("陽明山", "area", "士林區"),
    one("陽明山", "area", "北投區"),
    one("新莊", "elsewhere", None),
    one("基隆市", "elsewhere", None),
    one("護士林", "word", None),
)
CITY = Gazetteer(
    ENTRIES,
    (),
    (
        Stretch("忠孝東路四段", "大安區", 1, 1, 343),
        Stretch("忠孝東路四段", "信義區", 1, 345, 9999),
        Stretch("忠孝東路四段", "大安區", 0, 0, 330),
    ),
)

Told = tuple[str, str | None]


def told(text: str) -> list[Told]:
    return [(place.name, place.district) for place in CITY.find(text)]


def open_to(place: Place) -> list[str | None]:
    return [candidate.district for candidate in place.candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("捷運大安站2號出口旁", ("捷運大安站2號出口", "exit", 25.0331)),
        ("大安站的第二號出口", ("捷運大安站2號出口", "exit", 25.0331)),
        ("大安捷運站出口2", ("捷運大安站2號出口", "exit", 25.0331)),
        ("exit 2 of Daan Station", ("捷運大安站2號出口", "exit", 25.0331)),
        ("Daan MRT station exit 2", ("捷運大安站2號出口", "exit", 25.0331)),
        ("大安站9號出口", ("捷運大安站9號出口", "exit", 25.033)),
        ("北車M8出口", ("臺北車站M8出口", "exit", 25.033)),
        ("大安森林公園5號出口", ("捷運大安森林公園站5號出口", "exit", 25.033)),
    ],
)
def test_an_exit_is_the_stations_own_place(text: str, expected: tuple[str, str, float]) -> None:
    assert [(p.name, p.kind, p.lat) for p in CITY.find(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("大安森林公園的廁所", "大安森林公園"),
        ("捷運大安森林公園的廁所", "捷運大安森林公園站"),
        ("大安森林公園站的廁所", "捷運大安森林公園站"),
        ("Da'an Forest Park is dark", "大安森林公園"),
    ],
)
def test_a_park_is_a_station_only_where_the_text_says_so(text: str, name: str) -> None:
    assert [place.name for place in CITY.find(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "忠孝東路與復興南路口",
        "忠孝東路和復興南路的交叉口",
        "忠孝東路、復興南路路口",
        "忠孝東路跟復興南路交叉路口",
        "忠孝東路/復興南路口",
        "忠孝東路復興南路口",
        "忠孝東路近復興南路口",
        "the corner of Zhongxiao E. Rd. and Fuxing S. Rd.",
    ],
)
def test_two_roads_that_cross_are_one_place_in_the_district_they_share(text: str) -> None:
    assert [(p.name, p.kind, p.district) for p in CITY.find(text)] == [
        ("忠孝東路與復興南路口", "crossing", "大安區")
    ]


@pytest.mark.parametrize("text", ["忠孝東路和復興南路都在施工", "忠孝東路和復興南路口罩地圖"])
def test_two_roads_without_a_corner_are_two_places(text: str) -> None:
    assert [place.name for place in CITY.find(text)] == ["忠孝東路", "復興南路"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("忠孝東路四段216巷27弄", ("忠孝東路四段216巷27弄", "大安區")),
        ("忠孝東路4段 553巷", ("忠孝東路四段553巷", "信義區")),
        ("忠孝東路四段三十三號之2", ("忠孝東路四段33號之2", "大安區")),
        ("忠孝東路四段12-3號5樓", ("忠孝東路四段12-3號", "大安區")),
        ("忠孝東路四段888號", ("忠孝東路四段888號", None)),
        ("忠孝東四段15號", ("忠孝東路四段15號", "大安區")),
        ("No. 15, Lane 3, Sec. 4, Zhongxiao E. Rd.", ("忠孝東路四段3巷15號", "大安區")),
        ("Zhongxiao East Road Section 4 Lane 3", ("忠孝東路四段3巷", "大安區")),
        ("承德路一段一百二十巷", ("承德路一段120巷", "大同區")),
    ],
)
def test_a_house_number_tells_the_district(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("信義區文昌街", "信義區"),
        ("大安的文昌街", "大安區"),
        ("文昌街靠近大安森林公園", "大安區"),
        ("從大安森林公園到文昌街", None),
        ("文昌街", None),
    ],
)
def test_what_stands_beside_a_road_tells_its_district(text: str, district: str | None) -> None:
    assert ("文昌街", district) in told(text)


def test_a_road_of_two_districts_is_given_back_in_both() -> None:
    assert open_to(CITY.find("文昌街的家具行")[0]) == ["大安區", "信義區"]


def test_a_candidate_keeps_the_house() -> None:
    names = {candidate.name for candidate in CITY.find("文昌街8號")[0].candidates}
    assert names == {"文昌街8號"}


def test_a_mountain_in_two_districts_is_given_back_in_both() -> None:
    assert open_to(CITY.find("陽明山的公車")[0]) == ["士林區", "北投區"]


def test_a_road_told_with_and_without_its_section_is_one_place() -> None:
    assert told("承德路一段有坑,承德路每天都塞") == [("承德路一段", "大同區")]


@pytest.mark.parametrize(
    "text",
    [
        "新莊中正路輔大前",
        "新莊的中正路",
        "基隆市信義區信一路",
        "護士林小姐很親切",
        "司機叫林士林",
        "門前街道很髒",
        "月台大排長龍",
        "一台大卡車",
        "總統府發新聞稿",
        "信義這兩個字",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在士林看到野狗", ("士林區", "士林區")),
        ("stray dogs in Shilin", ("士林區", "士林區")),
        ("站在台大校門口", ("臺灣大學", "大安區")),
        ("總統府前的地磚", ("總統府", "中正區")),
        ("從新莊騎到中正路", ("中正路", "士林區")),
    ],
)
def test_the_same_words_are_places_where_they_mean_one(text: str, expected: Told) -> None:
    assert told(text) == [expected]


WORDS = st.text(
    st.sampled_from("的了很我們請問路口號巷段 ,，。12三五臺台大安區與和第出a"), max_size=30
)
ROADS = st.sampled_from([e.name for e in ENTRIES if e.kind == "road" and len(e.name) > 2])


@given(st.text(max_size=60) | WORDS | st.lists(ROADS | WORDS, max_size=6).map("".join))
def test_a_place_has_a_district_or_at_least_two_to_choose_from(text: str) -> None:
    for place in CITY.find(text):
        several = {candidate.district for candidate in place.candidates}
        assert (place.district is None) == (len(several) > 1)


@given(ROADS, st.text("的了很我們請問", max_size=8), st.text("的了很我們請問", max_size=8))
def test_a_road_is_found_in_the_midst_of_other_words(name: str, before: str, after: str) -> None:
    assert name in [place.name for place in CITY.find(f"{before}{name}{after}")]


@given(st.lists(ROADS | WORDS, max_size=5).map("".join))
def test_both_ways_to_write_tai_find_the_same(text: str) -> None:
    assert CITY.find(text.replace("臺", "台")) == CITY.find(text.replace("台", "臺"))


@given(st.lists(ROADS | WORDS, max_size=5).map("".join))
def test_no_place_is_told_twice(text: str) -> None:
    found = [(place.name, place.district) for place in CITY.find(text)]
    assert found == list(dict.fromkeys(found))
