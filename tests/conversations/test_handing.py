"""A survey goes on in another chat: the code, who may use it, and what is said."""

from __future__ import annotations

import re
from dataclasses import replace

from standins.desk import Talk, desk
from standins.forms import OFTEN, TROUBLE, survey
from standins.samples import NOW

from bot.conversations.scene import Facts
from bot.model.conversation import Surveying
from bot.model.happenings import HandoverOffered, SessionTaken
from intents.reading import Act, Reading
from surveys.session import Answer, Session, SessionState

WALK = survey(OFTEN, TROUBLE)
CODE = "7Q4M-2KXA"


def reading(text: str) -> Reading:
    command = "elsewhere" if text == "換地方填" else None
    return Reading(text, "zh-TW", Act.COMMAND if command else Act.SMALL_TALK, command=command)


def talk(**facts: object) -> Talk:
    return Talk(replace(desk(WALK), read=reading), facts=Facts(**facts))


def elsewhere(session_id: str = "s-old") -> Session:
    """A session of which the first question was answered in another chat."""
    said = (Answer("often", "daily", NOW),)
    return Session(session_id, "walk", 1, "r1", "zh-TW", NOW, SessionState.PAUSED, said, seed="s")


def test_who_wants_to_go_on_elsewhere_is_given_a_code_once() -> None:
    here = talk()
    here.taps("i:walk:r1:start")
    said = here.says("換地方填")
    assert here.last
    (offered,) = [h for h in here.last.happenings if isinstance(h, HandoverOffered)]
    assert (offered.code in said, bool(re.fullmatch("[0-9A-Z]{4}-[0-9A-Z]{4}", offered.code))) == (
        True,
        True,
    )


def test_without_a_survey_there_is_nothing_to_hand_over() -> None:
    assert "沒有" in talk().says("換地方填")


def test_the_code_goes_on_where_the_other_chat_left_off() -> None:
    there = talk(handed=elsewhere())
    said = there.says(CODE)
    assert there.last
    topic = there.conversation.topic
    assert isinstance(topic, Surveying)
    assert ("trouble？" in said, topic.session.current) == (True, "trouble")
    assert SessionTaken(there.person.id, elsewhere()) in there.last.happenings


def test_who_has_the_same_survey_here_keeps_that_one() -> None:
    there = talk(handed=elsewhere(), session=elsewhere("s-own"))
    said = there.says(CODE)
    assert there.last
    assert ("同一份問卷" in said, there.last.happenings) == (True, ())


def test_a_code_that_is_good_for_nothing_says_so() -> None:
    assert "已經過期" in talk().says(CODE)
