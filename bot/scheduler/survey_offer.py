"""Keep what surveys there are up to date: those put to work in the console, and all that were
sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog

from bot.catalogue.forms import written
from bot.model.errors import Fault
from bot.storage import definitions, editions
from bot.storage.database import Database
from bot.storage.definitions import Written
from surveys.definition import Survey

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OfferJob:
    """Gives `use` the surveys of config/ (`own`) and of the console, and `sent` every edition."""

    database: Database
    own: Sequence[Survey]
    use: Callable[[Sequence[Survey]], None]
    sent: Callable[[Sequence[Survey]], None]

    async def run(self) -> None:
        """Look."""
        async with self.database.unit() as unit:
            kept, every = await definitions.every(unit), await editions.every(unit)
        self.use((*self.own, *self._built(kept)))
        self.sent(every)

    def _built(self, kept: Sequence[Written]) -> Iterator[Survey]:
        """What is at work; config/ comes first where both have an id."""
        taken = {survey.id for survey in self.own}
        for each in kept:
            if each.live is None or each.survey in taken:
                continue
            faults: list[Fault] = []
            found = written(each.survey, each.live, faults)
            if found:
                yield found[1]
            else:
                log.error("survey_not_offered", survey=each.survey, faults=len(faults))
