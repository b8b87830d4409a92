"""Take what arrived, let the rooms decide, save: one Inbound, one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.channels.base import Channel
from bot.conversations.scene import Desk, Facts, Turn
from bot.conversations.turn import Ready, Want, prepare, turn
from bot.model.conversation import Conversation
from bot.model.happenings import (
    ConsentChanged,
    Happening,
    LanguageSet,
    PersonForgotten,
    PhotoSent,
    ReportFiled,
    ReportJoined,
    StaffLinked,
)
from bot.model.messages import Bubble, Inbound, Outbound, Tap
from bot.model.person import Person, Role
from bot.model.report import Report
from bot.storage import conversations, inbox, outbox, reports, staff
from bot.storage.database import Database, Unit
from bot.storage.inbox import Talk, Waiting
from bot.storage.nearby import reports_near
from bot.storage.record import record_all

BATCH = 40
"""Conversations in one transaction: the commit is what costs."""

FEWEST = 2
"""After so many the transaction ends where a platform waits for its 200."""

TRIES = 3
"""After so many failures an Inbound is laid aside for a person to look at."""

LATE = timedelta(seconds=2)
"""A person who has waited this long is shown that an answer is coming."""

SOOTHED = 4
"""At most so many at once: when everybody waits, it is the answers that are wanted."""

SAME_DAYS = 30
"""How far back a report may be to be offered as 我也遇到."""

log = structlog.get_logger()


class Failed(Exception):
    """One Inbound could not be handled; the whole unit is undone and it is postponed."""

    def __init__(self, talk: Talk, waiting: Waiting, fault: Exception) -> None:
        super().__init__(repr(fault))
        self.talk, self.waiting, self.fault = talk, waiting, fault


@dataclass(slots=True)
class Batch:
    """What one unit is going to save."""

    conversations: dict[str, Conversation] = field(default_factory=dict)
    outbounds: list[Outbound] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)
    late: list[Inbound] = field(default_factory=list)
    gathers: bool = False
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class InboxWorker:
    """Turns waiting Inbounds into Turns.

    `digest` makes the staff digest as text, `filed` is called after reports were saved,
    `said` after Outbounds were, `pictured` after photos that are to be fetched.
    """

    database: Database
    channels: Mapping[str, Channel]
    desk: Desk
    clock: Callable[[], datetime]
    digest: Callable[[Unit, str], Awaitable[str]]
    filed: Callable[[], None]
    said: Callable[[], None]
    pictured: Callable[[], None]
    _soothing: set[asyncio.Future[None]] = field(default_factory=set)

    async def once(self) -> int:
        """Handle one batch; how many Inbounds are done with."""
        try:
            batch = await self._batch()
        except Failed as failed:
            await self._postpone(failed)
            return 1
        if batch.outbounds:
            self.said()
        if batch.gathers:
            self.filed()
        if batch.pictured:
            self.pictured()
        self._soothe(batch.late)
        return len(batch.finished)

    def _soothe(self, late: list[Inbound]) -> None:
        """Show a few of those who waited that an answer comes; nobody waits for that."""
        for inbound in late[: SOOTHED - len(self._soothing)]:
            showing = self.channels[inbound.address.channel].busy(inbound.address)
            task = asyncio.ensure_future(showing)
            self._soothing.add(task)
            task.add_done_callback(self._soothing.discard)

    async def _batch(self) -> Batch:
        batch = Batch()
        async with self.database.unit() as unit:
            now = self.clock()
            for number, talk in enumerate(await inbox.take(unit, BATCH, now)):
                if number >= FEWEST and await self._pressed():
                    break  # the rest is as it was, and first in the next batch
                await self._talk(unit, talk, batch, now)
            if batch.finished:
                await conversations.save_all(unit, batch.conversations)
                await outbox.put(unit, batch.outbounds, now)
                await inbox.finish(unit, batch.finished)
        return batch

    async def _pressed(self) -> bool:
        await asyncio.sleep(0)  # let in who is at the door
        return self.database.pressed

    async def _talk(self, unit: Unit, talk: Talk, batch: Batch, now: datetime) -> None:
        person, conversation = talk.person, talk.conversation
        for waiting in talk.waiting:
            try:
                inbound = self.channels[waiting.channel].read(waiting.payload)
                if inbound is not None:
                    outcome = await self._one(unit, inbound, person, conversation, now)
                    person = after(person, outcome.happenings)
                    conversation = outcome.conversation
                    self._keep(batch, inbound, outcome, now)
            except Exception as fault:
                raise Failed(talk, waiting, fault) from fault
            batch.finished.append(waiting.id)
            if inbound is not None and forgotten(outcome):
                break  # what follows is somebody new, whom the next batch will meet
        if conversation is not talk.conversation:
            batch.conversations[talk.key] = conversation

    async def _one(
        self,
        unit: Unit,
        inbound: Inbound,
        person: Person,
        conversation: Conversation,
        now: datetime,
    ) -> Turn:
        ready = prepare(inbound, person, conversation, self.desk)
        facts = await self._facts(unit, ready, person, now)
        outcome = turn(ready, person, conversation, facts, self.desk, now)
        if outcome.happenings:
            await record_all(unit, outcome.happenings)
        return outcome

    def _keep(self, batch: Batch, inbound: Inbound, outcome: Turn, now: datetime) -> None:
        filed = any(isinstance(h, ReportFiled | ReportJoined) for h in outcome.happenings)
        batch.gathers = batch.gathers or filed
        pictured = any(isinstance(h, PhotoSent) for h in outcome.happenings)
        batch.pictured = batch.pictured or pictured
        answers = inbound.ref if isinstance(inbound.content, Tap) else ""
        if outcome.bubbles or answers:
            batch.outbounds.append(
                Outbound(self.desk.mint(), inbound.address, outcome.bubbles, inbound.reply, answers)
            )
        if now - inbound.at > LATE and outcome.bubbles:
            batch.late.append(inbound)

    async def _facts(self, unit: Unit, ready: Ready, person: Person, now: datetime) -> Facts:
        """Look up what the turn wants, and nothing else."""
        wants, language = ready.wants, person.language or ""
        return Facts(
            own=tuple(await reports.mine(unit, person.id)) if Want.OWN in wants else (),
            same=await self._same(unit, ready, now),
            staff=await staff.redeem(unit, ready.code, now) if Want.STAFF in wants else None,
            digest=await self.digest(unit, language) if Want.DIGEST in wants else "",
        )

    async def _same(
        self, unit: Unit, ready: Ready, now: datetime
    ) -> tuple[tuple[Report, int], ...]:
        seek = ready.seek
        if seek is None:
            return ()
        since = now - timedelta(days=SAME_DAYS)
        metres = self.desk.city.gathering.metres
        place = seek.place
        return tuple(await reports_near(unit, seek.domain, seek.kind, since, place, metres))

    async def _postpone(self, failed: Failed) -> None:
        """Set the failed Inbound aside; after the last try tell the person, kindly."""
        waiting, now = failed.waiting, self.clock()
        dead = waiting.attempts + 1 >= TRIES
        due = now + timedelta(seconds=2**waiting.attempts)
        fault = type(failed.fault).__name__  # its text may hold a citizen's words
        log.error("inbound_failed", inbound=waiting.event, dead=dead, fault=fault)
        async with self.database.unit() as unit:
            await inbox.postpone(unit, waiting.id, fault, due, dead)
            if dead:
                await outbox.put(unit, [self._sorry(failed.talk.person)], now)
        if dead:
            self.said()

    def _sorry(self, person: Person) -> Outbound:
        text = self.desk.wording.say(person.language, "trouble")
        return Outbound(self.desk.mint(), person.address, (Bubble(text),))


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
