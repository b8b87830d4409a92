"""The survey that a command is about, as it is now or as it was sent."""

from __future__ import annotations

from bot.house import Ledger
from bot.model.errors import CityvoiceError
from bot.storage import editions
from bot.storage.database import Unit
from surveys.definition import Survey


def named(house: Ledger, survey_id: str) -> Survey:
    """The survey of that id as it is now."""
    found = {survey.id: survey for survey in house.catalogue.surveys}
    if survey_id not in found:
        there = ", ".join(sorted(found)) or "none"
        raise CityvoiceError(f"no survey {survey_id}; there are: {there}")
    return found[survey_id]


async def edition(unit: Unit, house: Ledger, survey_id: str, version: int | None) -> Survey:
    """The survey as it is now, or in a version that was sent; also one that was retired."""
    sent = {(s.id, s.version): s for s in await editions.every(unit)}
    if version is not None:
        if (survey_id, version) in sent:
            return sent[survey_id, version]
        there = ", ".join(str(v) for name, v in sent if name == survey_id) or "none"
        raise CityvoiceError(f"{survey_id} was not sent in version {version}; sent were: {there}")
    now = {survey.id: survey for survey in house.catalogue.surveys}
    retired = {name: survey for (name, _), survey in sent.items()}
    return (retired | now).get(survey_id) or named(house, survey_id)
