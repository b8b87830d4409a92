"""Which reports become one need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins.samples import CITY, MINSHENG, NOW, TAXONOMY, need, report, wording

from bot.model.happenings import ReportGathered
from bot.model.need import Candidate, Need
from bot.model.report import Report
from bot.pipeline.gather import beginning, gather, title
from intents.reading import Place

TEXT = "民生東路三段的路燈不亮，晚上很暗"
OTHER_WORDS = "gone dark since Monday"
HOUSE = Place("民生東路三段88號", "address", "松山區")
POINT = Place("松山區民有里", "point", "松山區", "民有里", 25.0580, 121.5500)


def gathered(filed: Report, candidates: Sequence[Candidate], id: str = "new") -> ReportGathered:
    return gather(filed, candidates, CITY.gathering, NOW, lambda: id, lambda _: "title")


def candidate(known: Need, *texts: str) -> Candidate:
    n = known
    return Candidate(n.id, n.domain, n.kind, n.place, n.people, n.last, texts)


def lamp(place: Place | None = MINSHENG, text: str = TEXT, **changed: object) -> Candidate:
    return candidate(need(place=place, **changed), text)


def joins(filed: Report, candidate: Candidate) -> bool:
    return gathered(filed, [candidate]).need == candidate.id


def test_a_report_of_the_same_problem_joins_its_need() -> None:
    assert gathered(report(), [lamp()]) == ReportGathered("r1", "n1", "", NOW)


def test_a_report_that_fits_no_need_begins_one_with_a_title() -> None:
    assert gathered(report(), []) == ReportGathered("r1", "new", "title", NOW)


def test_a_report_joins_the_need_that_one_like_it_has_just_begun() -> None:
    assert gathered(report(id="r2"), [beginning("n5", report())]).need == "n5"


def test_a_gathered_report_stays_where_it_is() -> None:
    assert gathered(report(need="n9"), [lamp()]).need == "n9"


def test_another_kind_of_problem_does_not_join() -> None:
    assert not joins(report(kind="drainage"), lamp())


def test_a_report_without_kind_joins_a_need_of_its_domain() -> None:
    assert joins(report(kind=None), lamp())


def test_a_report_without_kind_does_not_join_another_domain() -> None:
    assert not joins(report(kind=None, domain="transport"), lamp())


def test_the_last_day_of_the_rule_still_joins() -> None:
    assert joins(report(at=NOW + timedelta(days=30)), lamp())


def test_a_day_past_the_rule_does_not_join() -> None:
    assert not joins(report(at=NOW + timedelta(days=30, seconds=1)), lamp())


def test_unlike_words_on_the_same_road_do_not_join() -> None:
    assert not joins(report(text=OTHER_WORDS), lamp())


def test_unlike_words_at_the_same_house_join() -> None:
    assert joins(report(text=OTHER_WORDS, place=HOUSE), lamp(HOUSE))


def test_unlike_words_in_the_same_lane_do_not_join() -> None:
    there = Place("溫州街16巷", "address", "大安區")
    assert not joins(report(text=OTHER_WORDS, place=there), lamp(there))


def test_unlike_words_at_the_same_shared_point_join() -> None:
    there = replace(POINT, lat=25.0581)
    assert joins(report(text=OTHER_WORDS, place=there), lamp(POINT))


def test_the_same_house_with_another_kind_does_not_join() -> None:
    assert not joins(report(kind="drainage", place=HOUSE), lamp(HOUSE))


@pytest.mark.parametrize(
    "here, there",
    [
        (None, MINSHENG),
        (MINSHENG, None),
        (replace(MINSHENG, district="中山區"), MINSHENG),
        (replace(MINSHENG, name="民生東路五段"), MINSHENG),
        (replace(POINT, lat=25.0600), POINT),
        (Place("松山區", "district", "松山區"), MINSHENG),
        (Place("松山區", "district", "松山區", lat=25.0580, lon=121.5500), POINT),
        (Place("溫州街16巷", "address"), Place("溫州街22巷", "address")),
        (Place("大安站", "station"), Place("古亭站", "station")),
    ],
)
def test_places_apart_do_not_join(here: Place | None, there: Place | None) -> None:
    assert not joins(report(place=here), lamp(there))


@pytest.mark.parametrize(
    "here, there",
    [
        (None, None),
        (replace(MINSHENG, district=None), MINSHENG),
        (HOUSE, MINSHENG),
        (replace(POINT, lat=25.0590), POINT),
        (Place("大安區", "district", "大安區"), Place("大安區", "district", "大安區")),
        (Place("大安站", "station", "大安區"), Place("大安站", "station")),
    ],
)
def test_places_together_join(here: Place | None, there: Place | None) -> None:
    assert joins(report(place=here), lamp(there))


def test_two_roads_do_not_join_at_their_crossing() -> None:
    here = Place("復興北路", "road", "松山區", lat=25.0580, lon=121.5440)
    there = replace(MINSHENG, lat=25.0580, lon=121.5440)
    assert not joins(report(place=here), lamp(there))


def test_the_same_house_wins_over_likelier_words() -> None:
    alike = candidate(need(id="a"), TEXT)
    exact = candidate(need(id="z", place=HOUSE), OTHER_WORDS)
    assert gathered(report(place=HOUSE), [alike, exact]).need == "z"


def test_likelier_words_win_among_needs_nearby() -> None:
    close = candidate(need(id="z"), TEXT)
    far = candidate(need(id="a"), f"{TEXT}，請派人來看一下好嗎，已經三個禮拜了")
    assert gathered(report(), [far, close]).need == "z"


def test_more_people_win_a_tie() -> None:
    few, many = lamp(id="a", people=1), lamp(id="z", people=9)
    assert gathered(report(), [few, many]).need == "z"


def test_the_id_settles_what_nothing_else_does() -> None:
    assert gathered(report(), [lamp(id="z"), lamp(id="a")]).need == "a"


roads = st.sampled_from(["民生東路三段", "民生東路五段", "復興北路", "溫州街"])
places = st.one_of(
    st.none(),
    st.builds(Place, roads, st.just("road"), st.sampled_from([None, "松山區", "中山區"])),
    st.builds(Place, roads.map(lambda r: f"{r}8號"), st.just("address"), st.just("松山區")),
    st.builds(lambda lat: replace(POINT, lat=lat), st.floats(25.05, 25.07, allow_nan=False)),
)
kinds = st.sampled_from([("street_lamp", "urban"), ("drainage", "urban"), (None, "urban")])
words = st.sampled_from([TEXT, "路燈壞了", "水溝堵住 很臭", OTHER_WORDS, ""])


@st.composite
def filed(draw: Callable[[st.SearchStrategy[object]], object], id: str = "r1") -> Report:
    kind, domain = draw(kinds)  # type: ignore[misc]
    days = draw(st.integers(0, 60))
    at = NOW + timedelta(days=days)  # type: ignore[arg-type]
    return report(id=id, kind=kind, domain=domain, place=draw(places), text=draw(words), at=at)


def founded(reports: Sequence[Report]) -> list[Candidate]:
    """One need for each report."""
    return [
        Candidate(f"n{i}", r.domain, r.kind, r.place, people=i, last=r.at, texts=(r.text,))
        for i, r in enumerate(reports)
    ]


@given(filed(), st.lists(filed(), max_size=6), st.randoms())
def test_the_order_of_candidates_changes_nothing(one, others, chance) -> None:  # type: ignore[no-untyped-def]
    candidates = founded(others)
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert gathered(one, shuffled) == gathered(one, candidates)


@given(filed(), st.lists(filed(), max_size=4))
def test_needs_of_another_domain_change_nothing(one, others) -> None:  # type: ignore[no-untyped-def]
    candidates = founded(others)
    foreign = candidate(need(id="f", domain="transport", kind="traffic_signal"), one.text)
    assert gathered(one, [foreign, *candidates]) == gathered(one, candidates)


@given(st.lists(filed(), max_size=8))
def test_no_report_is_ever_in_two_needs(reports) -> None:  # type: ignore[no-untyped-def]
    needs: dict[str, tuple[Need, list[str]]] = {}
    for number, draft in enumerate([*reports, *reports]):
        settled = {i: n for n, (_, ids) in needs.items() for i in ids}
        id = f"r{number % max(len(reports), 1)}"
        one = replace(draft, id=id, need=settled.get(id))
        at = gathered(one, [candidate(n, TEXT) for n, _ in needs.values()], f"n{number}")
        founder = need(id=at.need, kind=one.kind, domain=one.domain, place=one.place, last=one.at)
        ids = needs.setdefault(at.need, (founder, []))[1]
        ids += [] if id in ids else [id]
    every = [id for _, ids in needs.values() for id in ids]
    assert sorted(every) == sorted(set(every))


@pytest.mark.parametrize(
    "changed, expected",
    [
        ({}, "民生東路三段・路燈故障"),
        ({"place": HOUSE}, "民生東路三段・路燈故障"),
        ({"place": POINT}, "松山區民有里・路燈故障"),
        ({"place": None}, "路燈故障"),
        ({"kind": None}, "民生東路三段・都市建設"),
        ({"kind": None, "domain": None}, "民生東路三段・未分類"),
    ],
)
def test_a_title_says_what_and_where_without_a_house(
    changed: dict[str, object], expected: str
) -> None:
    assert title(report(**changed), TAXONOMY, wording(), "zh-TW") == expected
