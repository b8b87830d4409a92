"""Which quota cell an answer puts somebody into, before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversations.scene import Desk
from bot.conversations.surveying import edition, words
from bot.model.conversation import Conversation, Surveying
from bot.model.messages import Content, Tap
from surveys import engine
from surveys.quotas import cell


@dataclass(frozen=True, slots=True)
class Belonging:
    """A quota cell of a round: the answers (question to value) that make it."""

    survey: str
    round: str
    cell: Mapping[str, str]


def belonging(content: Content, conversation: Conversation, desk: Desk) -> Belonging | None:
    """The cell that this answer puts somebody into; None where it puts them into none."""
    topic = conversation.topic
    session = topic.session if isinstance(topic, Surveying) else None
    survey = edition(desk, session.survey, session.version, session.round) if session else None
    if session is None or survey is None or survey.quotas is None:
        return None
    if not engine.fits(survey, session) or session.current not in survey.quotas.by:
        return None
    pressed_value = content.data.partition(":v:")[2] if isinstance(content, Tap) else ""
    said = pressed_value or words(content, engine.way(survey, session))
    after = engine.answer(survey, session, said, session.started).session
    found = cell(survey.quotas, after)
    if found is None:
        return None
    together = dict(zip(survey.quotas.by, found, strict=True))
    return Belonging(survey.id, session.round, together)
