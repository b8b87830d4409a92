"""Take what arrived, let the rooms decide, save: many conversations in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import zip_longest

import structlog

from bot.channels.base import Channel
from bot.conversations.scene import Desk, Facts, Turn
from bot.conversations.turn import prepare, turn
from bot.model.conversation import Conversation, Idle
from bot.model.happenings import (
    Happening,
    PhotoSent,
    ReportFiled,
    ReportJoined,
)
from bot.model.messages import Bubble, Inbound, Outbound, Tap
from bot.model.person import Person
from bot.storage import (
    conversations,
    inbox,
    multicasts,
    outbox,
)
from bot.storage.database import Database, Unit
from bot.storage.multicasts import Along
from bot.storage.record import record_all
from bot.worker.chat import Chat, Failed, Heard, Unclear, after, blamed, forgotten, unclear
from bot.worker.lookup import Lookup

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

log = structlog.get_logger()


@dataclass(slots=True)
class Batch:
    """What one unit is going to save.

    `answered` is where in `outbounds` the last free answer to each key stands after which its
    talk, given with it, asks for nothing more.
    """

    conversations: dict[str, Conversation] = field(default_factory=dict)
    outbounds: list[Outbound] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)
    late: list[Inbound] = field(default_factory=list)
    answered: dict[str, tuple[int, Conversation]] = field(default_factory=dict)
    gathers: bool = False
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class InboxWorker:
    """Turns waiting Inbounds into Turns.

    `filed` is called after reports were saved, `said` after Outbounds were, `pictured` after
    photos that are to be fetched.
    """

    database: Database
    channels: Mapping[str, Channel]
    desk: Desk
    clock: Callable[[], datetime]
    lookup: Lookup
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
        self._tell(batch)
        return len(batch.finished)

    def _tell(self, batch: Batch) -> None:
        if batch.outbounds:
            self.said()
        if batch.gathers:
            self.filed()
        if batch.pictured:
            self.pictured()
        self._soothe(batch.late)

    def _soothe(self, late: list[Inbound]) -> None:
        """Show a few of those who waited that an answer comes; nobody waits for that."""
        for inbound in late[: SOOTHED - len(self._soothing)]:
            showing = self.channels[inbound.address.channel].busy(inbound.address)
            task = asyncio.ensure_future(showing)
            self._soothing.add(task)
            task.add_done_callback(self._soothing.discard)

    async def _batch(self) -> Batch:
        try:
            return await self._several(BATCH)
        except Unclear:
            return await self._several(1)  # alone, the one at fault is known

    async def _several(self, most: int) -> Batch:
        """Handle the Inbounds that wait in at most so many conversations: of each the first
        ones together, then the second ones, as what they look up and save is less dear so."""
        batch = Batch()
        async with self.database.unit() as unit:
            now = self.clock()
            chats = [Chat.of(talk) for talk in await inbox.take(unit, most, now)]
            while heard := await self._ask(chats, batch):
                await self._answer(unit, heard, batch, now)
                chats = [one.chat for one in heard]
            if batch.answered:
                await self._take_along(unit, batch, now)
            if batch.finished:
                await conversations.save_all(unit, batch.conversations)
                await outbox.put(unit, batch.outbounds, now)
                await inbox.finish(unit, batch.finished)
        return batch

    async def _ask(self, chats: Sequence[Chat], batch: Batch) -> list[Heard]:
        """The next of each chat, understood; fewer where somebody waits at the door."""
        heard = list[Heard]()
        for chat in chats:
            if len(batch.finished) + len(heard) >= FEWEST and await self._pressed():
                break  # the rest is as it was, and first in the next batch
            heard += filter(None, [self._next(chat, batch)])
        return heard

    async def _pressed(self) -> bool:
        await asyncio.sleep(0)  # let in who is at the door
        return self.database.pressed

    def _next(self, chat: Chat, batch: Batch) -> Heard | None:
        """The chat's next Inbound; what its channel has nothing to say of is done with."""
        while chat.left:
            waiting = chat.left.pop(0)
            with blamed(chat, waiting):
                inbound = self.channels[waiting.channel].read(waiting.payload)
                if inbound is not None:
                    ready = prepare(inbound, chat.person, chat.conversation, self.desk)
                    return Heard(chat, waiting, ready)
            batch.finished.append(waiting.id)
        return None

    async def _answer(
        self, unit: Unit, heard: Sequence[Heard], batch: Batch, now: datetime
    ) -> None:
        alone = heard[0] if len(heard) == 1 else None
        with blamed(alone.chat, alone.waiting) if alone else unclear():
            asked = [(one.chat.person, one.ready) for one in heard]
            facts = await self.lookup.facts(unit, asked, now)
        outcomes = [self._turn(a, f, now) for a, f in zip(heard, facts, strict=True)]
        with blamed(alone.chat, alone.waiting) if alone else unclear():
            await record_all(unit, alike([outcome.happenings for outcome in outcomes]))
        for one, outcome in zip(heard, outcomes, strict=True):
            self._keep(batch, one, outcome, now)

    def _turn(self, one: Heard, facts: Facts, now: datetime) -> Turn:
        chat = one.chat
        with blamed(chat, one.waiting):
            return turn(one.ready, chat.person, chat.conversation, facts, self.desk, now)

    def _keep(self, batch: Batch, one: Heard, outcome: Turn, now: datetime) -> None:
        chat, inbound = one.chat, one.ready.inbound
        batch.finished.append(one.waiting.id)
        batch.gathers |= any(isinstance(h, ReportFiled | ReportJoined) for h in outcome.happenings)
        batch.pictured |= any(isinstance(h, PhotoSent) for h in outcome.happenings)
        answers = inbound.ref if isinstance(inbound.content, Tap) else ""
        if outcome.bubbles or answers:
            batch.outbounds.append(
                Outbound(self.desk.mint(), inbound.address, outcome.bubbles, inbound.reply, answers)
            )
        if now - inbound.at > LATE and outcome.bubbles:
            batch.late.append(inbound)
        if outcome.conversation is not chat.conversation:
            batch.conversations[chat.talk.key] = outcome.conversation
        chat.conversation = outcome.conversation
        batch.answered.pop(chat.talk.key, None)
        if inbound.reply and outcome.bubbles and isinstance(outcome.conversation.topic, Idle):
            batch.answered[chat.talk.key] = len(batch.outbounds) - 1, outcome.conversation
        chat.person = after(chat.person, outcome.happenings)
        if forgotten(outcome):
            chat.left.clear()  # what follows is somebody new, whom the next batch will meet

    async def _take_along(self, unit: Unit, batch: Batch, now: datetime) -> None:
        """What is put off for somebody who now writes goes with the answer, which is free."""
        taken = list[Along]()
        for one in await multicasts.along(unit, batch.answered, now):
            if one.key not in batch.answered:
                continue  # one thing at a time
            at, conversation = batch.answered.pop(one.key)
            answer = batch.outbounds[at]
            both = (*answer.bubbles, *one.bubbles)
            if len(both) <= self.channels[answer.to.channel].capabilities.bubbles:
                batch.outbounds[at] = replace(answer, bubbles=both)
                offered = tuple(c for b in both for c in b.choices if c.presses)
                batch.conversations[one.key] = replace(conversation, offered=offered)
                taken.append(one)
        await multicasts.told(unit, taken)

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


def alike(turns: Sequence[Sequence[Happening]]) -> Iterator[Happening]:
    """What happened in several chats, the same kinds together, each chat's own in order."""
    for nth in zip_longest(*turns):
        happened = [happening for happening in nth if happening is not None]
        yield from sorted(happened, key=lambda happening: type(happening).__name__)
