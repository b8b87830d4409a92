"""A conversation within one unit: what it is at, and whose fault it is when something fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.conversations.scene import Turn
from bot.conversations.turn import Ready
from bot.model.conversation import Conversation
from bot.model.happenings import (
    ConsentChanged,
    Happening,
    LanguageSet,
    PersonForgotten,
    StaffLinked,
)
from bot.model.person import Person, Role
from bot.storage.inbox import Talk, Waiting


class Failed(Exception):
    """One Inbound could not be handled; the whole unit is undone and it is postponed."""

    def __init__(self, talk: Talk, waiting: Waiting, fault: Exception) -> None:
        super().__init__(repr(fault))
        self.talk, self.waiting, self.fault = talk, waiting, fault


class Unclear(Exception):
    """One of several could not be looked up or saved, and nobody knows which."""


@dataclass(slots=True)
class Chat:
    """A talk as it goes on within a unit; `left` are its Inbounds not yet handled."""

    talk: Talk
    person: Person
    conversation: Conversation
    left: list[Waiting]

    @classmethod
    def of(cls, talk: Talk) -> Chat:
        """A talk before anything of it is handled."""
        return cls(talk, talk.person, talk.conversation, list(talk.waiting))


@dataclass(frozen=True, slots=True)
class Heard:
    """The next Inbound of a chat, understood."""

    chat: Chat
    waiting: Waiting
    ready: Ready


@contextmanager
def blamed(chat: Chat, waiting: Waiting) -> Iterator[None]:
    """Whatever fails in the block is this Inbound's."""
    try:
        yield
    except Exception as fault:
        raise Failed(chat.talk, waiting, fault) from fault


@contextmanager
def unclear() -> Iterator[None]:
    """Whatever fails in the block may be any one's."""
    try:
        yield
    except Exception as fault:
        raise Unclear from fault


def forgotten(outcome: Turn) -> bool:
    """Whether the person is nobody known any more."""
    return any(isinstance(happening, PersonForgotten) for happening in outcome.happenings)


def after(person: Person, happenings: tuple[Happening, ...]) -> Person:
    """The person as the next Inbound of the same batch finds them."""
    for happening in happenings:
        match happening:
            case LanguageSet(_, language, chosen):
                person = replace(person, language=language, chosen=chosen)
            case ConsentChanged(_, consent, _):
                person = replace(person, surveys=consent)
            case StaffLinked():
                person = replace(person, role=Role.STAFF)
            case _:
                pass
    return person
