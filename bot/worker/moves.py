"""Move reports and proposals, and tell everybody behind them, once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from bot.conversations import following_up
from bot.model.city import City
from bot.model.errors import CityvoiceError
from bot.model.happenings import ReportMoved
from bot.model.messages import Bubble, Outbound
from bot.model.need import Need
from bot.model.proposal import Proposal, Stage
from bot.model.report import Report, ReportStage
from bot.model.wording import Wording
from bot.storage import conversations, needs, outbox, people, proposals, reports
from bot.storage.database import Database, Unit
from bot.storage.record import record
from intents.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Moves:
    """What staff decide about a report or a proposal, recorded and told in one transaction.

    An Outbound's id comes from what it tells and to whom, so that the same move, made twice
    at once, is told once. `said` is called when something waits to be sent.
    """

    database: Database
    city: City
    taxonomy: Taxonomy
    wording: Wording
    clock: Callable[[], datetime]
    said: Callable[[], None]

    async def report(self, number: str, stage: ReportStage, by: str) -> int:
        """Move the report of a case number; how many are told, none when it stands there.

        Raises CityvoiceError when there is no such report or it was taken back.
        """
        async with self.database.unit() as unit:
            report = await self._standing(unit, number)
            if report.stage is stage:
                return 0
            before = len(await proposals.history(unit, report.id))
            await record(unit, ReportMoved(report.id, stage, by, self.clock()))
            joined = await reports.joiners(unit, [report.id])
            whom = {report.person, *joined.get(report.id, ())}
            moved = await reports.get(unit, report.id)
            told = await self._tell(unit, whom, f"{report.id}/{before}", self._moved(moved))
        self.said()
        return told

    async def proposal(self, proposal: Proposal, stage: Stage, by: str, why: str) -> int:
        """Move a proposal to a stage; how many are told, none when it stands there."""
        async with self.database.unit() as unit:
            before = len(await proposals.history(unit, proposal.id))
            if not await proposals.move(unit, proposal.id, stage, by, why, self.clock()):
                return 0
            need = await needs.get(unit, proposal.need, self.clock())
            mark = f"{proposal.id}/{before}"
            told = await self._tell_need(unit, need, mark, stage, why) if need else 0
        self.said()
        return told

    async def forwarded(self, unit: Unit, need: Need) -> int:
        """Tell of a need that becomes a proposal in this very unit; how many are told."""
        return await self._tell_need(unit, need, f"{need.id}/forwarded", Stage.COLLECTED, "")

    async def _standing(self, unit: Unit, number: str) -> Report:
        report = await reports.by_number(unit, number)
        if report is None:
            raise CityvoiceError(f"no case {number}: `cityvoice reports list` shows what there is")
        if report.stage is ReportStage.WITHDRAWN:
            raise CityvoiceError(f"case {report.number} was taken back by who reported it")
        return report

    async def _tell_need(self, unit: Unit, need: Need, mark: str, stage: Stage, why: str) -> int:
        told = await reports.of_need(unit, need.id)
        joined = await reports.joiners(unit, [report.id for report in told])
        whom = {report.person for report in told}.union(*joined.values())
        return await self._tell(unit, whom, mark, self._progress(need, stage, why))

    async def _tell(
        self, unit: Unit, whom: Iterable[str], mark: str, say: Callable[[str], Bubble]
    ) -> int:
        """One bubble to each who can be reached, in their own language."""
        sent = [
            Outbound(
                str(uuid5(NAMESPACE_OID, f"{mark}/{person.id}")),
                person.address,
                (say(self.city.tongue(person.language)),),
            )
            for person in await people.reachable(unit, sorted(whom))
        ]
        await conversations.offer(unit, [one for one in sent if one.bubbles[0].choices])
        await outbox.put(unit, sent, self.clock())
        return len(sent)

    def _moved(self, report: Report | None) -> Callable[[str], Bubble]:
        assert report is not None
        return lambda language: following_up.moved(report, self.taxonomy, self.wording, language)

    def _progress(self, need: Need, stage: Stage, why: str) -> Callable[[str], Bubble]:
        return lambda language: following_up.progress(
            need, stage, why, self.taxonomy, self.wording, language
        )
