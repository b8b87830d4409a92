"""Send a survey's round when its schedule says so, to those of its audience who agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.catalogue.holidays import public_holidays
from bot.model.catalogue import Catalogue
from bot.model.errors import OverQuota, SurveyChanged
from bot.model.person import Person
from bot.scheduler.due import latest_due
from bot.scheduler.survey_sending import Letter, Sender
from bot.storage import (
    audiences,
    editions,
    invitations,
    people,
    purposes,
    surveys,
)
from bot.storage.database import Database, Unit
from surveys.audience import drawn, fits
from surveys.definition import Survey
from surveys.delivery import Plan
from surveys.schedule import last_due, next_due, round_name

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RoundsJob:
    """Looks at every survey's schedule; a round begins exactly once, however many look."""

    database: Database
    catalogue: Catalogue
    clock: Callable[[], datetime]
    sender: Sender
    said: Callable[[], None]

    async def run(self) -> None:
        """Begin every round that is due."""
        city, now = self.catalogue.city, self.clock()
        free = self._free(now)
        for survey in self.catalogue.surveys:
            moments = partial(next_due, survey.schedule, tz=ZoneInfo(city.timezone), holidays=free)
            due = latest_due(moments, now)
            if due is not None:
                await self._begin_or_tell(survey, due)
            begun = latest_due(moments, now - timedelta(days=survey.remind_after))
            if survey.remind_after and begun is not None:
                await self.remind(survey, begun)

    async def _begin_or_tell(self, survey: Survey, due: datetime) -> None:
        """One survey that cannot be sent keeps no other from its round."""
        try:
            await self.begin(survey, due)
        except (SurveyChanged, OverQuota) as fault:
            log.error("round_not_sent", survey=survey.id, fault=str(fault))

    async def begin(self, survey: Survey, due: datetime, at_once: bool = False) -> int:
        """Invite those of its audience who agreed to surveys; 0 when this round was begun before.
        Rounds are told apart by the minute: pressed twice, it is one.

        In the quiet hours they hear of it at their end, unless it is to be `at_once`.

        Raises SurveyChanged when this version was sent with other questions, OverQuota when the
        month's messages do not suffice and the survey is not to be spread: nothing is sent.
        """
        job, due = f"survey:{survey.id}", due.replace(second=0, microsecond=0)
        if await self._done(job, due):
            return 0
        quotas = await self.sender.quotas()  # a platform is not waited for in a transaction
        async with self.database.unit() as unit:
            if not await surveys.claim_due(unit, job, due):
                return 0
            if not await editions.publish(unit, survey, due):
                raise SurveyChanged(survey.id, survey.version)
            round_id = self._round(due)
            everyone = await self._meant(unit, survey, due)
            if not everyone:
                log.warning("round_without_people", survey=survey.id, round=round_id)
            plan = self.sender.plan(everyone, quotas)
            if plan.beyond and survey.over_quota == "refuse":
                raise OverQuota(survey.id, plan.people, plan.beyond)
            await self.sender.send(unit, Letter(survey, round_id, at_once=at_once), everyone, plan)
            ids = [one.id for one in everyone]
            await invitations.add(unit, ids, survey.id, round_id, self.clock())
            await surveys.invited(unit, survey.id, round_id, len(everyone))
        self.said()
        return len(everyone)

    async def remind(self, survey: Survey, due: datetime) -> int:
        """Remind those invited to the round that began then who have not finished; once,
        however often this is asked for."""
        round_id, job = self._round(due), f"remind:{survey.id}"
        if await self._done(job, due):
            return 0
        quotas = await self.sender.quotas()
        async with self.database.unit() as unit:
            if not await surveys.was_sent(unit, survey.id, round_id):
                return 0
            if not await surveys.claim_due(unit, job, due):
                return 0
            unwilling = await purposes.refusing(unit, survey.purpose)
            unfinished = await people.unfinished(unit, survey.id, round_id)
            late = [one for one in unfinished if one.id not in unwilling]
            plan = self.sender.plan(late, quotas)
            await self.sender.send(unit, Letter(survey, round_id, again=True), late, plan)
        self.said()
        return len(late)

    async def plan(self, survey: Survey) -> Plan:
        """What a round that began now would take; nothing is sent."""
        quotas = await self.sender.quotas()
        async with self.database.unit() as unit:
            everyone = await self._meant(unit, survey, self.clock())
        return self.sender.plan(everyone, quotas)

    async def _done(self, job: str, due: datetime) -> bool:
        """Whether that was dealt with: looked at often, so before anybody is asked."""
        async with self.database.unit() as unit:
            return await surveys.claimed(unit, job, due)

    async def _meant(self, unit: Unit, survey: Survey, due: datetime) -> list[Person]:
        """Those of the survey's audience who agreed and are not tired of being asked, as the lot
        has it: whoever must wait for another month is not always the newest."""
        audience, city = survey.audience, self.catalogue.city
        left_out = await self._tired(unit) | await purposes.refusing(unit, survey.purpose)
        among = await self._did(unit, survey, due)
        able = [
            one
            for one in await people.consenting(unit)
            if fits(audience, one.address.channel, city.tongue(one.language))
            and one.id not in left_out
            and (among is None or one.id in among)
        ]
        by_id = {one.id: one for one in able}
        return [by_id[one] for one in drawn(audience, by_id, f"{survey.id}:{self._round(due)}")]

    async def _tired(self, unit: Unit) -> set[str]:
        rule = self.catalogue.city.fatigue
        if rule is None:
            return set()
        return await invitations.tired(unit, rule.rounds, self.clock() - timedelta(rule.days))

    async def _did(self, unit: Unit, survey: Survey, due: datetime) -> set[str] | None:
        """Those to whom what the survey asks for has happened; None where that is nothing."""
        audience, asked = survey.audience, []
        if survey.schedule.every == "case_done":
            asked.append(await audiences.helped(unit, *self._window(survey, due)))
        if audience.districts or audience.domains:
            asked.append(await audiences.reported(unit, audience.districts, audience.domains))
        if earlier := audience.answered:
            given = (earlier.survey, earlier.question, earlier.values)
            asked.append(await audiences.answered(unit, *given))
        return set.intersection(*asked) if asked else None

    def _window(self, survey: Survey, due: datetime) -> tuple[datetime, datetime]:
        """When a case was done of which this round asks: none is left out, none asked twice."""
        city, after = self.catalogue.city, timedelta(days=survey.schedule.after)
        before = last_due(survey.schedule, due, ZoneInfo(city.timezone), self._free(due))
        return (before or due - timedelta(days=1)) - after, due - after

    def _free(self, around: datetime) -> frozenset[date]:
        """The city's public holidays of the years that a schedule may look into."""
        return public_holidays(
            self.catalogue.city.holidays, range(around.year - 1, around.year + 3)
        )

    def _round(self, due: datetime) -> str:
        return round_name(due, ZoneInfo(self.catalogue.city.timezone))
