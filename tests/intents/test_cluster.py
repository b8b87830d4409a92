from datetime import UTC, datetime, timedelta

from intents.cluster import Told, cluster
from intents.reading import Place

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)
HERE = Place("大安站", "station", lat=25.03, lon=121.54)
THERE = Place("臺北車站", "station", lat=25.05, lon=121.51)
LAMP = "巷口的路燈不亮,晚上很暗,走路很危險"


def ids(*reports: Told) -> list[tuple[str, ...]]:
    return sorted(need.ids for need in cluster(reports))


def test_like_texts_are_one_need() -> None:
    assert ids(Told("a", LAMP), Told("b", "巷口路燈不亮很久了,晚上很暗")) == [("a", "b")]


def test_unlike_texts_are_two_needs() -> None:
    assert ids(Told("a", LAMP), Told("b", "垃圾車三天沒有來收了")) == [("a",), ("b",)]


def test_other_labels_are_other_needs() -> None:
    assert ids(Told("a", LAMP, label="urban"), Told("b", LAMP, label="safety")) == [("a",), ("b",)]


def test_points_far_apart_are_other_needs() -> None:
    assert ids(Told("a", LAMP, place=HERE), Told("b", LAMP, place=THERE)) == [("a",), ("b",)]


def test_roads_without_coordinates_are_told_apart_by_name() -> None:
    one, other = Place("仁愛路三段5號", "address"), Place("八德路一段", "road")
    assert ids(Told("a", LAMP, place=one), Told("b", LAMP, place=other)) == [("a",), ("b",)]


def test_two_houses_of_a_road_may_be_one_need() -> None:
    one, other = Place("仁愛路三段5號", "address"), Place("仁愛路三段", "road")
    assert ids(Told("a", LAMP, place=one), Told("b", LAMP, place=other)) == [("a", "b")]


def test_one_person_counts_once() -> None:
    assert cluster([Told("a", LAMP, by="p"), Told("b", LAMP, by="p")])[0].people == 1


def test_a_report_of_two_weeks_ago_is_half_as_hot() -> None:
    old = Told("a", LAMP, NOON - timedelta(days=14))
    assert cluster([old, Told("b", LAMP, NOON)])[0].heat == 1.5


def test_a_need_spans_its_reports() -> None:
    need = cluster([Told("a", LAMP, NOON), Told("b", LAMP, NOON - timedelta(days=1))])[0]
    assert (need.first, need.last) == (NOON - timedelta(days=1), NOON)


def test_no_reports_are_no_needs() -> None:
    assert cluster([]) == ()


def test_empty_texts_do_no_harm() -> None:
    assert len(cluster([Told("a", ""), Told("b", LAMP)])) == 2
