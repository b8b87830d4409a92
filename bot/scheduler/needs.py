"""Gather new reports into needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.city import City
from bot.model.happenings import ReportGathered
from bot.model.need import Candidate
from bot.model.report import Report
from bot.model.wording import Wording
from bot.pipeline.gather import gather, title
from bot.storage import needs, reports
from bot.storage.database import Database, Unit
from bot.storage.nearby import needs_near
from bot.storage.record import record, record_all
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
        since = now - timedelta(days=self.city.gathering.days)
        async with self.database.unit() as unit:
            found = await reports.ungathered(unit, BATCH)
            known: dict[str, Candidate] = {}
            joining: list[ReportGathered] = []
            for report in found:
                candidates = await self._candidates(unit, report, since, known)
                rules = self.city.gathering
                gathered = gather(report, candidates, rules, now, self.mint, self._title)
                if gathered.title:  # the reports after it may belong to this new need
                    await record(unit, gathered)
                else:
                    joining.append(gathered)
            await record_all(unit, joining)
        return len(found)

    async def _candidates(
        self,
        unit: Unit,
        report: Report,
        since: datetime,
        known: dict[str, Candidate],
    ) -> list[Candidate]:
        """The needs that the report may belong to; those met before are not read again."""
        metres = self.city.gathering.metres
        ids = await needs_near(unit, report.domain, report.kind, since, report.place, metres)
        fresh = await needs.candidates(unit, [i for i in ids if i not in known])
        known.update((candidate.id, candidate) for candidate in fresh)
        return [known[i] for i in ids if i in known]

    def _title(self, report: Report) -> str:
        return title(report, self.taxonomy, self.wording, self.city.languages[0])
