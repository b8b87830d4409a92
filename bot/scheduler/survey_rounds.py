"""Send a survey's round when its schedule says so, to those of its audience who agreed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.catalogue.holidays import public_holidays
from bot.conversations.surveying import invitation
from bot.model.catalogue import Catalogue
from bot.model.errors import SurveyChanged
from bot.model.messages import Outbound
from bot.model.person import Person
from bot.scheduler.due import latest_due
from bot.storage import conversations, editions, outbox, people, surveys
from bot.storage.database import Database, Unit
from surveys.audience import fits
from surveys.definition import Survey
from surveys.schedule import next_due, round_name

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RoundsJob:
    """Looks at every survey's schedule; a round begins exactly once, however many look."""

    database: Database
    catalogue: Catalogue
    clock: Callable[[], datetime]
    mint: Callable[[], str]
    said: Callable[[], None]

    async def run(self) -> None:
        """Begin every round that is due."""
        city, now = self.catalogue.city, self.clock()
        free = public_holidays(city.holidays, range(now.year - 1, now.year + 3))
        for survey in self.catalogue.surveys:
            moments = partial(next_due, survey.schedule, tz=ZoneInfo(city.timezone), holidays=free)
            due = latest_due(moments, now)
            if due is not None:
                await self._begin_or_tell(survey, due)
            begun = latest_due(moments, now - timedelta(days=survey.remind_after))
            if survey.remind_after and begun is not None:
                await self.remind(survey, begun)

    async def _begin_or_tell(self, survey: Survey, due: datetime) -> None:
        """One survey that was changed without a new version keeps no other from its round."""
        try:
            await self.begin(survey, due)
        except SurveyChanged as changed:
            log.error("round_not_sent", survey=survey.id, fault=str(changed))

    async def begin(self, survey: Survey, due: datetime) -> int:
        """Invite those of its audience who agreed to surveys; 0 when this round was begun before.

        Raises SurveyChanged when this version was sent with other questions: nothing is sent.
        """
        async with self.database.unit() as unit:
            if not await surveys.claim_due(unit, f"survey:{survey.id}", due):
                return 0
            if not await editions.publish(unit, survey, due):
                raise SurveyChanged(survey.id, survey.version)
            round_id = self._round(due)
            everyone = self._meant(survey, round_id, await people.consenting(unit))
            if not everyone:
                log.warning("round_without_people", survey=survey.id, round=round_id)
            await self._send(unit, survey, round_id, everyone)
            await surveys.invited(unit, survey.id, round_id, len(everyone))
        self.said()
        return len(everyone)

    async def remind(self, survey: Survey, due: datetime) -> int:
        """Remind those who have not finished the round that began then; once, however often
        this is asked for, and nobody who agreed to surveys only afterwards."""
        round_id = self._round(due)
        async with self.database.unit() as unit:
            if not await surveys.was_sent(unit, survey.id, round_id):
                return 0
            if not await surveys.claim_due(unit, f"remind:{survey.id}", due):
                return 0
            waiting = await people.unfinished(unit, survey.id, round_id, due)
            late = self._meant(survey, round_id, waiting)
            await self._send(unit, survey, round_id, late, again=True)
        self.said()
        return len(late)

    def _meant(self, survey: Survey, round_id: str, agreed: Sequence[Person]) -> list[Person]:
        """Those of the survey's audience: the same ones whenever it is asked in a round."""
        city, seed = self.catalogue.city, f"{survey.id}:{round_id}"

        def meant(one: Person) -> bool:
            spoken = city.tongue(one.language)
            return fits(survey.audience, one.id, one.address.channel, spoken, seed)

        return list(filter(meant, agreed))

    def _round(self, due: datetime) -> str:
        return round_name(due, ZoneInfo(self.catalogue.city.timezone))

    async def _send(
        self,
        unit: Unit,
        survey: Survey,
        round_id: str,
        everyone: Sequence[Person],
        again: bool = False,
    ) -> None:
        sent = []
        for person in everyone:
            language = self.catalogue.city.tongue(person.language)
            bubble = invitation(survey, round_id, self.catalogue.wording, language, again)
            sent.append(Outbound(self.mint(), person.address, (bubble,)))
        await conversations.offer(unit, sent)
        await outbox.put(unit, sent, self.clock())
