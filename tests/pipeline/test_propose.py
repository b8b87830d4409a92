"""A need as a proposal's document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from standins.samples import CITY, MINSHENG, NOW, ROOT, TAXONOMY, need, report, wording

from bot.model.proposal import Proposal, Stage
from bot.model.report import Report, ReportStage
from bot.pipeline.propose import Author, Undecided, propose
from intents.reading import Place, Urgency

SCHEMA = json.loads((ROOT / "config/schemas/proposal.schema.json").read_text())
AUTHOR = Author(CITY, TAXONOMY, wording(), "zh-TW")
HOUSE = Place("民生東路三段88號", "address", "松山區", lat=25.058123, lon=121.550987)
POINT = Place("松山區民有里", "point", "松山區", "民有里", 25.057649, 121.551234)
REPORTS = (
    report(id="report-1", person="person-secret-1", refs=("ref-1",), place=HOUSE),
    report(
        id="report-2",
        person="person-secret-2",
        number="TP-SECRET",
        place=POINT,
        text="我家在民生東路三段88號5樓，門口的燈壞了",
        at=NOW + timedelta(days=15),
        urgency=Urgency.HIGH,
        photos=("photo-1",),
    ),
    report(
        id="report-3",
        person="person-secret-3",
        text="巷口整個黑，女兒晚自習回家都不敢走",
        urgency=Urgency.DANGER,
        at=NOW + timedelta(days=1),
    ),
)
TALLY = {
    "survey": "lamps",
    "question": "q1",
    "text": "晚上走路安心嗎？",
    "answered": 2,
    "counts": [{"answer": "不安心", "number": 2}],
}


def proposed(reports: tuple[Report, ...] = REPORTS, **changed: Any) -> Proposal:
    own = need(title="民生東路三段88號・路燈故障", place=HOUSE, last=NOW + timedelta(days=15))
    return propose(replace(own, **changed), reports, AUTHOR, "nightly", NOW, lambda: "P1")


def evidence(reports: tuple[Report, ...] = REPORTS) -> Mapping[str, Any]:
    proof: Mapping[str, Any] = proposed(reports).document["evidence"]
    return proof


def faults(document: Mapping[str, Any]) -> list[str]:
    checker = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in checker.iter_errors(json.loads(json.dumps(document)))]


def test_the_schema_is_itself_sound() -> None:
    assert Draft202012Validator.check_schema(SCHEMA) is None


@pytest.mark.parametrize(
    "reports, changed", [(REPORTS, {}), ((), {}), (REPORTS, {"kind": None, "place": None})]
)
def test_a_document_keeps_to_the_schema(
    reports: tuple[Report, ...], changed: dict[str, Any]
) -> None:
    assert faults(proposed(reports, **changed).document) == []


def test_survey_tallies_keep_to_the_schema() -> None:
    made = propose(need(), REPORTS, AUTHOR, "nightly", NOW, lambda: "P1", (TALLY,))
    assert (faults(made.document), made.document["evidence"]["surveys"]) == ([], [TALLY])


def test_the_schema_refuses_what_it_does_not_name() -> None:
    assert faults({**proposed().document, "person": "x"}) != []


def test_a_proposal_stands_at_the_first_stage() -> None:
    made = proposed()
    assert (made.id, made.need, made.stage, made.at) == ("P1", "n1", Stage.COLLECTED, NOW)


def test_a_document_names_domain_kind_and_bureau() -> None:
    document = proposed().document
    assert (document["domain"], document["kind"], document["bureaus"]) == (
        {"id": "urban", "name": "都市建設"},
        {"id": "street_lamp", "name": "路燈故障"},
        [{"id": "pwd", "name": "工務局"}],
    )


def test_history_begins_with_who_when_and_why() -> None:
    assert proposed().document["history"] == [
        {
            "stage": "collected",
            "at": "2026-03-20T04:00:00+00:00",
            "by": "nightly",
            "why": "同一個問題有多位市民反映，已彙整成提案。",
        }
    ]


@pytest.mark.parametrize(
    "secret",
    ["person-secret", "report-", "ref-1", "photo-1", "SECRET", "88", "5樓", "25.0581", "121.5512"],
)
def test_no_identity_house_or_exact_point_is_in_the_document(secret: str) -> None:
    assert secret not in json.dumps(proposed().document, ensure_ascii=False)


def test_the_problem_is_told_from_counts_and_a_voice() -> None:
    told = proposed().document["problem_statement"].split("市民這樣說")[0]
    assert told == (
        "2026-03-20 至 2026-04-04，民生東路三段有 3 位市民反映「路燈故障」，共 3 件。"
        "其中 1 件提到立即的危險。其中 1 件較為緊急。"
    )


def test_a_week_without_reports_counts_zero() -> None:
    assert evidence()["trend"] == [
        {"week": "2026-03-16", "reports": 2},
        {"week": "2026-03-23", "reports": 0},
        {"week": "2026-03-30", "reports": 1},
    ]


def test_a_week_begins_on_the_citys_own_monday() -> None:
    sunday_evening = NOW.replace(day=22, hour=17)
    assert evidence((report(at=sunday_evening),))["trend"][0]["week"] == "2026-03-23"


def test_places_are_roads_and_rounded_points() -> None:
    assert [
        (f["properties"]["name"], f["geometry"] and f["geometry"]["coordinates"])
        for f in evidence()["places"]["features"]
    ] == [
        ("松山區民有里", [121.551, 25.058]),
        ("民生東路三段", [121.551, 25.058]),
        ("民生東路三段", None),
    ]


def test_districts_stand_by_number_of_reports() -> None:
    elsewhere = report(place=replace(MINSHENG, district="中山區"))
    assert evidence((elsewhere, *REPORTS))["districts"] == ["松山區", "中山區"]


def test_withdrawn_reports_count_for_nothing() -> None:
    withdrawn = replace(REPORTS[2], stage=ReportStage.WITHDRAWN)
    proof = evidence((*REPORTS[:2], withdrawn))
    assert (proof["reports"], REPORTS[2].text in proof["quotes"]) == (2, False)


def test_quotes_are_at_most_five_of_at_most_120_characters() -> None:
    texts = ["燈不亮" * 60, "水溝臭", "樹倒了", "公車不來", "路面有洞", "垃圾沒收", "太吵"]
    many = tuple(report(id=f"{n}", person=f"p{n}", text=t) for n, t in enumerate(texts))
    quotes = evidence(many)["quotes"]
    assert (len(quotes), max(map(len, quotes)) <= 120) == (5, True)


def test_the_same_words_are_quoted_once() -> None:
    twice = tuple(report(id=f"{n}", person=f"p{n}") for n in range(4))
    assert evidence(twice)["quotes"] == [REPORTS[0].text]


def test_one_person_is_quoted_once() -> None:
    both = (report(text="路燈不亮"), report(id="r2", text="水溝又堵住了", at=NOW + timedelta(1)))
    assert evidence(both)["quotes"] == ["水溝又堵住了"]


def test_a_need_without_domain_is_not_forwarded() -> None:
    with pytest.raises(Undecided, match="n1"):
        proposed(domain=None)
