"""A survey answered on a page: the very session of the chat, taken on by turns of the rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.conversations.asking import MARK
from bot.conversations.scene import Desk
from bot.conversations.surveying import edition
from bot.conversations.turn import prepare, turn
from bot.model.conversation import Conversation, Surveying
from bot.model.form import Entry, Filled
from bot.model.messages import Bubble, Content, Inbound, Tap, Text
from bot.model.person import Person
from bot.model.wording import named
from bot.storage import conversations, people
from bot.storage.database import Database, Unit
from bot.storage.record import record_all
from bot.storage.vault import Vault
from bot.worker.chat import after
from bot.worker.lookup import Lookup
from surveys import engine
from surveys.session import Session


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose page of which survey's round."""

    person: str
    survey: str
    round: str


def sealed(vault: Vault, ticket: Ticket) -> str:
    """The ticket as part of an address; nobody can read or make one."""
    return vault.token(ticket.person, ticket.survey, ticket.round)


def opened(vault: Vault, text: str) -> Ticket | None:
    """What `sealed` gave; None for anything else."""
    match vault.parts(text):
        case (person, survey, round_id):
            return Ticket(person, survey, round_id)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class FormWorker:
    """Shows and takes on sessions for whoever holds a ticket."""

    database: Database
    desk: Desk
    lookup: Lookup
    clock: Callable[[], datetime]

    async def fill(self, sealed_ticket: str, entry: Entry) -> Filled | None:
        """Take the session on by what was sent; how the page stands then.

        An entry that does nothing changes nothing: apps look at links to preview them. None
        where the ticket is none, or its person gone.
        """
        async with self.database.unit() as unit:
            ticket = opened(unit.vault, sealed_ticket)
            person = await people.get(unit, ticket.person) if ticket else None
            if ticket is None or person is None:
                return None
            key = unit.vault.key_of(person.address)
            talk = (await conversations.locked(unit, [key])).get(key, Conversation())
            before, said, turns = talk, list[str](), 0
            for content in _contents(self._session(talk, ticket), ticket, entry):
                said, talk, person = await self._turn(unit, content, person, talk)
                turns += 1
            if talk is not before:
                await conversations.save_all(unit, {key: talk})
        return self._filled(ticket, person, talk, tuple(said), turns > 0)

    async def _turn(
        self, unit: Unit, content: Content, person: Person, talk: Conversation
    ) -> tuple[list[str], Conversation, Person]:
        now = self.clock()
        inbound = Inbound(self.desk.mint(), person.address, now, content)
        ready = prepare(inbound, person, talk, self.desk)
        (facts,) = await self.lookup.facts(unit, [(person, ready)], now)
        outcome = turn(ready, person, talk, facts, self.desk, now)
        await record_all(unit, outcome.happenings)
        said = [bubble.text for bubble in outcome.bubbles if not _asks(bubble)]
        return said, outcome.conversation, after(person, outcome.happenings)

    def _session(self, talk: Conversation, ticket: Ticket) -> Session | None:
        """The ticket's session, if it is the one that runs."""
        topic = talk.topic
        session = topic.session if isinstance(topic, Surveying) else None
        mine = session and (session.survey, session.round) == (ticket.survey, ticket.round)
        return session if mine else None

    def _filled(
        self,
        ticket: Ticket,
        person: Person,
        talk: Conversation,
        said: tuple[str, ...],
        acted: bool,
    ) -> Filled | None:
        language = self.desk.city.tongue(person.language)
        session = self._session(talk, ticket)
        survey = edition(
            self.desk, ticket.survey, session.version if session else None, ticket.round
        )
        if survey is None:
            return None
        title = named(survey.title, language)
        if session is None:
            intro = said if acted else (named(survey.intro, language),)
            return Filled(title, language, intro, over=acted)
        prompt = engine.resume(survey, session).prompt
        return Filled(title, language, said, prompt, session.current or "")


def _asks(bubble: Bubble) -> bool:
    """Whether it is a survey's question, which the page shows in its own way."""
    return any(choice.data.startswith("s:") for choice in bubble.choices)


def _contents(session: Session | None, ticket: Ticket, entry: Entry) -> Iterator[Content]:
    """What is said to the rooms; nothing where the page was of another question."""
    if entry.do == "start":
        yield Tap(f"i:{ticket.survey}:{ticket.round}:start")
    elif session is not None and entry.at == session.current:
        yield from _acts(f"s:{session.id[:MARK]}", session, entry)


def _acts(head: str, session: Session, entry: Entry) -> Iterator[Content]:
    if entry.do in ("skip", "back", "keep", "pause"):
        yield Tap(f"{head}:{entry.do}")
    elif entry.do == "tick":
        # Only what differs is pressed: a press takes an earlier one back.
        for value in sorted(set(session.picked) ^ set(entry.values)):
            yield Tap(f"{head}:v:{value}")
        yield Tap(f"{head}:v:done")
    elif entry.do == "press":
        yield from (Tap(f"{head}:v:{value}") for value in entry.values[:1])
    elif entry.do == "answer":
        yield from (Text(value) for value in entry.values[:1])
