"""Keep what is put to the vote up to date: accepted statements, and which tell most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.model.catalogue import Catalogue
from bot.storage import statements, surveys
from bot.storage.database import Database, Unit
from surveys.definition import Survey
from surveys.results import statements as voted_on
from surveys.statements import Ballot, extended, informative, suggestions

ROUNDS = 3
"""The newest so many of a survey's; older ones take no more votes."""


@dataclass(frozen=True, slots=True)
class BallotsJob:
    """Looks at every survey whose participants may make statements or whose order is to tell
    most, and gives what it saw to `use`."""

    database: Database
    catalogue: Catalogue
    use: Callable[[Mapping[tuple[str, str], Ballot]], None]

    async def run(self) -> None:
        """Look."""
        found: dict[tuple[str, str], Ballot] = {}
        async with self.database.unit() as unit:
            for survey in self.catalogue.surveys:
                if survey.informative or suggestions(survey.questions):
                    for round_id in await surveys.newest_rounds(unit, survey.id, ROUNDS):
                        found[survey.id, round_id] = await self._ballot(unit, survey, round_id)
        self.use(found)

    async def _ballot(self, unit: Unit, survey: Survey, round_id: str) -> Ballot:
        added = await statements.accepted(unit, survey.id, round_id)
        if not survey.informative:
            return Ballot(added)
        asked = voted_on(extended(survey, added))
        return Ballot(added, informative(await surveys.votes(unit, survey.id, round_id, asked)))
