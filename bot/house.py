"""A running cityvoice: stores, channels, workers and jobs, given to it by the wiring."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.channels.base import Channel
from bot.model.catalogue import Catalogue
from bot.model.happenings import ProposalMade
from bot.model.messages import Arrival
from bot.model.need import Need
from bot.model.proposal import Proposal
from bot.pipeline.propose import Author, propose
from bot.scheduler import JOBS
from bot.scheduler.clock import Clock, Job
from bot.scheduler.digests import DigestJob
from bot.scheduler.forwards import ForwardJob
from bot.scheduler.models import ModelsJob
from bot.scheduler.needs import GatherJob
from bot.scheduler.survey_ballots import BallotsJob
from bot.scheduler.survey_offer import OfferJob
from bot.scheduler.survey_results import ResultsJob
from bot.scheduler.survey_rounds import RoundsJob
from bot.scheduler.tidying import TidyJob
from bot.storage import forwarding, multicasts, needs, outbox, releases, reports, staff
from bot.storage.database import Database
from bot.storage.record import record
from bot.storage.writer import GroupWriter
from bot.worker.console import Console
from bot.worker.form import FormWorker
from bot.worker.inbox import InboxWorker
from bot.worker.loop import Bell, keep_on
from bot.worker.media import MediaWorker
from bot.worker.moves import Moves
from bot.worker.multicast import MulticastWorker
from bot.worker.outbox import OutboxWorker

GATHER_TOGETHER = 0.5
"""Seconds in which reports wait for each other."""


@dataclass(slots=True)
class Ledger:
    """The stores and what is done on the clock."""

    catalogue: Catalogue
    database: Database
    gathering: GatherJob
    offer: OfferJob
    rounds: RoundsJob
    results: ResultsJob
    ballots: BallotsJob
    digests: DigestJob
    forwarding: ForwardJob
    tidying: TidyJob
    moves: Moves
    models: ModelsJob
    clock: Callable[[], datetime]
    mint: Callable[[], str]

    def jobs(self) -> tuple[Job, ...]:
        """What the clock rings, and how often it looks."""
        runs = {
            "needs": self.gathering.run,
            "forwards": self.forwarding.run,
            "survey_offer": self.offer.run,
            "survey_rounds": self.rounds.run,
            "survey_results": self.results.run,
            "survey_ballots": self.ballots.run,
            "digests": self.digests.run,
            "models": self.models.run,
            "tidying": self.tidying.run,
        }
        return tuple(Job(name, seconds, runs[name]) for name, seconds in JOBS.items())

    async def forward(self, need: Need, by: str) -> Proposal:
        """Make a proposal of a need and hand it to every forwarder that is switched on."""
        city, now = self.catalogue.city, self.clock()
        author = Author(city, self.catalogue.taxonomy, self.catalogue.wording, city.languages[0])
        async with self.database.unit() as unit:
            told = await reports.of_need(unit, need.id)
            proposal = propose(need, told, author, by, now, self.mint)
            names = tuple(self.forwarding.forwarders)
            await record(unit, ProposalMade(proposal, names, by))
            await self.moves.forwarded(unit, need)
        self.moves.said()
        await self.forwarding.run()
        return proposal

    async def waiting(self, proposal: Proposal) -> list[str]:
        """The forwarders that have not taken a proposal yet."""
        async with self.database.unit() as unit:
            stuck = await forwarding.stuck(unit)
        return [each.forwarder for each in stuck if each.proposal == proposal.id]

    async def words_of(self, need: Need) -> list[str]:
        """The redacted words of a need's reports."""
        async with self.database.unit() as unit:
            return [report.text for report in await reports.of_need(unit, need.id)]

    async def staff_code(self, name: str) -> str:
        """A one-time code for a staff member, who is added when new."""
        async with self.database.unit() as unit:
            await staff.add(unit, name, "officer")
            return await staff.code(unit, name, self.clock())

    async def shown_needs(self) -> list[Mapping[str, Any]]:
        """The hottest needs in a few words, for the demo's panel."""
        async with self.database.unit() as unit:
            found = sorted(await needs.all(unit, self.clock()), key=lambda need: -need.heat)
        return [
            {"title": n.title, "people": n.people, "reports": n.reports, "stage": n.stage}
            for n in found[:5]
        ]

    async def released(self, survey: str) -> list[Mapping[str, Any]]:
        """What was published of a survey, the newest round first."""
        async with self.database.unit() as unit:
            return await releases.of_survey(unit, survey)

    async def close(self) -> None:
        """Let go of connections."""
        for forwarder in self.forwarding.forwarders.values():
            await forwarder.close()
        await self.database.close()


@dataclass(slots=True)
class House:
    """A ledger with channels and workers."""

    ledger: Ledger
    channels: Mapping[str, Channel]
    writer: GroupWriter
    inbox: InboxWorker
    outbox: OutboxWorker
    multicast: MulticastWorker
    media: MediaWorker
    form: FormWorker
    console: Console
    public_url: str | None
    bells: Mapping[str, Bell]
    pollers: list[Callable[[asyncio.Event], Coroutine[Any, Any, None]]] = field(
        default_factory=list
    )
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Store what arrived; returns after the commit."""
        await self.writer.put(arrivals)
        self.bells["inbox"].ring()

    async def settle(self) -> None:
        """Work until nothing is left to do: for a talk step by step, not for serving."""
        steps = (self.inbox, self.multicast, self.outbox, self.media)
        while any([await step.once() for step in steps]):
            pass
        await self.ledger.gathering.run()

    async def work(self) -> None:
        """Run workers and jobs until halted."""
        clock = Clock(self.ledger.database, self.ledger.jobs())
        clock.start()
        steps: dict[str, Callable[[], Awaitable[int]]] = {
            "inbox": self.inbox.once,
            "outbox": self.outbox.once,
            "multicast": self.multicast.once,
            "media": self.media.once,
            "gather": partial(_gather, clock, self.stop),
        }
        async with asyncio.TaskGroup() as group:
            for name, step in steps.items():
                group.create_task(keep_on(name, step, self.bells[name], self.stop))
            for poll in self.pollers:
                group.create_task(poll(self.stop))
        clock.stop()
        await self.outbox.finish()

    async def recover(self) -> None:
        """Take up the sends of a process that died; with SQLite no other can have them."""
        if self.ledger.database.dialect == "sqlite":
            async with self.ledger.database.unit() as unit:
                await outbox.release(unit)
                await multicasts.release(unit)

    def halt(self) -> None:
        """Ask everything to end."""
        self.stop.set()
        for bell in self.bells.values():
            bell.ring()

    async def close(self) -> None:
        """Let go of connections."""
        for channel in self.channels.values():
            await channel.close()
        await self.ledger.close()


async def _gather(clock: Clock, stop: asyncio.Event) -> int:
    """Gather new reports soon, those of one moment together; nobody waits for that at the end."""
    await clock.ring("needs")
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), GATHER_TOGETHER)
    return 0
