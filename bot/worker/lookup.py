"""Look up what turns want, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversations.scene import Desk, Facts
from bot.conversations.surveying import pressed
from bot.conversations.turn import Ready, Want
from bot.model.person import Person
from bot.storage import handovers, purposes, reports, staff, surveys
from bot.storage.database import Unit
from bot.storage.nearby import reports_near

SAME_DAYS = 30
"""How far back a report may be to be offered as 我也遇到."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Gives turns their facts; `digest` makes the staff digest as text."""

    desk: Desk
    digest: Callable[[Unit, str], Awaitable[str]]

    async def facts(
        self, unit: Unit, asked: Sequence[tuple[Person, Ready]], now: datetime
    ) -> list[Facts]:
        """The facts for each of them; what many want is looked up together."""
        owners = {person.id for person, ready in asked if Want.OWN in ready.wants}
        own = await reports.own(unit, owners)
        sought = {ready.seek for _, ready in asked if ready.seek}
        since, metres = now - timedelta(days=SAME_DAYS), self.desk.city.gathering.metres
        same = await reports_near(unit, sought, since, metres)
        return [
            Facts(
                own=tuple(own.get(person.id, ())) if Want.OWN in ready.wants else (),
                same=tuple(same.get(ready.seek, ())) if ready.seek else (),
                **await self._rest(unit, person, ready, now),
            )
            for person, ready in asked
        ]

    async def _rest(
        self, unit: Unit, person: Person, ready: Ready, now: datetime
    ) -> dict[str, Any]:
        """What few want at once: staff, and those who begin a survey or go on with one."""
        tz, wants, to = ZoneInfo(self.desk.city.timezone), ready.wants, ready.belongs
        language = person.language or ""
        known = await staff.redeem(unit, ready.code, now) if Want.STAFF in wants else None
        handed = None
        if ready.code and not known:
            handed = await handovers.find(unit, ready.code, now, tz)
        begun = pressed(ready.inbound.content) if Want.SESSION in wants else None
        begun = begun or ((handed.survey, handed.round) if handed else None)
        return {
            "refused": await purposes.refused(unit, person.id)
            if Want.REFUSED in wants
            else frozenset(),
            "staff": known,
            "handed": handed,
            "digest": await self.digest(unit, language) if Want.DIGEST in wants else "",
            "alike": await surveys.in_cell(unit, to.survey, to.round, to.cell) if to else None,
            "session": await surveys.begun(unit, person.id, *begun, tz) if begun else None,
        }
