"""Killed in the middle of a stream and started again: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sa
from standins.city import TOKEN, CityProcess, post, text_event
from standins.line import LinePlatform
from standins.serving import serve

CITIZENS = 25
EVENTS = 20
WORDS = ("民生東路三段的路燈壞了三天,晚上很暗", "送出")


class Stream:
    """Citizens who each write in turn, as the platform delivers: again until it got a 200."""

    def __init__(self, city: CityProcess) -> None:
        self.city = city
        self.restarting = asyncio.Lock()

    async def run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as web:
            await asyncio.gather(*(self._citizen(web, n) for n in range(CITIZENS)))

    async def _citizen(self, web: aiohttp.ClientSession, citizen: int) -> None:
        for turn in range(EVENTS):
            number = citizen * EVENTS + turn
            event = text_event(f"U{citizen:032d}", number, WORDS[turn % 2], int(time.time() * 1000))
            while await post(web, self.city.url, event) != 200:
                async with self.restarting:
                    await asyncio.sleep(0)


async def _killed_midway(city: CityProcess, platform: LinePlatform) -> None:
    stream = Stream(city)
    running = asyncio.create_task(stream.run())
    for answered in (120, 300):
        while len(platform.sent) < answered:
            await asyncio.sleep(0.005)
        async with stream.restarting:
            await city.kill()
            await city.start()
    await running
    deadline = time.monotonic() + 60
    while len(platform.sent) < CITIZENS * EVENTS and time.monotonic() < deadline:
        await asyncio.sleep(0.05)


@pytest.fixture
async def aftermath(tmp_path: Path, model_file: Path):
    """What the platform saw and the store holds after two kills in a stream of 500 events."""
    platform = LinePlatform(token=TOKEN)
    async with serve(platform.app) as base:
        city = CityProcess(tmp_path, base)
        await city.start()
        try:
            async with asyncio.timeout(150):  # whatever hangs shall fail, not hang
                await _killed_midway(city, platform)
        finally:
            await city.stop()
    engine = sa.create_engine(f"sqlite:///{tmp_path}/city.db")
    with engine.connect() as connection:
        reports = connection.scalar(sa.text("select count(*) from reports"))
        waiting = connection.scalar(sa.text("select count(*) from inbox where waiting"))
    engine.dispose()
    return platform, reports, waiting, (tmp_path / "err").read_text()


async def test_after_two_kills_every_event_was_handled_once_and_in_order(aftermath) -> None:
    platform, reports, waiting, errors = aftermath
    answered = defaultdict(list)
    for sent in platform.sent:
        _, user, number = sent.to[0].split("-")
        answered[user].append(int(number))
    expected = {
        f"U{citizen:032d}": list(range(citizen * EVENTS, (citizen + 1) * EVENTS))
        for citizen in range(CITIZENS)
    }
    assert (expected, CITIZENS * EVENTS // 2, 0) == (dict(answered), reports, waiting)
    assert "Traceback" not in errors
