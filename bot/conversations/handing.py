"""A survey goes on in another chat: a code is given in one and typed in the other."""

from __future__ import annotations

from bot.conversations.scene import Scene, Turn
from bot.conversations.surveying import reopen, waiting
from bot.model.happenings import HandoverOffered, SessionTaken
from bot.model.number import one_time_code
from surveys.session import Session


def hand_over(scene: Scene) -> Turn:
    """換地方填: a code by which the survey that waits is gone on with in another chat."""
    session = waiting(scene)
    if session is None:
        return scene.stay(scene.bubble("survey.none"))
    code = one_time_code(scene.desk.mint())
    offered = HandoverOffered(session.id, code, scene.now)
    return scene.stay(scene.bubble("survey.code", code=code)).then(offered)


def take_over(scene: Scene, session: Session) -> Turn:
    """Go on here with a session that was begun in another chat."""
    mine = scene.facts.session
    if mine is not None and mine.id != session.id:
        return scene.stay(scene.bubble("survey.two"))
    taken = reopen(scene, session)
    return taken.then(SessionTaken(scene.person.id, session))
