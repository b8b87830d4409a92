"""Publish a round when it is over, and tell those who answered what came out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversations.releasing import result
from bot.model.catalogue import Catalogue
from bot.model.messages import Outbound
from bot.storage import editions, outbox, people, releases, statements, surveys
from bot.storage.database import Database, Unit
from surveys.definition import Survey
from surveys.results import release
from surveys.schedule import round_ends
from surveys.statements import extended

LATER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ResultsJob:
    """Looks for rounds that are over; each is published once, however many look.

    `page` is where everybody reads results, empty where the city has no public address.
    """

    database: Database
    catalogue: Catalogue
    page: str
    clock: Callable[[], datetime]
    mint: Callable[[], str]
    said: Callable[[], None]

    @property
    def _tz(self) -> ZoneInfo:
        return ZoneInfo(self.catalogue.city.timezone)

    async def run(self) -> None:
        """Publish every round that is over."""
        for survey in self.catalogue.surveys:
            if survey.open_for:
                await self._look(survey)
            if survey.anonymous:
                await self._part(survey)

    async def _look(self, survey: Survey) -> None:
        async with self.database.unit() as unit:
            due = await releases.due(unit, survey.id)
        for round_id in due:
            ends = round_ends(round_id, survey.open_for, self._tz)
            if ends is not None and ends <= self.clock():
                await self._publish(survey, round_id)

    async def _part(self, survey: Survey) -> None:
        """Part answers from people a day after the end, when no event comes in a second time."""
        async with self.database.unit() as unit:
            for round_id in await surveys.sent_rounds(unit, survey.id):
                ends = round_ends(round_id, survey.open_for, self._tz)
                if ends is not None and ends + LATER <= self.clock():
                    began = ends - timedelta(days=survey.open_for)
                    await surveys.part(unit, survey.id, round_id, began)

    async def _publish(self, survey: Survey, round_id: str) -> None:
        """The answers to the version that most people had: others were asked other questions."""
        async with self.database.unit() as unit:
            sessions = await surveys.runs(unit, survey.id, self._tz, round_id=round_id)
            versions = [session.version for session in sessions] or [survey.version]
            version = max(set(versions), key=lambda each: (versions.count(each), each))
            sent = await editions.get(unit, survey.id, version) or survey
            asked = extended(sent, await statements.accepted(unit, survey.id, round_id))
            document = release(asked, round_id, [s for s in sessions if s.version == version])
            if await releases.put(unit, survey.id, round_id, document, self.clock()):
                await self._tell(unit, survey.id, round_id, document)
        self.said()

    async def _tell(self, unit: Unit, survey: str, round_id: str, document: dict[str, Any]) -> None:
        sent = []
        for person in await people.finished(unit, survey, round_id):
            language = self.catalogue.city.tongue(person.language)
            page = f"{self.page}/{survey}" if self.page else ""
            card = result(document, self.catalogue.wording, language, page)
            if card is not None:
                sent.append(Outbound(self.mint(), person.address, (card,)))
        now = self.clock()
        await outbox.put(unit, sent, now, self.catalogue.city.awake(now))
