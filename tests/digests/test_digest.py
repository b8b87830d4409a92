"""What staff read in the morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from standins.samples import NOW, TAXONOMY, need, report, wording

from bot.digests.compile import Count, Digest, DigestFacts, Growing, Round, compile
from bot.digests.render import text
from bot.model.report import Report, ReportStage
from intents.reading import Place, Urgency

SINCE = NOW - timedelta(days=1)
NOTHING = DigestFacts(SINCE, NOW)
HOUSE = Place("民生東路三段88號", "address", "松山區")
SIGNAL = {"domain": "transport", "kind": "traffic_signal"}
DAAN = Place("大安站", "station", "大安區")

FULL = DigestFacts(
    SINCE,
    NOW,
    reports=(
        report(),
        report(id="r2", place=HOUSE, number="TP-0000002", urgency=Urgency.HIGH),
        report(id="r3", number="TP-0000003", urgency=Urgency.DANGER, place=DAAN, **SIGNAL),
        report(id="r4", domain=None, kind=None, place=None),
        report(id="r5", stage=ReportStage.WITHDRAWN, urgency=Urgency.DANGER),
    ),
    before=(report(), report(**SIGNAL, place=DAAN)),
    needs=(
        need(people=7),
        need(id="n2", title="大安站・交通號誌", people=4),
        need(id="n3", title="溫州街・水溝排水", people=9),
    ),
    joined={"n1": 2, "n2": 3},
    ripe=frozenset({"n1"}),
    rounds=(Round("夜間照明", 40, 10),),
    undecided=2,
    stuck=1,
)

GOLDEN = """\
市民心聲摘要（03/19 12:00–03/20 12:00）

請優先處理
🔴 危險 TP-0000003 交通號誌（大安站）
🟠 緊急 TP-0000002 路燈故障（民生東路三段）

新通報 4 件↑（前期 2 件）
領域：都市建設 2↑、智慧交通 1、未分類 1↑
行政區：松山區 2↑、大安區 1、地點不明 1↑

升溫中的需求
★ 民生東路三段・路燈故障：7 人（+2）已成熟，送出提案：cityvoice needs forward n1
・大安站・交通號誌：4 人（+3）

問卷進度
・夜間照明：10/40 份（25%）

等您處理
・2 件通報還沒有領域
・1 件提案送不出去"""


def compiled(**changed: object) -> Digest:
    return compile(replace(NOTHING, **changed), "Asia/Taipei")  # type: ignore[arg-type]


def rendered(digest: Digest, language: str = "zh-TW") -> str:
    return text(digest, wording(), TAXONOMY, language)


def test_a_full_digest_reads_like_this() -> None:
    assert rendered(compile(FULL, "Asia/Taipei")) == GOLDEN


def test_a_quiet_digest_is_one_line() -> None:
    expected = "03/19 12:00–03/20 12:00：沒有新的通報，也沒有待辦事項。"
    assert rendered(compiled()) == expected


def test_no_new_reports_are_told_beside_what_waits() -> None:
    assert rendered(compiled(dead=1)).splitlines()[2:] == [
        "沒有新的通報。",
        "",
        "等您處理",
        "・1 則訊息處理失敗",
    ]


def test_english_says_as_much_as_chinese() -> None:
    english = rendered(compile(FULL, "Asia/Taipei"), "en")
    assert len(english.splitlines()) == len(GOLDEN.splitlines())


def test_counts_that_fell_are_not_marked() -> None:
    digest = compiled(reports=(report(),), before=(report(), report()))
    assert (digest.total, digest.total.rose) == (Count(None, 1, 2), False)


def test_a_domain_without_new_reports_is_left_out() -> None:
    digest = compiled(reports=(report(),), before=(report(**SIGNAL),))
    assert digest.domains == (Count("urban", 1, 0),)


def test_withdrawn_reports_are_not_told() -> None:
    gone = report(stage=ReportStage.WITHDRAWN, urgency=Urgency.DANGER)
    assert compiled(reports=(gone,)).quiet is True


def test_danger_stands_before_urgency_and_the_oldest_first() -> None:
    urgent = [
        report(number="C", urgency=Urgency.HIGH, at=SINCE),
        report(number="B", urgency=Urgency.DANGER),
        report(number="A", urgency=Urgency.DANGER, at=SINCE),
    ]
    assert [p.number for p in compiled(reports=tuple(urgent)).pressing] == ["A", "B", "C"]


def test_a_need_that_did_not_grow_is_left_out_unless_ripe() -> None:
    digest = compiled(needs=(need(id="a"), need(id="b")), ripe=frozenset({"b"}))
    assert digest.growing == (Growing("b", "民生東路三段・路燈故障", 3, 0, True),)


def test_a_round_that_nobody_was_invited_to_is_left_out() -> None:
    assert compiled(rounds=(Round("空", 0, 0),)).rounds == ()


@pytest.mark.parametrize("secret", ["person-1", "88", "不亮", "r2"])
def test_no_identity_house_or_words_of_a_citizen_are_told(secret: str) -> None:
    assert secret not in rendered(compile(FULL, "Asia/Taipei"))


def _many() -> tuple[Report, ...]:
    return tuple(
        report(
            id=f"r{n}",
            number=f"TP-{n:07}",
            urgency=Urgency.DANGER,
            place=replace(DAAN, district=f"第{n}區", name="很長的站名" * 12),
        )
        for n in range(200)
    )


def _busiest() -> Digest:
    needs = tuple(need(id=f"n{n}" * 9, title="很長的標題" * 30) for n in range(200))
    joined = {n.id: 1 for n in needs}
    rounds = (Round("很長的問卷" * 30, 9, 1),) * 50
    return compiled(reports=_many(), needs=needs, joined=joined, rounds=rounds)


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_the_busiest_day_still_fits_one_message(language: str) -> None:
    assert len(rendered(_busiest(), language)) <= 4_000


def test_the_busiest_day_shortens_its_lists_no_more_than_needed() -> None:
    assert rendered(_busiest()).count("…另有 195 筆") == 2


def test_what_is_left_out_of_a_list_is_counted() -> None:
    lines = rendered(compiled(reports=_many()[:15])).splitlines()
    assert "…另有 3 筆" in lines
