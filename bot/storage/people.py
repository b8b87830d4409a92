"""Who writes: found by address, counted by id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Row, bindparam, exists, select

from bot.model.messages import Address
from bot.model.person import Consent, Person, Role
from bot.model.plain import to_plain
from bot.storage import purposes, reports, surveys
from bot.storage.database import Unit
from bot.storage.invitations import of_person as invited_to
from bot.storage.lists import among
from bot.storage.survey_tables import invitations, sessions
from bot.storage.tables import joins, people, photos
from bot.storage.vault import Vault

ALL = select(people)
KNOWN = ALL.where(people.c.key.is_not(None), people.c.reachable)
CONSENTING = KNOWN.where(people.c.surveys == Consent.GIVEN.value).order_by(people.c.since)
INVITED = exists().where(
    invitations.c.person == people.c.id,
    invitations.c.survey == bindparam("of"),
    invitations.c.round == bindparam("in_round"),
)
ENDED = exists().where(
    sessions.c.person == people.c.id,
    sessions.c.survey == bindparam("of"),
    sessions.c.round == bindparam("in_round"),
    sessions.c.finished.is_not(None),
)
UNFINISHED = CONSENTING.where(INVITED, ~ENDED)
FINISHED = CONSENTING.where(ENDED)
REACHABLE = KNOWN.where(among(people.c.id, "ids")).order_by(people.c.since, people.c.id)
STAFF = KNOWN.where(people.c.role == Role.STAFF.value).order_by(people.c.since)


def address(text: str) -> Address:
    """An address from its text `channel:id`."""
    channel, _, chat = text.partition(":")
    return Address(channel, chat)


def person(row: Row[Any] | Mapping[str, Any], vault: Vault) -> Person:
    """A row of people that is not forgotten, or one that holds such columns."""
    fields = row._mapping if isinstance(row, Row) else row
    return Person(
        id=fields["id"],
        address=address(vault.open(fields["address"])),
        language=fields["language"],
        chosen=fields["chosen"],
        surveys=Consent(fields["surveys"]),
        role=Role(fields["role"]),
        reachable=fields["reachable"],
    )


async def by_address(unit: Unit, address: Address) -> Person | None:
    """Who has that address, None when nobody wrote from it or they were forgotten."""
    return await _one(unit, people.c.key == unit.vault.key_of(address))


async def get(unit: Unit, person_id: str) -> Person | None:
    """The person of that id, None when unknown or forgotten."""
    return await _one(unit, people.c.id == person_id)


async def consenting(unit: Unit) -> list[Person]:
    """Everyone who agreed to surveys and can be reached, the longest known first."""
    return [person(row, unit.vault) for row in await unit.connection.execute(CONSENTING)]


async def unfinished(unit: Unit, survey: str, round_id: str) -> list[Person]:
    """Those who were invited to this round, have not finished it and still agree to surveys."""
    values = {"of": survey, "in_round": round_id}
    return [person(row, unit.vault) for row in await unit.connection.execute(UNFINISHED, values)]


async def finished(unit: Unit, survey: str, round_id: str) -> list[Person]:
    """Those who finished this round and still agree to surveys."""
    values = {"of": survey, "in_round": round_id}
    return [person(row, unit.vault) for row in await unit.connection.execute(FINISHED, values)]


async def reachable(unit: Unit, ids: Collection[str]) -> list[Person]:
    """Those of these ids who can be reached, the longest known first."""
    if not ids:
        return []
    rows = await unit.connection.execute(REACHABLE, {"ids": list(ids)})
    return [person(row, unit.vault) for row in rows]


async def staff(unit: Unit) -> list[Person]:
    """Staff members whose chat is linked and can be reached."""
    return [person(row, unit.vault) for row in await unit.connection.execute(STAFF)]


async def _one(unit: Unit, condition: Any) -> Person | None:
    row = (await unit.connection.execute(ALL.where(condition))).one_or_none()
    return person(row, unit.vault) if row and row.address else None


async def export(unit: Unit, address: Address) -> dict[str, Any]:
    """All that is kept of a person, as JSON knows it; empty when nothing is."""
    found = await by_address(unit, address)
    if found is None:
        return {}
    joined = select(joins.c.report, joins.c.at).where(joins.c.person == found.id)
    pictures = select(photos.c.id, photos.c.state, photos.c.at).where(photos.c.person == found.id)
    return {
        "person": to_plain(found),
        "reports": [to_plain(report) for report in await reports.filed(unit, found.id)],
        "joined": [
            {"report": report, "at": at} for report, at in await unit.connection.execute(joined)
        ],
        "photos": [
            {"photo": photo, "state": state, "at": at}
            for photo, state, at in await unit.connection.execute(pictures)
        ],
        "refused": sorted(await purposes.refused(unit, found.id)),
        "invitations": await invited_to(unit, found.id),
        "surveys": [
            {**to_plain(session), "answers": [to_plain(answer) for answer in given]}
            for session, given in await surveys.of_person(unit, found.id)
        ],
    }
