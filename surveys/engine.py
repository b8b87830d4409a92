"""A Session and an answer in, a Sprint out. Pure: whatever is said, it ends in a prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from surveys.branching import given, path
from surveys.definition import Question, Survey
from surveys.events import Answered, Event, Finished, Misread, Withdrawn
from surveys.questions import TYPES
from surveys.questions.base import Hearing, PromptChoice, Ticked, Unusable, Way, named
from surveys.reckoning import Situation, holds
from surveys.session import Answer, Session, SessionState, Value
from surveys.showing import shown, told

__all__ = [
    "Prompt",
    "PromptChoice",
    "Sprint",
    "Way",
    "answer",
    "back",
    "begin",
    "fits",
    "free",
    "keep",
    "pause",
    "reopen",
    "resume",
    "skip",
    "way",
]


@dataclass(frozen=True, slots=True)
class Prompt:
    """The question that waits, in the session's language.

    `number` of `total` is its place on the way as far as known; `ticked` are the options
    chosen so far, in order where they are ranked. Choosing ticks or ranks ends with the value
    `done`. `before` is what was answered here before, in words, and can be kept; it, `hint` and
    `unit` are empty where there is none.
    """

    text: str
    choices: tuple[PromptChoice, ...]
    number: int
    total: int
    way: Way = Way.WORDS
    can_go_back: bool = False
    can_skip: bool = False
    ticked: tuple[str, ...] = ()
    hint: str = ""
    unit: str = ""
    before: str = ""

    @property
    def can_finish(self) -> bool:
        """Whether choosing goes on until it is said to be done."""
        return self.way in (Way.TICKS, Way.RANKS)


@dataclass(frozen=True, slots=True)
class Sprint:
    """The session as it now stands, what waits (None when finished), what happened."""

    session: Session
    prompt: Prompt | None
    events: tuple[Event, ...] = ()


def begin(
    survey: Survey,
    session_id: str,
    round: str,
    language: str,
    now: datetime,
    day: date,
    order: tuple[str, ...] = (),
) -> Sprint:
    """A new session and its first question; `day` is today by the city's calendar.

    The session's id is the seed of whatever is shuffled; `order` is that of the statements,
    the survey's own where it is empty.
    """
    session = Session(
        id=session_id,
        survey=survey.id,
        version=survey.version,
        round=round,
        language=language,
        started=now,
        seed=session_id,
        day=day,
        order=order,
    )
    asked = _asked(survey, session)
    if not asked:
        return Sprint(replace(session, state=SessionState.FINISHED), None, (Finished(),))
    return _ask(survey, replace(session, current=asked[0]))


def fits(survey: Survey, session: Session) -> bool:
    """Whether the session can go on: the definition is the one that it was begun with.

    An edit that forgot to count the version up is found by the question that waits.
    """
    if survey.version != session.version:
        return False
    return session.current is None or session.current in _asked(survey, session)


def way(survey: Survey, session: Session) -> Way | None:
    """How the question that waits is answered; None at the end."""
    if session.current is None:
        return None
    return TYPES[survey.question(session.current).type].way


def free(survey: Survey, session: Session) -> bool:
    """Whether the question that waits is answered in words of one's own."""
    return session.current is not None and TYPES[survey.question(session.current).type].free


def answer(survey: Survey, session: Session, said: str, now: datetime) -> Sprint:
    """Take a typed text or a button's value as the answer to the question that waits."""
    if session.current is None:
        return _ask(survey, session)
    question = shown(survey, session, survey.question(session.current))
    hearing = Hearing(session.picked, session.language, session.day)
    outcome = TYPES[question.type].read(question, said, hearing)
    if isinstance(outcome, Unusable):
        return _ask(survey, session, Misread(outcome.reason))
    if isinstance(outcome, Ticked):
        return _ask(survey, replace(session, picked=outcome.picked))
    if not _allowed(session, question, outcome.value):
        remark = named(question.remark, session.language) if question.remark else ""
        return _ask(survey, session, Misread("constraint", remark))
    return _answered(survey, session, question, outcome.value, now)


def skip(survey: Survey, session: Session, now: datetime) -> Sprint:
    """Leave an optional question unanswered; a required one is asked again."""
    question = survey.question(session.current) if session.current else None
    if question is None or question.required:
        return _ask(survey, session)
    return _answered(survey, session, question, None, now)


def keep(survey: Survey, session: Session) -> Sprint:
    """Go on with the answer that was given here before; where there is none it is asked again."""
    if session.current is None or session.current not in given(session):
        return _ask(survey, session)
    return _onward(survey, replace(session, picked=()))


def back(survey: Survey, session: Session) -> Sprint:
    """The question before; its answer stays until another is given. The end is the end."""
    if session.current is None:
        return _ask(survey, session)
    asked = _asked(survey, session)
    before = asked[max(asked.index(session.current) - 1, 0)]
    return _ask(survey, _at(session, before))


def pause(session: Session) -> Session:
    """The session laid aside."""
    return replace(session, state=SessionState.PAUSED) if session.current else session


def reopen(survey: Survey, session: Session) -> Sprint:
    """Answer once more: what was said stays until something else is, question by question."""
    asked, said = _asked(survey, session), given(session)
    if not asked:
        return _ask(survey, session)
    first = next((each for each in asked if each not in said), asked[0])
    return _ask(survey, _at(replace(session, state=SessionState.RUNNING), first))


def resume(survey: Survey, session: Session) -> Sprint:
    """Go on where it was left."""
    running = replace(session, state=SessionState.RUNNING) if session.current else session
    return _ask(survey, running)


def _allowed(session: Session, question: Question, value: Value) -> bool:
    if not question.constraint:
        return True
    return holds(question.constraint, Situation(given(session), session.day, value))


def _answered(
    survey: Survey, session: Session, question: Question, value: Value | None, now: datetime
) -> Sprint:
    fresh = Answer(question.id, value, now)
    others = tuple(a for a in session.answers if a.question != question.id)
    whole = replace(session, answers=(*others, fresh), picked=())
    asked = _asked(survey, whole)
    dropped = tuple(a.question for a in whole.answers if a.question not in asked)
    kept = replace(whole, answers=tuple(a for a in whole.answers if a.question in asked))
    return _onward(survey, kept, Answered(fresh), *(Withdrawn(q) for q in dropped))


def _onward(survey: Survey, session: Session, *events: Event) -> Sprint:
    """The question behind the current one, or the end."""
    asked = _asked(survey, session)
    following = asked[asked.index(str(session.current)) + 1 :]
    if following:
        return _ask(survey, _at(session, following[0]), *events)
    ended = replace(session, current=None, state=SessionState.FINISHED)
    return Sprint(ended, None, (*events, Finished()))


def _asked(survey: Survey, session: Session) -> list[str]:
    """The ids of the questions that the answers so far lead through."""
    return [
        question.id
        for question in path(survey, given(session), session.day, session.seed, session.order)
    ]


def _at(session: Session, question_id: str) -> Session:
    """The session at a question, with what was ticked there before."""
    earlier = given(session).get(question_id)
    picked = earlier if isinstance(earlier, tuple) else ()
    return replace(session, current=question_id, picked=picked)


def _ask(survey: Survey, session: Session, *events: Event) -> Sprint:
    if session.current is None:
        return Sprint(session, None, events)
    question = shown(survey, session, survey.question(session.current))
    asked, kind = _asked(survey, session), TYPES[question.type]
    number = asked.index(question.id) + 1
    prompt = Prompt(
        text=named(question.text, session.language),
        choices=kind.choices(question, session.language),
        number=number,
        total=len(asked),
        way=kind.way,
        can_go_back=number > 1,
        can_skip=not question.required,
        ticked=session.picked,
        hint=named(question.hint, session.language) if question.hint else "",
        unit=named(question.unit, session.language) if question.unit else "",
        before=told(question, given(session).get(question.id), session.language),
    )
    return Sprint(session, prompt, events)
