"""The survey talk: an invitation, one question a bubble, pause and go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.conversations import consenting
from bot.conversations.asking import question
from bot.conversations.scene import Desk, Scene, Turn
from bot.model.conversation import Idle, Surveying
from bot.model.happenings import (
    AnswerWithdrawn,
    Happening,
    QuestionAnswered,
    SurveyBegun,
    SurveyFinished,
    SurveyFull,
)
from bot.model.messages import Bubble, Choice, Content, Location, Style, Tap, Text
from bot.model.wording import Wording, named
from surveys import engine
from surveys.definition import Survey
from surveys.engine import Way
from surveys.events import Answered, Finished, Misread, Withdrawn
from surveys.questions import photo, place
from surveys.quotas import cell, room
from surveys.schedule import round_ends
from surveys.session import Session, SessionState
from surveys.statements import extended


def invitation(
    survey: Survey,
    round_id: str,
    wording: Wording,
    language: str,
    again: bool = False,
    pages: bool = False,
) -> Bubble:
    """What a person who agreed to surveys is sent when a round begins, or to remind them.

    Where the city has `pages`, a survey that can be filled in on one offers that too.
    """
    head, on_page = f"i:{survey.id}:{round_id}", survey.web and pages
    choices = (
        Choice(wording.say(language, "button.start"), f"{head}:start", Style.PRIMARY),
        Choice(wording.say(language, "button.later"), f"{head}:later"),
        *([Choice(wording.say(language, "button.web"), f"{head}:web")] if on_page else []),
        Choice(wording.say(language, "button.refuse"), f"{head}:no"),
    )
    said = wording.say(
        language,
        "survey.remind" if again else "survey.invite",
        title=named(survey.title, language),
        intro=named(survey.intro, language),
        minutes=survey.minutes,
    )
    if survey.anonymous:
        said = f"{said}\n{wording.say(language, 'survey.anonymous')}"
    return Bubble(said, choices=choices)


def answering(scene: Scene) -> bool:
    """Whether a typed text is an answer: a survey waits, and nobody is in danger."""
    endangered = scene.reading is not None and scene.reading.danger is not None
    return isinstance(scene.conversation.topic, Surveying) and not endangered


def shelved(scene: Scene) -> Scene:
    """The scene with a running survey laid aside, to be gone on with later."""
    topic = scene.conversation.topic
    if not isinstance(topic, Surveying):
        return scene
    kept = (*scene.conversation.shelved, engine.pause(topic.session))
    return replace(scene, conversation=replace(scene.conversation, topic=Idle(), shelved=kept))


def pressed(content: Content) -> tuple[str, str] | None:
    """The survey and round that a press of an invitation is about, None for any other."""
    if not isinstance(content, Tap) or not content.data.startswith("i:"):
        return None
    survey_id, round_id, _ = _parted(content.data.removeprefix("i:"))
    return survey_id, round_id


def _parted(rest: str) -> tuple[str, str, str]:
    survey_id, _, after = rest.partition(":")
    round_id, _, what = after.rpartition(":")
    return survey_id, round_id, what


def invited(scene: Scene, rest: str) -> Turn:
    """A button of an invitation: `<survey>:<round>:start|later|web|no`."""
    survey_id, round_id, what = _parted(rest)
    survey = edition(scene.desk, survey_id, None, round_id)
    if what == "no":
        return consenting.refused(scene, survey)
    if survey is None:
        return scene.stay(scene.bubble("survey.closed"))
    if _over(scene, survey, round_id):
        return scene.stay(scene.bubble("survey.over"))
    if what == "web" and scene.desk.form:
        link = scene.desk.form(scene.person.id, survey_id, round_id)
        return scene.stay(scene.bubble("survey.web", link=link))
    if known := _known(scene, survey_id, round_id):
        return _go_on(
            scene, edition(scene.desk, survey_id, known.version, round_id) or survey, known
        )
    if scene.facts.session:
        return reopen(scene, scene.facts.session)
    return _begin(scene, survey, round_id, at_once=what != "later")


def _known(scene: Scene, survey_id: str, round_id: str) -> Session | None:
    topic = scene.conversation.topic
    running = (topic.session,) if isinstance(topic, Surveying) else ()
    sessions = (*running, *scene.conversation.shelved)
    return next((s for s in sessions if (s.survey, s.round) == (survey_id, round_id)), None)


def _over(scene: Scene, survey: Survey, round_id: str) -> bool:
    """Whether a round takes no more answers."""
    ends = round_ends(round_id, survey.open_for, ZoneInfo(scene.desk.city.timezone))
    return ends is not None and scene.now >= ends


def reopen(scene: Scene, before: Session) -> Turn:
    """One person has one session in a round: pressed again, its answers can be changed."""
    survey = edition(scene.desk, before.survey, before.version, before.round)
    if survey is None or survey.version != before.version:
        return scene.stay(scene.bubble("survey.changed"))
    shown = _show(shelved(scene), survey, engine.reopen(survey, before))
    return shown.after(scene.bubble("survey.reopened"))


def _day(scene: Scene, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(scene.desk.city.timezone)).date()


def _begin(scene: Scene, survey: Survey, round_id: str, at_once: bool) -> Turn:
    mint, language, now = scene.desk.mint, scene.language, scene.now
    order = scene.desk.ballot(survey.id, round_id).order
    sprint = engine.begin(survey, mint(), round_id, language, now, _day(scene, now), order)
    begun = SurveyBegun(scene.person.id, sprint.session)
    if at_once:
        return _show(shelved(scene), survey, sprint).then(begun)
    kept = (*scene.conversation.shelved, engine.pause(sprint.session))
    later = replace(scene, conversation=replace(scene.conversation, shelved=kept))
    return later.stay(scene.bubble("survey.later")).then(begun)


def resume(scene: Scene) -> Turn:
    """繼續問卷: the survey that waits, the newest first."""
    session = waiting(scene)
    if session is None:
        return scene.stay(scene.bubble("survey.none"))
    survey = edition(scene.desk, session.survey, session.version, session.round)
    if survey is None:
        return _unshelved(scene, session).stay(scene.bubble("survey.closed"))
    return _go_on(scene, survey, session)


def waiting(scene: Scene) -> Session | None:
    """The survey that runs, else the one laid aside last."""
    topic = scene.conversation.topic
    running = topic.session if isinstance(topic, Surveying) else None
    return running or next(iter(reversed(scene.conversation.shelved)), None)


def _go_on(scene: Scene, survey: Survey, session: Session) -> Turn:
    if ended := _ended(scene, survey, session):
        return ended
    sprint = engine.resume(survey, session)
    shown = _show(_unshelved(scene, session), survey, sprint)
    return shown.after(scene.bubble("survey.resumed"))


def _ended(scene: Scene, survey: Survey, session: Session) -> Turn | None:
    """What is said when the session can't go on: its round is over, or the survey was edited
    meanwhile and the answers no longer fit its questions."""
    if _over(scene, survey, session.round):
        return _unshelved(scene, session).stay(scene.bubble("survey.over"))
    if not engine.fits(survey, session):
        return _unshelved(scene, session).stay(scene.bubble("survey.changed"))
    return None


def _unshelved(scene: Scene, session: Session) -> Scene:
    kept = tuple(s for s in scene.conversation.shelved if s.id != session.id)
    topic = scene.conversation.topic
    mine = isinstance(topic, Surveying) and topic.session.id == session.id
    conversation = replace(scene.conversation, shelved=kept, topic=Idle() if mine else topic)
    return replace(scene, conversation=conversation)


def said(scene: Scene) -> Turn:
    """A typed answer, or a shared place, to the question that waits."""
    topic, content = scene.conversation.topic, scene.inbound.content
    assert isinstance(topic, Surveying)
    survey = _going(scene, topic.session)
    if isinstance(survey, Turn):
        return survey
    told = words(content, engine.way(survey, topic.session))
    if scene.reading and scene.reading.personal and engine.free(survey, topic.session):
        told = scene.reading.redacted
    return _show(scene, survey, engine.answer(survey, topic.session, told, scene.now))


def words(content: Content, way: Way | None) -> str:
    """What is answered; a place answers nothing but a question for a place."""
    match content:
        case Text(text) if way is not Way.PHOTO:
            return text
        case Location(lat, lon) if way is Way.PLACE:
            return place.shared(lat, lon)
        case _:
            return ""


def photographed(scene: Scene) -> Turn | None:
    """A photo where one is asked for; None where it is none of the survey's."""
    topic = scene.conversation.topic
    if not isinstance(topic, Surveying):
        return None
    survey = _going(scene, topic.session)
    if isinstance(survey, Turn) or engine.way(survey, topic.session) is not Way.PHOTO:
        return None
    return _show(
        scene, survey, engine.answer(survey, topic.session, photo.sent(scene.photo), scene.now)
    )


def _going(scene: Scene, session: Session) -> Survey | Turn:
    """The survey that a running session goes on with, or what is said when it can't."""
    survey = edition(scene.desk, session.survey, session.version, session.round)
    if survey is None:
        return scene.idle(scene.bubble("survey.closed"))
    return _ended(scene, survey, session) or survey


def tapped(scene: Scene, rest: str) -> Turn:
    """A button of a question: `<session>:v:<value>`, or back, keep, pause, skip."""
    mark, _, action = rest.partition(":")
    topic = scene.conversation.topic
    if not isinstance(topic, Surveying) or not topic.session.id.startswith(mark):
        return scene.stay(scene.bubble("stale"))
    survey = _going(scene, topic.session)
    if isinstance(survey, Turn):
        return survey
    match action.partition(":"):
        case ("v", _, value):
            # A press could be made up, and a photo be named that is somebody else's.
            said = "" if engine.way(survey, topic.session) is Way.PHOTO else value
            return _show(scene, survey, engine.answer(survey, topic.session, said, scene.now))
        case ("back", _, _):
            return _show(scene, survey, engine.back(survey, topic.session))
        case ("keep", _, _):
            return _show(scene, survey, engine.keep(survey, topic.session))
        case ("skip", _, _):
            return _show(scene, survey, engine.skip(survey, topic.session, scene.now))
        case _:
            return shelved(scene).idle(scene.bubble("survey.paused"))


def edition(desk: Desk, survey_id: str, version: int | None, round_id: str) -> Survey | None:
    """The survey in the version that a session was begun with, else as it is now, with what is
    put to the vote in the round; None when the city has it no longer."""
    now = next((s for s in desk.surveys if s.id == survey_id), None)
    older = (s for s in desk.editions if (s.id, s.version) == (survey_id, version))
    found = next(older, now) if now and version not in (None, now.version) else now
    return extended(found, desk.ballot(survey_id, round_id).added) if found else None


def _show(scene: Scene, survey: Survey, sprint: engine.Sprint) -> Turn:
    if scene.facts.alike is not None and survey.quotas and sprint.events:
        mine = cell(survey.quotas, sprint.session)
        if mine and scene.facts.alike >= room(survey.quotas, mine):
            full = SurveyFull(scene.person.id, sprint.session)
            return scene.idle(scene.bubble("survey.full")).then(full)
    happenings = tuple(_happening(scene, survey, sprint.session, e) for e in sprint.events)
    remembered = tuple(h for h in happenings if h is not None)
    if sprint.session.state is SessionState.FINISHED or sprint.prompt is None:
        return scene.idle(scene.bubble("survey.finished")).then(*remembered)
    asked = question(scene, sprint.session, sprint.prompt)
    shown = scene.turn(Surveying(sprint.session), asked).then(*remembered)
    return shown.after(*(_misread(scene, e) for e in sprint.events if isinstance(e, Misread)))


def _misread(scene: Scene, event: Misread) -> Bubble:
    """What an answer needs: in the definition's words where it has some."""
    return Bubble(event.remark) if event.remark else scene.bubble(f"survey.misread.{event.reason}")


def _happening(scene: Scene, survey: Survey, session: Session, event: object) -> Happening | None:
    match event:
        case Answered(answer):
            return QuestionAnswered(scene.person.id, session.id, survey.id, survey.version, answer)
        case Withdrawn(question):
            return AnswerWithdrawn(session.id, question)
        case Finished():
            return SurveyFinished(scene.person.id, session.id, scene.now)
        case _:
            return None
