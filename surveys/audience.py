"""Whom a round goes to, of those who agreed: by channel, language, what they did, and by lot."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping
from typing import Any

from surveys.definition import Audience, Earlier
from surveys.reader import Reader

KEYS = frozenset({"channels", "languages", "share", "districts", "domains", "answered", "most"})
EARLIER_KEYS = frozenset({"survey", "question", "any_of"})

LISTED = ("channels", "districts", "domains")

EVERYONE = 100
SHARES = range(1, EVERYONE + 1)
HEADS = range(10_000_001)

_LOTS = 2**64


def fits(audience: Audience, channel: str, language: str) -> bool:
    """Whether a round goes to people of that channel and language."""
    spoken = not audience.languages or language in audience.languages
    return spoken and (not audience.channels or channel in audience.channels)


def drawn(audience: Audience, people: Iterable[str], seed: str) -> list[str]:
    """Those of the people (ids) on whom the lot falls, the lowest first.

    `seed` names the round. Each draws their own lot (SHA-256 of seed and id), so that anybody
    can draw it again, no matter who else takes part; a share of so many in a hundred is
    therefore met on average, while no more than `most` are drawn to a head.
    """
    lots = {person: _lot(seed, person) for person in people}
    within = [one for one, lot in lots.items() if lot * EVERYONE < audience.share * _LOTS]
    return sorted(within, key=lots.__getitem__)[: audience.most or None]


def _lot(seed: str, person: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}|{person}".encode()).digest()[:8])


def audience(reader: Reader, value: object, languages: Container[str]) -> Audience:
    """The audience that the data defines; `languages` are those that the survey speaks."""
    data = reader.mapping(value, "audience")
    reader.only(data, KEYS, "audience")
    share = reader.within(data, "share", "audience.", SHARES, "in a hundred", EVERYONE)
    most = reader.within(data, "most", "audience.", HEADS, "people", 0)
    spoken = reader.listed(data, "languages", "audience.")
    for language in spoken:
        if language not in languages:
            fault = f"the survey does not speak {language}"
            reader.wrong("audience.languages", fault, "write its title in it, or leave it out")
    listed = {key: reader.listed(data, key, "audience.") for key in LISTED}
    answered = _earlier(reader, data)
    return Audience(languages=spoken, share=share, most=most, answered=answered, **listed)


def _earlier(reader: Reader, data: Mapping[str, Any]) -> Earlier | None:
    if "answered" not in data:
        return None
    path = "audience.answered"
    asked = reader.mapping(data["answered"], path)
    reader.only(asked, EARLIER_KEYS, path)
    values = reader.listed(asked, "any_of", f"{path}.")
    if not values:
        reader.wrong(f"{path}.any_of", "names no answer", "write any_of: [one, another]")
    survey, question = (reader.identifier(asked, key, f"{path}.") for key in ("survey", "question"))
    return Earlier(survey, question, values)
