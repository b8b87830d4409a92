"""What staff do in the console: they sign in, write surveys, put them to work, send rounds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.catalogue.audiences import Known, unknown
from bot.catalogue.document import Document, as_yaml
from bot.catalogue.forms import imported, written
from bot.catalogue.workbook import opened
from bot.model.catalogue import Catalogue
from bot.model.console import Sent, Sheet, Staff
from bot.model.errors import Fault
from bot.storage import definitions, editions, staff, surveys
from bot.storage.database import Database, Unit
from bot.storage.definitions import Written
from surveys.definition import Survey
from surveys.delivery import Plan
from surveys.schedule import ROUND

log = structlog.get_logger()

STAY = timedelta(hours=10)
"""How long a sign-in lasts: a working day."""

HERE = "survey"
"""What a definition that is written in the console is called in its faults."""


@dataclass(frozen=True, slots=True)
class Console:
    """Over a database and config/ as it was read; `channels` are those an audience may name.

    `offered` has the house look at what is at work, `plan` tells what a round that began now
    would take, `begin` begins one and gives how many are invited.
    """

    database: Database
    catalogue: Catalogue
    channels: Collection[str]
    offered: Callable[[], Awaitable[None]]
    plan: Callable[[Survey], Awaitable[Plan]]
    begin: Callable[[Survey, datetime], Awaitable[int]]
    clock: Callable[[], datetime]

    @property
    def currency(self) -> str:
        """What the city pays in."""
        return self.catalogue.city.currency

    async def enter(self, code: str) -> str | None:
        """What tells a browser from now on, for a one-time code; None for any other text."""
        now = self.clock()
        async with self.database.unit() as unit:
            name = await staff.redeem(unit, code, now)
            if name is None:
                return None
            log.info("console_entered", staff=name)
            return unit.vault.token(name, (now + STAY).isoformat())

    async def who(self, token: str) -> Staff | None:
        """Whose browser it is; None when nobody's, or for too long."""
        async with self.database.unit() as unit:
            match unit.vault.parts(token):
                case (name, until) if self.clock() < datetime.fromisoformat(until):
                    role = await staff.role_of(unit, name)
                    return Staff(name, role) if role else None
                case _:
                    return None

    async def sheets(self) -> list[Sheet]:
        """All surveys: those of config/, then those written here."""
        async with self.database.unit() as unit:
            kept = await definitions.every(unit)
        return [
            *(Sheet(survey=one, live=one) for one in self.catalogue.surveys),
            *map(_sheet, kept),
        ]

    async def sheet(self, survey: str) -> Sheet | None:
        """The survey of that id, None where there is none."""
        own = next((one for one in self.catalogue.surveys if one.id == survey), None)
        async with self.database.unit() as unit:
            kept = None if own else await definitions.get(unit, survey)
            if own is None and kept is None:
                return None
            sheet = _sheet(kept) if kept else Sheet(survey=own, live=own)
            counts = await surveys.counts(unit)
        sent = (
            Sent(datetime.strptime(each.round, ROUND), each.invited, each.finished)
            for each in reversed(counts)
            if each.survey == survey
        )
        return replace(sheet, rounds=tuple(sent))

    async def check(self, text: str) -> Sheet:
        """What a text says, or all its faults by line; nothing is kept."""
        async with self.database.unit() as unit:
            return await self._checked(unit, text)

    async def save(self, by: Staff, text: str) -> Sheet:
        """Keep a text that has no faults as its survey's draft."""
        async with self.database.unit() as unit:
            sheet = await self._checked(unit, text)
            if sheet.survey is None:
                return sheet
            await definitions.draft(unit, sheet.survey.id, text, by.name, self.clock())
        log.info("survey_drafted", survey=sheet.survey.id, staff=by.name)
        return sheet

    async def put_to_work(self, by: Staff, survey: str) -> Sheet | None:
        """Offer the draft to citizens from now on; None where there is none. With faults (others
        may have written meanwhile) it stays a draft."""
        async with self.database.unit() as unit:
            kept = await definitions.get(unit, survey)
            if kept is None:
                return None
            sheet = await self._checked(unit, kept.draft)
            if sheet.survey is None:
                return sheet
            await definitions.put_to_work(unit, survey, by.name, self.clock())
        log.info("survey_put_to_work", survey=survey, staff=by.name)
        await self.offered()
        return sheet

    async def take_off(self, by: Staff, survey: str) -> None:
        """No more rounds of it; whoever is answering may finish no more either."""
        async with self.database.unit() as unit:
            await definitions.take_off(unit, survey, by.name, self.clock())
        log.info("survey_taken_off", survey=survey, staff=by.name)
        await self.offered()

    async def remove(self, by: Staff, survey: str) -> None:
        """Throw a draft away, and take off what is at work of it; what was sent stays known."""
        async with self.database.unit() as unit:
            await definitions.remove(unit, survey)
        log.info("survey_removed", survey=survey, staff=by.name)
        await self.offered()

    async def send(self, by: Staff, survey: Survey) -> int:
        """Begin a round now; how many are invited. Raises CityvoiceError when it cannot be."""
        invited = await self.begin(survey, self.clock())
        log.info("round_sent_by_hand", survey=survey.id, staff=by.name, people=invited)
        return invited

    def imported(self, workbook: bytes, name: str) -> str:
        """An XLSForm's definition as YAML. Raises Misconfigured with its faults by row, and
        CityvoiceError for what is no workbook."""
        data, _ = imported(opened(workbook, name), name)
        return as_yaml(data)

    async def _checked(self, unit: Unit, text: str) -> Sheet:
        faults: list[Fault] = []
        found = written(HERE, text, faults)
        if found:
            document, survey = found
            faults += unknown(document, survey, await self._all(unit), self._known())
            faults += await self._clashes(unit, document, survey)
        faults.sort(key=lambda fault: fault.line)
        return Sheet(text, found[1] if found and not faults else None, faults)

    async def _all(self, unit: Unit) -> dict[str, Survey]:
        kept = (_live(each) for each in await definitions.every(unit))
        return {one.id: one for one in (*(each for each in kept if each), *self.catalogue.surveys)}

    def _known(self) -> Known:
        domains = {domain.id for domain in self.catalogue.taxonomy.domains}
        city = self.catalogue.city
        return Known(self.channels, self.catalogue.districts, domains, city.purposes)

    async def _clashes(self, unit: Unit, document: Document, survey: Survey) -> list[Fault]:
        """An id of config/, or a version that was sent with other questions."""
        if survey.id in {one.id for one in self.catalogue.surveys}:
            fault = f"the survey {survey.id} is defined in the city's files"
            return [document.fault(("id",), fault, "give it another id")]
        sent = await editions.get(unit, survey.id, survey.version)
        if sent and sent.questions != survey.questions:
            fault = f"version {survey.version} was sent with other questions"
            remedy = f"count the version up to {survey.version + 1}"
            return [document.fault(("version",), fault, remedy)]
        return []


def _sheet(kept: Written) -> Sheet:
    faults: list[Fault] = []
    draft, changed = written(HERE, kept.draft, faults), kept.draft != kept.live
    survey = draft[1] if draft else None
    live = _live(kept) if changed else survey
    return Sheet(kept.draft, survey, faults, live, changed, kept.by, kept.at)


def _live(kept: Written) -> Survey | None:
    """What is at work of it."""
    found = written(HERE, kept.live, []) if kept.live else None
    return found[1] if found else None
