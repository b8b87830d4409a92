"""Gather new reports into needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.city import City
from bot.model.report import Report
from bot.model.wording import Wording
from bot.pipeline.gather import Candidate, gather, title
from bot.storage import needs, reports
from bot.storage.database import Database
from bot.storage.record import record
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
            known: dict[tuple[str | None, str | None], list[Candidate]] = {}
            for report in found:
                problem = (report.kind, report.domain)
                if problem not in known:
                    near = await needs.near(unit, *problem, since, now)
                    known[problem] = [Candidate(need, texts) for need, texts in near]
                rules = self.city.gathering
                gathered = gather(report, known[problem], rules, now, self.mint, self._title)
                await record(unit, gathered)
                if gathered.title:
                    known.pop(problem)  # the next of its kind must be able to join the new need
        return len(found)

    def _title(self, report: Report) -> str:
        return title(report, self.taxonomy, self.wording, self.city.languages[0])
