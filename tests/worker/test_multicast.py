"""The same said to many chats: once, to all, and what is done where the platform says no."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from standins.line import LinePlatform
from standins.rows import NOW, later, met, remember
from standins.serving import serve

from bot.channels.line import Line
from bot.model.happenings import ConsentChanged
from bot.model.messages import Address, Bubble, Choice
from bot.model.person import Consent
from bot.storage import multicasts, outbox
from bot.storage.multicasts import Multicast
from bot.worker.multicast import MulticastWorker
from bot.worker.pace import Pace

SAID = (Bubble("問卷", choices=(Choice("開始", "s:walk:r1"),)),)
CHATS = tuple(f"U{number:032x}" for number in range(3))


@pytest.fixture
async def platform():
    return LinePlatform()


@pytest.fixture
async def worker(database, clock, platform):
    async with serve(platform.app) as base:
        line = Line("secret", "channel-token", base, base, clock)
        pace = Pace(time.monotonic)
        yield MulticastWorker(
            database, {"line": line}, clock, pace, lambda: str(uuid4()), lambda: None
        )
        await line.close()


@pytest.fixture
async def waiting(database):
    """A multicast to three people."""
    people = [await met(database, Address("line", chat)) for chat in CHATS]
    for one in people:
        await remember(database, ConsentChanged(one.id, Consent.GIVEN, NOW))
    made = Multicast(str(uuid4()), "line", SAID, NOW, later(days=7))
    async with database.unit() as unit:
        await multicasts.put(unit, made, [one.id for one in people], NOW)
    return made


async def test_it_is_said_once_to_all(worker, platform, waiting):
    moved = [await worker.once(), await worker.once()]
    assert (moved, [(s.kind, sorted(s.to), s.retry_key) for s in platform.sent]) == (
        [1, 0],
        [("multicast", list(CHATS), waiting.id)],
    )


async def test_a_lost_answer_is_made_up_for_without_saying_it_twice(
    worker, platform, clock, waiting
):
    platform.fail(500, heeded=True)
    await worker.once()
    clock.now = later(2)
    await worker.once()
    assert ([s.kind for s in platform.sent], await worker.once()) == (["multicast"], 0)


async def test_when_the_months_messages_are_used_up_it_waits_and_is_tried_again(
    worker, platform, clock, waiting
):
    platform.limit = 2
    await worker.once()
    clock.now = later(1800)
    early = await worker.once()
    platform.limit, clock.now = 3, later(3601)
    await worker.once()
    assert (early, [sorted(s.to) for s in platform.sent]) == (0, [list(CHATS)])


async def test_what_is_refused_as_a_whole_is_said_to_each_alone(
    worker, platform, clock, database, waiting
):
    platform.fail(400)
    await worker.once()
    async with database.unit() as unit:
        singly = await outbox.take(unit, 9, clock.now, timedelta(60))
    said = {s.outbound.to.id: s.outbound.bubbles for s in singly}
    assert said == dict.fromkeys(CHATS, SAID)


async def test_what_nobody_is_left_for_calls_nobody(worker, platform, database, waiting):
    for chat in CHATS:
        person = await met(database, Address("line", chat))
        await remember(database, ConsentChanged(person.id, Consent.REFUSED, NOW))
    assert (await worker.once(), platform.sent, await worker.once()) == (1, [], 0)
