"""Short answers to what the bot has just asked are as good as its buttons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins.desk import Talk, desk
from standins.samples import report

from bot.conversations.scene import Facts
from intents.reading import Act, Place, Reading, Reply

ROAD = Place("民生東路三段", "road", "松山區")
REPLIES = {"好": Reply.AGREE, "算了": Reply.DECLINE, "不對": Reply.AMISS, "不知道": Reply.UNKNOWN}


def read(text: str) -> Reading:
    if text in REPLIES:
        return Reading(text, "zh-TW", Act.SMALL_TALK, reply=REPLIES[text])
    places = (ROAD,) if "民生東路" in text else ()
    act = Act.QUESTION if text.endswith("嗎") else Act.REPORT
    return Reading(text, "zh-TW", act, places=places)


@pytest.fixture
def talk() -> Talk:
    return Talk(replace(desk(), read=read))


def buttons(talk: Talk) -> list[str]:
    return [choice.label for choice in talk.conversation.offered]


def test_yes_sends_what_is_shown(talk: Talk) -> None:
    talk.says("民生東路三段路燈不亮")
    talk.says("好")
    assert talk.filed() == ["民生東路三段路燈不亮"]


def test_yes_sends_nothing_while_it_may_mean_me_too(talk: Talk) -> None:
    talk.facts = Facts(same=((report(person="somebody"), 2),))
    talk.says("民生東路三段路燈不亮")
    talk.says("好")
    assert (talk.filed(), buttons(talk)[0]) == ([], "我也遇到 1")


def test_no_asks_what_is_not_right_and_adds_nothing(talk: Talk) -> None:
    talk.says("民生東路三段路燈不亮")
    said = talk.says("不對")
    assert (said.startswith("哪裡不對呢"), "改地點" in buttons(talk)) == (True, True)


def test_who_gives_up_is_told_that_nothing_was_sent(talk: Talk) -> None:
    talk.says("民生東路三段路燈不亮")
    assert talk.says("算了") == "好的，已經取消，沒有送出任何東西。"


def test_a_place_that_is_not_known_is_skipped(talk: Talk) -> None:
    talk.says("民生東路三段路燈不亮")
    talk.press("改地點")
    talk.says("不知道")
    assert buttons(talk)[0] == "送出"


def test_yes_to_whether_it_is_meant_as_a_report_shows_it(talk: Talk) -> None:
    talk.says("可以認養公園嗎")
    talk.says("好")
    assert buttons(talk)[0] == "送出"


@pytest.mark.parametrize("reply", ["不對", "不知道", "算了"])
def test_anything_but_yes_to_whether_ends_it(talk: Talk, reply: str) -> None:
    talk.says("可以認養公園嗎")
    talk.says(reply)
    assert buttons(talk) == []


@pytest.mark.parametrize("reply", REPLIES)
def test_without_a_draft_a_reply_is_but_idle_talk(talk: Talk, reply: str) -> None:
    talk.says(reply)
    assert (talk.filed(), buttons(talk)) == ([], ["我要反映"])


@pytest.mark.parametrize("typed", ["送出", " 送出!", "送出。"])
def test_a_typed_label_is_as_good_as_the_button(talk: Talk, typed: str) -> None:
    talk.says("民生東路三段路燈不亮")
    talk.says(typed)
    assert talk.filed() == ["民生東路三段路燈不亮"]


def test_case_does_not_matter(talk: Talk) -> None:
    talk.person = replace(talk.person, language="en", chosen=True)
    talk.says("民生東路三段路燈不亮")
    talk.says("send")
    assert talk.filed() == ["民生東路三段路燈不亮"]
