"""A survey that is edited while somebody answers it ends kindly, whatever they press."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins.desk import ANN, Talk, desk, unread
from standins.forms import FIRST, OFTEN, TROUBLE, WHY, WISH, definition, option, question, survey
from standins.samples import wording

from bot.conversations.belonging import Belonging, belonging
from bot.conversations.scene import Facts
from bot.conversations.surveying import invitation, pressed
from bot.model.conversation import Conversation, Idle, Surveying
from bot.model.happenings import PhotoSent, QuestionAnswered
from bot.model.messages import Photo, Tap, Text
from intents.reading import Act, Reading
from surveys.build import build
from surveys.session import SessionState
from surveys.statements import Added, Ballot

WALK = survey()
EDITED = build(definition(TROUBLE, WISH, version=2))
UNCOUNTED = survey(TROUBLE, WISH)
CHANGED = "這份問卷剛剛更新過題目"


def answering(language: str = "zh-TW") -> Talk:
    """Somebody who answered the first question of a walk and is asked the second."""
    talk = Talk(desk(WALK), replace(ANN, language=language, chosen=True))
    talk.taps("i:walk:r1:start")
    talk.taps(talk.conversation.offered[1].data)
    return talk


@pytest.mark.parametrize("edited", [EDITED, UNCOUNTED], ids=["counted", "uncounted"])
@pytest.mark.parametrize("label", ["太遠", "上一題", "先停在這裡"])
def test_a_button_of_an_edited_survey_says_so_and_ends_it(edited, label: str) -> None:
    talk = answering()
    data = talk.data(label)
    talk.knows(edited)
    assert talk.taps(data).startswith(CHANGED)
    assert (talk.conversation.topic, talk.conversation.shelved) == (Idle(), ())


def test_skipping_in_an_edited_survey_says_so_too() -> None:
    talk = Talk(desk(survey(OFTEN, WISH)))
    talk.taps("i:walk:r1:start")
    talk.press("每天")
    data = talk.data("跳過")
    talk.knows(EDITED)
    assert talk.taps(data).startswith(CHANGED)


def test_a_typed_answer_to_an_edited_survey_says_so_too() -> None:
    talk = answering()
    talk.knows(EDITED)
    assert talk.says("1").startswith(CHANGED)


def test_it_is_said_in_english_to_those_who_speak_it() -> None:
    talk = answering("en")
    talk.knows(EDITED)
    assert talk.says("1").startswith("Sorry, the questions of this survey")


def test_an_edited_survey_that_was_laid_aside_is_not_gone_on_with() -> None:
    talk = answering()
    talk.press("先停在這裡")
    talk.knows(EDITED)
    assert talk.taps("i:walk:r1:start").startswith(CHANGED)
    assert talk.conversation.shelved == ()


def test_the_invitation_begins_the_new_one_afterwards() -> None:
    talk = answering()
    talk.knows(EDITED)
    talk.says("1")
    assert talk.taps("i:walk:r1:start") == "(1/2) trouble？"


def test_a_survey_that_is_gone_is_closed() -> None:
    talk = answering()
    data = talk.data("上一題")
    talk.knows()
    assert talk.taps(data) == "這份問卷已經結束了，謝謝您。"


def test_who_wants_to_report_lays_the_survey_aside() -> None:
    talk = answering()
    reading = replace(unread("我要反映"), command="report")
    talk.desk = replace(talk.desk, read=lambda text: reading)
    assert talk.says("我要反映").startswith("請用一句話告訴我")
    assert [session.survey for session in talk.conversation.shelved] == ["walk"]


def test_an_edit_that_leaves_the_question_where_it_was_disturbs_nobody() -> None:
    talk = answering()
    data = talk.data("太遠")
    talk.knows(survey(OFTEN, WHY, WISH))
    assert talk.taps(data) == "(3/3) wish？"


def ranking() -> Talk:
    """Somebody who is asked to put options in order, and then for a wish."""
    talk = Talk(desk(survey(FIRST, WISH)))
    talk.taps("i:walk:r1:start")
    return talk


def test_what_is_pressed_in_order_shows_its_rank() -> None:
    talk = ranking()
    talk.press("公車班次")
    assert [c.label for c in talk.conversation.offered][:3] == ["路燈", "人行道", "1. 公車班次"]


def test_the_last_of_an_order_ends_it() -> None:
    talk = ranking()
    talk.press("公車班次")
    assert talk.press("路燈").startswith("(2/2) wish")


def test_an_order_can_be_changed_on_the_way_back() -> None:
    talk = ranking()
    talk.press("公車班次")
    talk.press("路燈")
    talk.press("上一題")
    talk.press("1. 公車班次")
    talk.press("人行道")
    topic = talk.conversation.topic
    assert isinstance(topic, Surveying)
    assert topic.session.answers[0].value == ("lamps", "pavement")


# Versions, and answering once more


def test_who_began_an_older_version_goes_on_with_it() -> None:
    talk = answering()
    talk.knows(EDITED)
    talk.desk = replace(talk.desk, editions=(WALK,))
    assert talk.press("太遠").startswith("(3/5) trouble？")


def test_who_has_answered_a_round_changes_the_answers_and_counts_once() -> None:
    talk = answering()
    session = talk.conversation.topic.session
    talk.conversation = Conversation()
    talk.facts = Facts(session=replace(session, current=None, state=SessionState.FINISHED))
    said = talk.taps("i:walk:r1:start")
    assert said.splitlines() == [
        "這一輪您已經答過了，答案都留著，想改的題目可以重新答。",
        "(2/5) why？",
    ]
    assert talk.last is not None
    assert talk.last.happenings == ()


def test_an_answer_can_be_kept_with_a_button() -> None:
    talk = answering()
    assert talk.press("上一題").endswith("（您之前答：從來不）")
    assert talk.press("不改，下一題") == "(2/5) why？"


def test_a_press_of_an_invitation_asks_for_the_session_of_that_round() -> None:
    assert [pressed(Tap("i:walk:r1:start")), pressed(Tap("s:a:v:x")), pressed(Text("i:"))] == [
        ("walk", "r1"),
        None,
        None,
    ]


# Rounds that end

FORTNIGHT = build(definition(open_for=14))
OVER = "這一輪問卷已經截止了，謝謝您。您之前答的都有算進去。"


@pytest.mark.parametrize(
    ("round_id", "said"),
    [("20260306T1200", OVER), ("20260216T0000", OVER), ("20260306T1201", "(1/4) often？")],
)
def test_a_round_takes_answers_for_its_days_only(round_id: str, said: str) -> None:
    assert Talk(desk(FORTNIGHT)).taps(f"i:walk:{round_id}:start") == said


def test_a_survey_in_hand_ends_with_its_round() -> None:
    talk = Talk(desk(FORTNIGHT))
    talk.taps("i:walk:20260320T0900:start")
    topic = talk.conversation.topic
    assert isinstance(topic, Surveying)
    late = replace(topic.session, round="20260210T0900")
    talk.conversation = replace(talk.conversation, topic=Surveying(late))
    assert (talk.says("每天"), talk.conversation.topic) == (OVER, Idle())


def test_a_survey_laid_aside_ends_with_its_round() -> None:
    going_on = replace(unread("繼續問卷"), command="resume")
    talk = Talk(replace(desk(FORTNIGHT), read=lambda text: going_on))
    talk.taps("i:walk:20260320T0900:later")
    late = replace(talk.conversation.shelved[0], round="20260210T0900")
    talk.conversation = replace(talk.conversation, shelved=(late,))
    assert (talk.says("繼續問卷"), talk.conversation.shelved) == (OVER, ())


def test_what_is_personal_in_an_answer_in_ones_own_words_is_not_kept() -> None:
    found = Reading("請打〔電話〕給我", "zh-TW", Act.SMALL_TALK, personal={"phone": 1})
    at = replace(desk(survey(question("wish", "text", most=50))), read=lambda text: found)
    talk = Talk(at)
    talk.taps("i:walk:r1:start")
    talk.says("請打 0912-345-678 給我")
    assert [
        happened.answer.value
        for happened in (talk.last.happenings if talk.last else ())
        if isinstance(happened, QuestionAnswered)
    ] == ["請打〔電話〕給我"]


PICTURE = question("where", "photo")
FORGED = "photo:00000000-0000-4000-8000-000000000009"


def asked_for_a_photo() -> Talk:
    talk = Talk(desk(survey(PICTURE)))
    talk.taps("i:walk:r1:start")
    return talk


def answers(talk: Talk) -> list[object]:
    assert talk.last
    return [h.answer.value for h in talk.last.happenings if isinstance(h, QuestionAnswered)]


def test_a_photo_answers_a_question_for_one_and_is_fetched() -> None:
    talk = asked_for_a_photo()
    talk.does(Photo("m-1", caption="這裡"))
    assert talk.last
    fetched = [f"photo:{h.photo}" for h in talk.last.happenings if isinstance(h, PhotoSent)]
    assert (answers(talk), len(fetched)) == (fetched, 1)


def test_somebody_elses_photo_can_neither_be_typed_nor_pressed() -> None:
    talk = asked_for_a_photo()
    talk.says(FORGED)
    typed = answers(talk)
    talk.taps(f"{talk.data('先停在這裡').rpartition(':')[0]}:v:{FORGED}")
    assert (typed, answers(talk)) == ([], [])


def test_a_photo_that_a_survey_does_not_ask_for_is_taken_ahead_of_a_report() -> None:
    talk = answering()
    talk.does(Photo("m-1"))
    assert (answers(talk), isinstance(talk.conversation.topic, Idle)) == ([], True)


def test_an_answer_that_is_a_photo_is_told_as_one() -> None:
    talk = Talk(desk(survey(PICTURE, WISH)))
    talk.taps("i:walk:r1:start")
    talk.does(Photo("m-1"))
    talk.press("上一題")
    assert talk.last
    assert "📷" in talk.last.bubbles[0].text


def with_pages(**more: object) -> Talk:
    asked = build(definition(OFTEN, web=True))
    return Talk(replace(desk(asked), **more))


def test_a_page_of_ones_own_is_given_where_the_city_has_pages() -> None:
    talk = with_pages(form=lambda *ticket: "https://city.example/form/" + "-".join(ticket))
    assert "https://city.example/form/ann-walk-r1" in talk.taps("i:walk:r1:web")


def test_where_the_pages_are_gone_the_survey_begins_in_the_chat() -> None:
    assert "often？" in with_pages().taps("i:walk:r1:web")


@pytest.mark.parametrize(
    ("web", "pages", "offered"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_page_is_offered_where_survey_and_city_have_one(
    web: bool, pages: bool, offered: bool
) -> None:
    asked = build(definition(OFTEN, web=web))
    bubble = invitation(asked, "r1", wording(), "zh-TW", pages=pages)
    assert ("用網頁填" in [choice.label for choice in bubble.choices]) == offered


AGE = question("age", "choice", options=[option("young", "年輕"), option("old", "年長")])
CELLS = build(definition(AGE, WISH, quotas={"by": ["age"], "most": 3}))


def asked_for_an_age(alike: int | None) -> Talk:
    talk = Talk(desk(CELLS), facts=Facts(alike=alike))
    talk.taps("i:walk:r1:start")
    return talk


@pytest.mark.parametrize("answer", ["年長", "2", "第二個"])
def test_an_answer_asks_how_many_alike_have_finished(answer: str) -> None:
    talk = asked_for_an_age(None)
    assert belonging(Text(answer), talk.conversation, talk.desk) == Belonging(
        "walk", "r1", {"age": "old"}
    )


def test_an_answer_that_cannot_be_read_puts_nobody_into_a_cell() -> None:
    talk = asked_for_an_age(None)
    assert belonging(Text("不知道"), talk.conversation, talk.desk) is None


def test_whose_cell_is_full_is_thanked_and_their_session_dropped() -> None:
    talk = asked_for_an_age(3)
    said = talk.press("年長")
    assert talk.last
    kinds = [type(happened).__name__ for happened in talk.last.happenings]
    assert ("已經有夠多人回答了" in said, kinds, talk.conversation.topic) == (
        True,
        ["SurveyFull"],
        Idle(),
    )


def test_whose_cell_has_room_is_asked_on() -> None:
    talk = asked_for_an_age(2)
    assert "wish？" in talk.press("年長")


def test_going_back_in_a_cell_that_has_filled_meanwhile_drops_nothing_by_itself() -> None:
    talk = asked_for_an_age(2)
    talk.press("年長")
    talk.facts = Facts(alike=None)
    assert "age？" in talk.press("上一題")


def test_a_participants_statement_is_voted_on_by_the_next() -> None:
    vote = survey(question("v0", "statement"), question("own", "suggestion", required=False))
    added = Ballot((Added("a1", "公園的燈應該亮到半夜。"),), ("own_a1", "v0"))
    talk = Talk(replace(desk(vote), ballot=lambda survey, round_id: added))
    assert "公園的燈應該亮到半夜。" in talk.taps("i:walk:r1:start")
