"""Gather new reports into needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.city import City
from bot.model.happenings import ReportGathered
from bot.model.need import Candidate
from bot.model.report import Report, problem
from bot.model.wording import Wording
from bot.pipeline.gather import beginning, gather, title
from bot.storage import needs, reports
from bot.storage.database import Database, Unit
from bot.storage.nearby import needs_near
from bot.storage.record import record_all
from intents.taxonomy import Taxonomy

BATCH = 25
"""Reports in one transaction: on SQLite everybody else waits for its end."""


@dataclass(frozen=True, slots=True)
class GatherJob:
    """Puts each report that has no need into the one it belongs to, or a new one."""

    database: Database
    city: City
    taxonomy: Taxonomy
    wording: Wording
    clock: Callable[[], datetime]
    mint: Callable[[], str]

    async def run(self) -> None:
        """Until no report is left over; each batch is one transaction."""
        while await self._batch() == BATCH:
            pass

    async def _batch(self) -> int:
        now = self.clock()
        async with self.database.unit() as unit:
            found = await reports.ungathered(unit, BATCH)
            candidates = await self._candidates(unit, found, now)
            await record_all(unit, self._gather(found, candidates, now))
        return len(found)

    def _gather(
        self, found: Sequence[Report], candidates: Mapping[str, list[Candidate]], now: datetime
    ) -> list[ReportGathered]:
        """Where each belongs; the later ones may belong to a need that an earlier one begins."""
        rules, begun, gathered = self.city.gathering, list[Candidate](), list[ReportGathered]()
        for report in found:
            known = [*candidates[report.id], *begun]
            into = gather(report, known, rules, now, self.mint, self._title)
            gathered.append(into)
            if into.title:
                begun.append(beginning(into.need, report))
        return gathered

    async def _candidates(
        self, unit: Unit, found: Sequence[Report], now: datetime
    ) -> dict[str, list[Candidate]]:
        """The needs that each report may belong to, by the report's id."""
        rules = self.city.gathering
        since = now - timedelta(days=rules.days)
        about = {report.id: problem(report) for report in found}
        ids = await needs_near(unit, set(about.values()), since, rules.metres)
        every = sorted(set().union(*ids.values()))
        known = {need.id: need for need in await needs.candidates(unit, every)}
        return {
            key: [known[i] for i in ids.get(what, ()) if i in known] for key, what in about.items()
        }

    def _title(self, report: Report) -> str:
        return title(report, self.taxonomy, self.wording, self.city.languages[0])
