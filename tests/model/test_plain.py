from datetime import UTC, datetime

import pytest
from hypothesis import given
from standins.forms import definition, surveys

from bot.model.conversation import (
    Asking,
    Confirming,
    Conversation,
    Draft,
    Idle,
    Reporting,
    Surveying,
)
from bot.model.messages import (
    Address,
    Bubble,
    Choice,
    Inbound,
    Location,
    Outbound,
    Reply,
    Style,
    Tap,
    Text,
)
from bot.model.plain import from_json, to_json
from bot.model.proposal import Forwarding, Proposal, Stage
from intents.reading import Place, Urgency
from surveys.build import build
from surveys.definition import Survey
from surveys.session import Answer, Session, SessionState

NOW = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)
PLACE = Place("民生東路三段", "road", "松山區", None, 25.058, 121.548)
DRAFT = Draft(
    "d1", "路燈不亮", "zh-TW", "urban", None, None, 0.5, Urgency.HIGH, PLACE, "m", NOW,
    ranked=("urban", "safety"), refs=("r1",), photos=("p1",), same=(("i", "TPE-1"),),
)  # fmt: skip
ANSWERS = tuple(
    Answer(f"q{n}", value, NOW)
    for n, value in enumerate(("yes", 3, 2.5, True, ("a", "b"), ("a",), (), None))
)
SESSION = Session("s1", "survey", 2, "r1", "en", NOW, SessionState.PAUSED, ANSWERS, "q9", ("x",))
BUTTONS = (Choice("送出", "d:send", Style.PRIMARY), Choice("here", shares_location=True))


@pytest.mark.parametrize(
    "thing",
    [
        Conversation(),
        Conversation(Idle("TPE-1", ("p1",), PLACE), BUTTONS),
        Conversation(Reporting(DRAFT, Asking.PLACE), BUTTONS, (SESSION,)),
        Conversation(Surveying(SESSION)),
        Conversation(Confirming()),
        Outbound(
            "o1",
            Address("line", "U"),
            (Bubble("t", "T", (("a", "b"),), BUTTONS),),
            Reply("token", NOW),
            "i1",
        ),
        Inbound("i1", Address("line", "U"), NOW, Text("hi"), "r", None, "zh"),
        Inbound("i1", Address("line", "U"), NOW, Tap("d:send")),
        Inbound("i1", Address("line", "U"), NOW, Location(25.0, 121.5)),
        PLACE,
        SESSION,
        Forwarding("f", Proposal("p", "n", Stage.MATCHING, {"a": [1, {"b": None}]}, NOW), "x", "k"),
    ],
)
def test_it_comes_back_from_json_unchanged(thing):
    assert from_json(type(thing), to_json(thing)) == thing


def test_true_does_not_come_back_as_one():
    answer = Answer("q", True, NOW)
    assert from_json(Answer, to_json(answer)).value is True


def test_what_an_older_version_wrote_is_read_with_the_new_fields_at_their_defaults():
    assert from_json(Conversation, '{"topic": {"_type": "Idle"}}') == Conversation()


def test_what_is_no_conversation_is_refused():
    with pytest.raises(KeyError, match="NoSuch"):
        from_json(Conversation, '{"topic": {"_type": "NoSuch"}}')


@given(surveys())
def test_a_survey_goes_to_json_and_back_unchanged(of: Survey) -> None:
    assert from_json(Survey, to_json(of)) == of


def test_a_schedule_goes_to_json_and_back_unchanged() -> None:
    monthly = {"every": "monthly", "week": "last", "days": ["fri"], "time": "20:30"}
    of = build(definition(schedule={**monthly, "except": ["2027-01-29"], "holidays": "skip"}))
    assert from_json(Survey, to_json(of)) == of
