"""A survey answered, step by step and whatever is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy
from standins.forms import CONTENT, OFTEN, TROUBLE, WHY, WISH, survey, surveys

from bot.model.plain import from_json, to_json
from surveys import branching
from surveys.definition import Question, Survey
from surveys.engine import Sprint, answer, back, begin, keep, pause, reopen, resume, skip
from surveys.events import Answered, Finished, Misread, Withdrawn
from surveys.questions.several import DONE
from surveys.session import Answer, Session, SessionState

NOW = datetime(2026, 7, 6, 4, 30, tzinfo=UTC)
TODAY = date(2026, 7, 6)
LATER = NOW + timedelta(minutes=1)
WALK = survey()


def begun(of: Survey = WALK, language: str = "zh-TW") -> Sprint:
    return begin(of, "s1", "round-1", language, NOW, TODAY)


def after(*said: str, of: Survey = WALK) -> Sprint:
    """The survey after these answers; `<` goes back and `>` skips."""
    sprint = begun(of)
    for each in said:
        session = sprint.session
        if each == "<":
            sprint = back(of, session)
        else:
            sprint = skip(of, session, NOW) if each == ">" else answer(of, session, each, NOW)
    return sprint


def values(session: Session) -> dict[str, object]:
    return dict(branching.given(session))


def test_it_begins_with_the_first_question() -> None:
    sprint = begun()
    assert sprint.session == Session(
        "s1", "walk", 1, "round-1", "zh-TW", NOW, current="often", seed="s1", day=TODAY
    )
    assert sprint.prompt
    assert (sprint.prompt.text, [c.label for c in sprint.prompt.choices]) == (
        "often？",
        ["每天", "從來不"],
    )


def test_it_is_asked_in_the_sessions_language() -> None:
    prompt = begun(survey(CONTENT), "en").prompt
    assert prompt
    assert [c.label for c in prompt.choices] == ["1 Bad", "2", "3", "4", "5 Good"]


def test_an_answer_leads_to_the_next_question() -> None:
    sprint = after("從來不")
    assert sprint.session.current == "why"
    assert sprint.events == (Answered(Answer("often", "never", NOW)),)


def test_a_question_that_is_not_relevant_is_not_asked() -> None:
    assert after("每天").session.current == "trouble"


def test_progress_counts_the_questions_on_the_way() -> None:
    prompts = [after().prompt, after("從來不").prompt, after("每天").prompt]
    assert [(p.number, p.total) for p in prompts if p] == [(1, 4), (2, 5), (2, 4)]


def test_an_answer_that_is_misread_is_asked_again() -> None:
    sprint = after("可能吧")
    assert (sprint.session, sprint.prompt) == (begun().session, begun().prompt)
    assert sprint.events == (Misread("choice"),)


def test_choices_are_ticked_one_by_one_until_done() -> None:
    ticking = after("每天", "dark", "rain")
    assert ticking.prompt
    assert (ticking.prompt.ticked, ticking.prompt.can_finish) == (("dark", "rain"), True)
    done = answer(WALK, ticking.session, DONE, NOW)
    assert (values(done.session)["trouble"], done.session.picked) == (("dark", "rain"), ())


def test_ticks_stay_when_there_are_too_many() -> None:
    sprint = after("每天", "dark", "rain", "parked", DONE)
    assert sprint.events == (Misread("many"),)
    assert sprint.session.picked == ("dark", "rain", "parked")


def test_the_last_answer_ends_it() -> None:
    sprint = after("每天", "都沒有", DONE, "5", "多種樹")
    assert (sprint.prompt, sprint.session.current, sprint.session.state) == (
        None,
        None,
        SessionState.FINISHED,
    )
    assert sprint.events[-1] == Finished()
    assert values(sprint.session) == {
        "often": "daily",
        "trouble": ("none",),
        "content": 5,
        "wish": "多種樹",
    }


def test_what_is_said_after_the_end_changes_nothing() -> None:
    ended = after("每天", "1、2", "5", "樹").session
    sprints = [answer(WALK, ended, "1", LATER), back(WALK, ended), skip(WALK, ended, LATER)]
    assert sprints == [Sprint(ended, None)] * 3


def test_an_optional_question_can_be_skipped() -> None:
    sprint = after("每天", "1、2", "5", ">")
    assert values(sprint.session)["wish"] is None
    assert sprint.session.state is SessionState.FINISHED


def test_a_required_question_is_asked_again_when_skipped() -> None:
    assert after(">") == begun()


def test_going_back_shows_what_was_ticked() -> None:
    sprint = after("每天", "機車、下雨", "<")
    assert sprint.prompt
    assert (sprint.session.current, sprint.prompt.ticked) == ("trouble", ("parked", "rain"))


def test_the_first_question_has_no_way_back() -> None:
    sprint = after("<")
    assert sprint == begun()
    assert sprint.prompt
    assert not sprint.prompt.can_go_back


def test_another_answer_replaces_the_first() -> None:
    sprint = after("每天", "<", "從來不")
    assert values(sprint.session) == {"often": "never"}


def test_answers_that_lost_their_question_are_withdrawn() -> None:
    sprint = after("從來不", "太遠", "<", "<", "每天")
    assert sprint.events == (Answered(Answer("often", "daily", NOW)), Withdrawn("why"))
    assert values(sprint.session) == {"often": "daily"}


def test_a_condition_on_a_withdrawn_answer_no_longer_holds() -> None:
    how = {**WISH, "id": "how", "relevant": {"question": "why", "is": "far"}}
    asked = branching.path(survey(OFTEN, WHY, how), {"often": "daily", "why": "far"}, TODAY, "s1")
    assert [question.id for question in asked] == ["often"]


def test_a_condition_on_one_of_several_ticks_holds() -> None:
    why = {**WISH, "relevant": {"question": "trouble", "any_of": ["dark", "rain"]}}
    both = survey(TROUBLE, why)
    asked = [after("1、2", of=both).session.current, after("parked", DONE, of=both).session.current]
    assert asked == ["wish", None]


def test_a_condition_on_a_step_of_a_scale_holds() -> None:
    low = survey(CONTENT, {**WISH, "relevant": {"question": "content", "any_of": [1, 2]}})
    assert [after(said, of=low).session.current for said in ("2", "3")] == ["wish", None]


def test_a_paused_survey_goes_on_where_it_was() -> None:
    before = after("每天", "dark")
    paused = pause(before.session)
    assert paused.state is SessionState.PAUSED
    assert resume(WALK, paused) == Sprint(before.session, before.prompt)


def test_a_finished_survey_can_neither_be_paused_nor_resumed() -> None:
    ended = after("每天", "1、2", "5", "樹").session
    assert (pause(ended), resume(WALK, ended)) == (ended, Sprint(ended, None))


# Whatever the definition, whatever is said


SAYABLE = {
    "date": ["明天", "12/1", "2026-02-28"],
    "time": ["下午3點", "08:30"],
    "moment": ["12月1日下午3點", "2026-12-01T08:30"],
    "place": ["大安站", "geo:25.03,121.56"],
}


def usable(data: DataObject, question: Question) -> list[str]:
    """What answers a question, said one after the other."""
    if question.type == "text":
        letters = st.text("路燈樹ab", min_size=question.least, max_size=question.most)
        return [data.draw(letters)]
    if question.type == "scale":
        return [str(data.draw(st.integers(question.least, question.most)))]
    if question.type == "number":
        return [data.draw(st.sampled_from(["-10", "2.5", "７", "十", "0"]))]
    if question.type in SAYABLE:
        return [data.draw(st.sampled_from(SAYABLE[question.type]))]
    values = [option.value for option in question.options]
    if question.type in ("choice", "yes_no", "statement", "note"):
        return [data.draw(st.sampled_from(values))]
    return [*data.draw(st.one_of(ticks(question))), DONE]


def ticks(question: Question) -> list[SearchStrategy[list[str]]]:
    """Ways to tick enough: one that stands alone, or as many others as are asked for."""
    lonely = [option.value for option in question.options if option.alone]
    others = [option.value for option in question.options if not option.alone]
    ways = [st.sampled_from([[value] for value in lonely])] if lonely else []
    if len(others) >= question.least:
        bounds = {"min_size": question.least, "max_size": question.most, "unique": True}
        ways.append(st.lists(st.sampled_from(others), **bounds))
    return ways


def answered(data: DataObject, of: Survey, session: Session) -> Sprint:
    """The session after a good answer to what waits, or a skip."""
    question = of.question(str(session.current))
    if not question.required and data.draw(st.booleans()):
        return skip(of, session, NOW)
    for said in usable(data, question):
        sprint = answer(of, session, said, NOW)
        session = sprint.session
    return sprint


@given(surveys(), st.data())
def test_every_survey_ends_and_asks_only_what_is_relevant(of: Survey, data: DataObject) -> None:
    sprint = begun(of)
    steps = 0
    while sprint.session.current:
        question = of.question(sprint.session.current)
        assert branching.relevant(question, values(sprint.session), TODAY)
        sprint = answered(data, of, sprint.session)
        steps += 1
    assert steps <= len(of.questions)
    assert (sprint.prompt, sprint.session.state) == (None, SessionState.FINISHED)
    assert [a.question for a in sprint.session.answers] == [
        q.id for q in branching.path(of, values(sprint.session), TODAY, "s1")
    ]


def timeless(session: Session) -> Session:
    return replace(session, answers=tuple(replace(a, at=NOW) for a in session.answers))


@given(surveys(), st.data())
def test_back_and_the_same_answers_again_give_the_same_session(
    of: Survey, data: DataObject
) -> None:
    steps = [begun(of)]
    for _ in range(data.draw(st.integers(1, 6))):
        if steps[-1].session.current:
            steps.append(answered(data, of, steps[-1].session))
    reached = steps[-1].session
    if reached.current is None:
        return
    returns = data.draw(st.integers(0, len(steps) - 1))
    session = reached
    for _ in range(returns):
        session = back(of, session).session
    for given_before in reached.answers[len(reached.answers) - returns :]:
        session = again(of, session, given_before).session
    assert timeless(session) == timeless(reached)


def again(of: Survey, session: Session, before: Answer) -> Sprint:
    """The same answer once more; ticks are still there, so that only `done` is pressed."""
    assert session.current == before.question
    if before.value is None:
        return skip(of, session, LATER)
    said = DONE if isinstance(before.value, tuple) else str(before.value)
    return answer(of, session, said, LATER)


SAID = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            DONE,
            "",
            "1",
            "２",
            "第二個",
            "選三",
            "1、2",
            "1 2 3",
            "o0",
            "o1",
            "-1",
            "、",
            "二和三",
            "\x00",
            "\ud800",
            "9" * 5000,
        ]
    ),
)
MOVES = st.lists(st.tuples(st.sampled_from(["say", "say", "say", "back", "skip", "pause"]), SAID))


@given(surveys(), MOVES)
def test_whatever_is_said_there_is_a_question_or_the_end(
    of: Survey, moves: list[tuple[str, str]]
) -> None:
    sprint = begun(of)
    for move, said in moves:
        session = sprint.session
        if move == "say":
            sprint = answer(of, session, said, NOW)
        elif move == "back":
            sprint = back(of, session)
        elif move == "skip":
            sprint = skip(of, session, NOW)
        else:
            sprint = resume(of, pause(session))
        session, prompt = sprint.session, sprint.prompt
        assert (prompt is None) == (session.state is SessionState.FINISHED)
        if prompt:
            assert 1 <= prompt.number <= prompt.total
            assert set(prompt.ticked) <= {choice.value for choice in prompt.choices}
        assert from_json(Session, to_json(session)) == session


@given(surveys(), st.data())
@settings(max_examples=50)
def test_a_session_goes_to_json_and_back_unchanged_at_every_step(
    of: Survey, data: DataObject
) -> None:
    sprint = begun(of)
    while sprint.session.current:
        assert from_json(Session, to_json(sprint.session)) == sprint.session
        assert from_json(Session, to_json(pause(sprint.session))) == pause(sprint.session)
        sprint = answered(data, of, sprint.session)
    assert from_json(Session, to_json(sprint.session)) == sprint.session


# Answered once more


def test_what_was_answered_before_can_be_kept() -> None:
    sprint = after("從來不", "太遠", "<", "<")
    assert sprint.prompt
    assert sprint.prompt.before == "從來不"
    kept = keep(WALK, keep(WALK, sprint.session).session)
    assert (kept.session.current, kept.events) == ("trouble", ())
    assert values(kept.session) == {"often": "never", "why": "far"}


def test_what_was_not_answered_before_cannot_be_kept() -> None:
    assert keep(WALK, begun().session) == begun()


def test_a_finished_survey_is_opened_again_with_its_answers() -> None:
    ended = after("每天", "1、2", "5", "樹").session
    again = reopen(WALK, ended)
    assert (again.session.current, again.session.state) == ("often", SessionState.RUNNING)
    assert values(again.session) == values(ended)


def test_one_that_was_left_is_opened_where_the_answers_end() -> None:
    left = after("每天", "1、2").session
    assert reopen(WALK, replace(left, current=None)).session.current == "content"


@given(surveys(), st.data())
def test_keeping_every_answer_ends_with_the_same_answers(of: Survey, data: DataObject) -> None:
    sprint = begun(of)
    while sprint.session.current:
        sprint = answered(data, of, sprint.session)
    again = reopen(of, sprint.session)
    while again.session.current:
        again = keep(of, again.session)
    assert (again.session, again.events) == (sprint.session, (Finished(),))
