"""Whom a round goes to, of those who agreed: by channel, by language, and by lot."""

from __future__ import annotations

import hashlib
from collections.abc import Container

from surveys.definition import Audience
from surveys.reader import Reader

KEYS = frozenset({"channels", "languages", "share"})

EVERYONE = 100
SHARES = range(1, EVERYONE + 1)

_LOTS = 2**64


def fits(audience: Audience, person: str, channel: str, language: str, seed: str) -> bool:
    """True where a round goes to the person.

    `seed` names the round. Each draws their own lot (SHA-256 of seed and id), so that anybody
    can draw it again, no matter who came or went in the meantime; a share of so many in a
    hundred is therefore met on average, not to a head.
    """
    spoken = not audience.languages or language in audience.languages
    reached = not audience.channels or channel in audience.channels
    return spoken and reached and _lot(seed, person) * EVERYONE < audience.share * _LOTS


def _lot(seed: str, person: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}|{person}".encode()).digest()[:8])


def audience(reader: Reader, value: object, languages: Container[str]) -> Audience:
    """The audience that the data defines; `languages` are those that the survey speaks."""
    data = reader.mapping(value, "audience")
    reader.only(data, KEYS, "audience")
    share = reader.within(data, "share", "audience.", SHARES, "in a hundred", EVERYONE)
    spoken = reader.listed(data, "languages", "audience.")
    for language in spoken:
        if language not in languages:
            fault = f"the survey does not speak {language}"
            reader.wrong("audience.languages", fault, "write its title in it, or leave it out")
    return Audience(reader.listed(data, "channels", "audience."), spoken, share)
