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
from bot.storage import (
    audiences,
    conversations,
    editions,
    invitations,
    outbox,
    people,
    surveys,
)
from bot.storage.database import Database, Unit
from surveys.audience import drawn, fits
from surveys.definition import Audience, Survey
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
            everyone = await self._meant(unit, survey, round_id)
            if not everyone:
                log.warning("round_without_people", survey=survey.id, round=round_id)
            await self._send(unit, survey, round_id, everyone)
            ids = [one.id for one in everyone]
            await invitations.add(unit, ids, survey.id, round_id, self.clock())
            await surveys.invited(unit, survey.id, round_id, len(everyone))
        self.said()
        return len(everyone)

    async def remind(self, survey: Survey, due: datetime) -> int:
        """Remind those invited to the round that began then who have not finished; once,
        however often this is asked for."""
        round_id = self._round(due)
        async with self.database.unit() as unit:
            if not await surveys.was_sent(unit, survey.id, round_id):
                return 0
            if not await surveys.claim_due(unit, f"remind:{survey.id}", due):
                return 0
            late = await people.unfinished(unit, survey.id, round_id)
            await self._send(unit, survey, round_id, late, again=True)
        self.said()
        return len(late)

    async def _meant(self, unit: Unit, survey: Survey, round_id: str) -> list[Person]:
        """Those of the survey's audience who agreed and are not tired of being asked."""
        audience, city = survey.audience, self.catalogue.city
        left_out = await self._tired(unit)
        among = await self._did(unit, audience)
        able = [
            one
            for one in await people.consenting(unit)
            if fits(audience, one.address.channel, city.tongue(one.language))
            and one.id not in left_out
            and (among is None or one.id in among)
        ]
        lucky = drawn(audience, (one.id for one in able), f"{survey.id}:{round_id}")
        return [one for one in able if one.id in lucky]

    async def _tired(self, unit: Unit) -> set[str]:
        rule = self.catalogue.city.fatigue
        if rule is None:
            return set()
        return await invitations.tired(unit, rule.rounds, self.clock() - timedelta(rule.days))

    async def _did(self, unit: Unit, audience: Audience) -> set[str] | None:
        """Those who did what the audience is to have done; None where that is nothing."""
        asked = []
        if audience.districts or audience.domains:
            asked.append(await audiences.reported(unit, audience.districts, audience.domains))
        if earlier := audience.answered:
            given = (earlier.survey, earlier.question, earlier.values)
            asked.append(await audiences.answered(unit, *given))
        return set.intersection(*asked) if asked else None

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
        now = self.clock()
        await outbox.put(unit, sent, now, self.catalogue.city.awake(now))
