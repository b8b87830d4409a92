"""Answers in people's own words, read and gathered as reports are."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.pipeline.themes import themes
from intents.reading import Act, Place, Reading
from surveys.session import Answer, Session

NOW = datetime(2026, 7, 6, tzinfo=UTC)
PARK = Place("大安森林公園", "park", "大安區", "", 25.03, 121.535)


def read(text: str) -> Reading:
    domain = "urban" if "燈" in text else "transport"
    places = (PARK,) if "公園" in text else ()
    words = text.replace("0912345678", "〔電話〕")
    return Reading(words, "zh-TW", Act.REPORT, domain=domain, places=places)


def session(name: str, *said: str | None) -> Session:
    answers = tuple(Answer("wish", each, NOW) for each in said)
    return Session(name, "walk", 1, "r1", "zh-TW", NOW, answers=answers, day=NOW.date())


LAMPS = [session(f"s{n}", f"大安森林公園的路燈太暗了,晚上走路很危險{n}") for n in range(3)]


def test_what_several_ask_for_is_one_need() -> None:
    found = themes([*LAMPS, session("b", "公車班次太少了")], "wish", read)
    assert [(need.people, need.label, need.ids) for need in found] == [
        (3, "urban", ("s0", "s1", "s2")),
        (1, "transport", ("b",)),
    ]


def test_its_title_is_redacted() -> None:
    (need,) = themes([session("a", "路燈壞了 0912345678")], "wish", read)
    assert need.title == "路燈壞了 〔電話〕"


def test_who_said_nothing_asks_for_nothing() -> None:
    assert themes([session("a"), session("b", None)], "wish", read) == ()
