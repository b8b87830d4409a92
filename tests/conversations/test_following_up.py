"""What became of a report: told, judged, and opened again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins.desk import Talk, desk
from standins.samples import NOW, TAXONOMY, need, report, wording

from bot.conversations.following_up import moved, progress
from bot.conversations.scene import Facts
from bot.model.conversation import Confirming
from bot.model.happenings import ReportMoved
from bot.model.proposal import Stage
from bot.model.report import Report, ReportStage

OWN = report(id="r1", person="ann")
JOINED = report(id="r2", number="TP-0000002", person="ben")


def knowing(*reports: Report) -> Talk:
    """Somebody of whom these reports are."""
    return Talk(desk(), facts=Facts(own=reports))


def at(stage: ReportStage, of: Report = OWN) -> Report:
    return replace(of, stage=stage)


def told(stage: ReportStage, language: str = "zh-TW") -> str:
    return moved(at(stage), TAXONOMY, wording(), language).text


def happened(talk: Talk) -> list[ReportMoved]:
    assert talk.last is not None
    return [h for h in talk.last.happenings if isinstance(h, ReportMoved)]


@pytest.mark.parametrize("of", [OWN, JOINED], ids=["own", "joined"])
@pytest.mark.parametrize("stage", [ReportStage.DONE, ReportStage.CONFIRMED])
def test_not_improved_opens_the_report_again(stage: ReportStage, of: Report) -> None:
    talk = knowing(at(stage, of))
    assert "已經重新受理" in talk.taps(f"done:{of.id}:no")
    assert happened(talk) == [ReportMoved(of.id, ReportStage.RECEIVED, "ann", NOW)]


def test_improved_confirms_the_report() -> None:
    talk = knowing(at(ReportStage.DONE))
    assert "謝謝您告訴我們" in talk.taps("done:r1:yes")
    assert happened(talk) == [ReportMoved("r1", ReportStage.CONFIRMED, "ann", NOW)]


@pytest.mark.parametrize("answer", ["yes", "no", "perhaps", ""])
@pytest.mark.parametrize("stage", [ReportStage.RECEIVED, ReportStage.WORKING])
def test_an_old_button_tells_where_the_report_stands(stage: ReportStage, answer: str) -> None:
    talk = knowing(at(stage))
    name = {"received": "已收到", "working": "處理中"}[stage]
    assert talk.taps(f"done:r1:{answer}") == f"TP-0000001 路燈故障：{name}"
    assert happened(talk) == []


@pytest.mark.parametrize("data", ["done:r9:yes", "done:", "done::no", "done:r1"])
def test_nobody_moves_what_is_not_theirs(data: str) -> None:
    talk = knowing(at(ReportStage.DONE))
    assert talk.taps(data).startswith("這個按鈕是之前的")
    assert happened(talk) == []


def test_a_done_report_asks_with_two_buttons() -> None:
    bubble = moved(at(ReportStage.DONE), TAXONOMY, wording(), "zh-TW")
    assert [(c.label, c.data) for c in bubble.choices] == [
        ("已改善", "done:r1:yes"),
        ("還沒改善", "done:r1:no"),
    ]


def test_the_buttons_of_the_longest_id_fit_every_platform() -> None:
    longest = replace(at(ReportStage.DONE), id="f47ac10b-58cc-4372-a567-0e02b2c3d479")
    bubble = moved(longest, TAXONOMY, wording(), "zh-TW")
    assert max(len(c.data.encode()) for c in bubble.choices) <= 64


@pytest.mark.parametrize("language", ["zh-TW", "en"])
@pytest.mark.parametrize("stage", ["received", "working", "done"])
def test_each_move_names_the_case(stage: str, language: str) -> None:
    assert "TP-0000001" in told(ReportStage(stage), language)


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.COLLECTED, "已經整理成提案，進到「需求蒐集」階段。"),
        (Stage.PLANNING, "有新進展：提案進到「策略規劃」階段。"),
        (Stage.DECLINED, "，提案這次不採納，原因是：明年再辦"),
    ],
)
def test_a_stage_of_a_proposal_is_one_short_sentence(stage: Stage, said: str) -> None:
    told = progress(need(), stage, "明年再辦", TAXONOMY, wording(), "zh-TW").text
    assert told == f"您和大家反映的「民生東路三段・路燈故障」{said}"


def test_a_need_without_kind_and_place_is_named_by_its_domain() -> None:
    bubble = progress(need(kind=None, place=None), Stage.OPERATING, "", TAXONOMY, wording(), "en")
    assert bubble.text == (
        '"Urban works", which you and others reported, moves on: '
        'the proposal is now at the stage "in operation".'
    )


def test_forgetting_counts_what_the_person_filed_alone() -> None:
    talk = knowing(OWN, JOINED)
    talk.conversation = replace(talk.conversation, topic=Confirming())
    assert "1 件反映的內容" in talk.taps("forget:yes")
