"""A citizen or staff member, known by an unguessable id and never by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.messages import Address


class Consent(StrEnum):
    """What a person said to being sent surveys."""

    UNASKED = "unasked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


class Role(StrEnum):
    """What a person may do."""

    CITIZEN = "citizen"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is behind one address. `language` is None until set or seen.

    `chosen` tells a language picked with /language, which typing does not change.
    `reachable` is False after the person blocked the bot.
    """

    id: str
    address: Address
    language: str | None = None
    chosen: bool = False
    surveys: Consent = Consent.UNASKED
    role: Role = Role.CITIZEN
    reachable: bool = True
