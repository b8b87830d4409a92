"""Several problems told at once: one after another, and none sent that was taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins.desk import Talk, desk

from bot.model.conversation import Conversation
from bot.model.messages import Edited, Text, Unsent
from bot.model.plain import from_json, to_json
from intents.reading import Act, Place, Reading

ROAD = Place("民生東路三段", "road", "松山區")


def reading(text: str, *parts: Reading) -> Reading:
    return Reading(text, "zh-TW", Act.REPORT, places=(ROAD,), parts=parts)


BOTH = reading("路燈壞了,水溝也塞住", reading("路燈壞了"), reading("水溝也塞住"))


@pytest.fixture
def talk() -> Talk:
    bench = replace(desk(), read=lambda text: BOTH if "," in text else reading(text))
    return Talk(bench)


def waiting(talk: Talk) -> list[str]:
    return [draft.text for draft in talk.conversation.further]


def test_the_first_problem_is_taken_up_and_the_second_waits(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    assert waiting(talk) == ["水溝也塞住"]


def test_only_the_first_is_filed_by_the_first_press(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    talk.press("送出")
    assert talk.filed() == ["路燈壞了"]


def test_the_second_is_filed_when_it_is_wanted(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    talk.press("送出")
    talk.press("接著反映")
    talk.press("送出")
    assert talk.filed() == ["水溝也塞住"]


def test_the_second_is_dropped_when_it_is_not_wanted(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    talk.press("送出")
    talk.press("這件不用")
    assert waiting(talk) == []


def test_one_question_is_asked_at_a_time(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    talk.press("送出")
    labels = [choice.label for choice in talk.conversation.offered]
    assert labels == ["接著反映", "這件不用"]


def test_cancelling_drops_what_waits(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    talk.press("取消")
    assert waiting(talk) == []


def test_an_old_button_of_the_second_problem_does_nothing(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    talk.press("送出")
    data = talk.data("接著反映")
    talk.press("這件不用")
    talk.taps(data)
    assert talk.filed() == []


@pytest.mark.parametrize("content", [Unsent("m1"), Edited("m1", "好")])
def test_what_is_taken_back_or_changed_is_not_offered(talk: Talk, content: Unsent | Edited) -> None:
    talk.says("路燈壞了,水溝也塞住")
    drafts = tuple(replace(d, refs=("m1",)) for d in talk.conversation.further)
    talk.press("送出")
    talk.conversation = replace(talk.conversation, further=drafts)
    talk.does(content)
    assert waiting(talk) == []


def test_a_new_report_replaces_what_waits(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    talk.press("送出")
    talk.does(Text("公園很暗"))
    assert waiting(talk) == []


def test_what_waits_goes_to_json_and_back(talk: Talk) -> None:
    talk.says("路燈壞了,水溝也塞住")
    assert from_json(Conversation, to_json(talk.conversation)) == talk.conversation
