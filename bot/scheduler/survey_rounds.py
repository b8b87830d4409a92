"""Send a survey's round when its schedule says so, to everyone who agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.catalogue.holidays import public_holidays
from bot.conversations.surveying import invitation
from bot.model.catalogue import Catalogue
from bot.model.messages import Outbound
from bot.scheduler.due import latest_due
from bot.storage import conversations, outbox, people, surveys
from bot.storage.database import Database, Unit
from surveys.definition import Survey
from surveys.schedule import next_due


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
                await self.begin(survey, due)

    async def begin(self, survey: Survey, due: datetime) -> int:
        """Invite everyone who agreed to surveys; 0 when this round was begun before."""
        async with self.database.unit() as unit:
            if not await surveys.claim_due(unit, f"survey:{survey.id}", due):
                return 0
            invited = await self._invite(unit, survey, due)
        self.said()
        return invited

    async def _invite(self, unit: Unit, survey: Survey, due: datetime) -> int:
        round_id = due.strftime("%Y%m%dT%H%M")
        sent = []
        for person in await people.consenting(unit):
            language = person.language or self.catalogue.city.languages[0]
            bubble = invitation(survey, round_id, self.catalogue.wording, language)
            sent.append(Outbound(self.mint(), person.address, (bubble,)))
        await conversations.offer(unit, sent)
        await outbox.put(unit, sent, self.clock())
        await surveys.invited(unit, survey.id, round_id, len(sent))
        return len(sent)
