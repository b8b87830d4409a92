"""Things to store, plain where a test says nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.model.happenings import Happening
from bot.model.messages import Address, Arrival, Bubble, Outbound
from bot.model.person import Person
from bot.model.report import Report
from bot.storage import inbox, people
from bot.storage.database import Database
from bot.storage.inbox import Talk
from bot.storage.record import record_all
from intents.reading import Place, Urgency

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ANN, BEN = Address("line", "U-ann"), Address("line", "U-ben")
LAMP = Place("民生東路三段", "road", "松山區", "", 25.058, 121.548)


def later(seconds: float = 0, days: float = 0) -> datetime:
    return NOW + timedelta(seconds=seconds, days=days)


def arrival(event: str, address: Address = ANN, payload: str = "{}") -> Arrival:
    return Arrival(address, event, payload)


def outbound(text: str, to: Address = ANN) -> Outbound:
    return Outbound(str(uuid4()), to, (Bubble(text),))


def report(person: str, **given: Any) -> Report:
    """A report of a broken lamp."""
    fresh = uuid4().hex
    plain: dict[str, Any] = {
        "id": fresh,
        "number": f"TPE-{fresh[:8].upper()}",
        "person": person,
        "text": "路燈不亮",
        "language": "zh-TW",
        "domain": "urban",
        "kind": "streetlight",
        "confidence": 0.9,
        "urgency": Urgency.NORMAL,
        "place": LAMP,
        "model": "m1",
        "at": NOW,
        "refs": ("m-1",),
    }
    return Report(**{**plain, **given})


async def stored(database: Database, *arrivals: Arrival, at: datetime = NOW) -> None:
    async with database.unit() as unit:
        await inbox.store(unit, arrivals, at)


async def taken(database: Database, limit: int = 20, at: datetime = NOW) -> list[Talk]:
    async with database.unit() as unit:
        return await inbox.take(unit, limit, at)


async def met(database: Database, address: Address = ANN) -> Person:
    """The person of an address, after they wrote for the first time."""
    await stored(database, arrival(f"hello {address}", address))
    async with database.unit() as unit:
        person = await people.by_address(unit, address)
    assert person is not None
    return person


async def remember(database: Database, *happenings: Happening) -> None:
    async with database.unit() as unit:
        await record_all(unit, happenings)


def events(talks: Sequence[Talk]) -> list[list[str]]:
    return [[waiting.event for waiting in talk.waiting] for talk in talks]
