"""`cityvoice serve` and `cityvoice work`."""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
import socket
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn
import yaml

from bot.house import House
from bot.journal import open_journal
from bot.model.errors import CityvoiceError
from bot.settings import Settings, read_settings
from bot.storage import needs
from bot.talk import Talk
from bot.web.app import build
from bot.wiring import doors, now, open_house

Talks = Sequence[Sequence[str]]
"""What imaginary citizens say, a list for each."""

ENDINGS = (signal.SIGINT, signal.SIGTERM)


class Server(uvicorn.Server):
    """Ends when asked, and lets us end after it; the library's own would kill the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever serves."""
        yield

    def end(self) -> None:
        """Take no more requests; asked again, wait for nobody."""
        self.force_exit, self.should_exit = self.should_exit, True


def add(subparsers: Any) -> None:
    """Add both commands."""
    serving = subparsers.add_parser("serve", help="web server, worker and scheduler in one")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=_port, default=8080)
    serving.add_argument("--demo", action="store_true", help="the simulator and sample data")
    serving.set_defaults(run=serve)
    working = subparsers.add_parser("work", help="worker and scheduler candidate alone")
    working.set_defaults(run=work)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is 0 to 65535")
    return port


def serve(options: argparse.Namespace) -> Coroutine[Any, Any, int]:
    """Serve until asked to stop."""
    open_journal()
    settings = read_settings()
    demo = settings.config_dir / "demo.yaml"
    samples = yaml.safe_load(demo.read_text(encoding="utf-8")) if options.demo else None
    return _serve(settings, options.host, options.port, samples)


def work(_: argparse.Namespace) -> Coroutine[Any, Any, int]:
    """Work until asked to stop."""
    open_journal()
    return _work()


def _listen(host: str, port: int) -> socket.socket:
    """The port, or a clear word on why not."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as fault:
        raise CityvoiceError(
            f"port {port} on {host} can't be used ({fault.strerror}): "
            "stop what uses it or choose another with --port"
        ) from fault
    return listening


async def _serve(settings: Settings, host: str, port: int, samples: Talks | None) -> int:
    demo = samples is not None
    listening = _listen(host, port)
    house = await open_house(settings, demo=demo)
    await _sample(house, samples or ())
    config = uvicorn.Config(
        build(doors(house)),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    await _welcome(house, host, port, demo)
    _settle()
    working = asyncio.create_task(house.work())
    server = Server(config)
    for ending in ENDINGS:
        asyncio.get_running_loop().add_signal_handler(ending, server.end)
    try:
        await server.serve(sockets=[listening])
    finally:
        house.halt()
        await working
        await house.close()
    return 0


def _settle() -> None:
    """What is there now stays: the collector need not look through model and gazetteer again."""
    gc.collect()
    gc.freeze()


async def _sample(house: House, talks: Talks) -> None:
    """Let imaginary citizens report, where nobody has yet."""
    async with house.ledger.database.unit() as unit:
        if await needs.all(unit, now()):
            return
    for number, words in enumerate(talks):
        talk = Talk.begin(house, f"sample-{number}")
        for said in words:
            await talk.say({"kind": "text", "text": said})


async def _welcome(house: House, host: str, port: int, demo: bool) -> None:
    shown = f"http://{host}:{port}"
    print(f"cityvoice of {house.ledger.catalogue.city.id} answers on {shown}", flush=True)
    on = [name for name in house.channels if name != "simulator"]
    print(f"  channels: {', '.join(on) or 'none is set up yet'}", flush=True)
    entry = f", sign in with {await house.ledger.staff_code('demo')}" if demo else ""
    print(f"  console: {shown}/console/{entry}", flush=True)
    if demo:
        print(f"  simulator: {shown}/simulator", flush=True)
        print(f"  staff code for a chat: {await house.ledger.staff_code('demo')}", flush=True)


async def _work() -> int:
    house = await open_house(read_settings(), demo=False)
    for ending in ENDINGS:
        asyncio.get_running_loop().add_signal_handler(ending, house.halt)
    _settle()
    try:
        await house.work()
    finally:
        await house.close()
    return 0
