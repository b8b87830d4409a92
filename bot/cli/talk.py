"""`cityvoice talk`: be a citizen in a terminal; --save keeps the talk as a golden test."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bot.settings import read_settings
from bot.talk import Talk, lines, record, written
from bot.wiring import open_house


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    talking = subparsers.add_parser("talk", help="talk to the bot in this terminal")
    talking.add_argument("--save", type=Path, metavar="FILE", help="write a golden test")
    talking.set_defaults(run=talk)


async def talk(options: argparse.Namespace) -> int:
    """Read lines until the end of input. The talk is kept in a store of its own."""
    turns = []
    with tempfile.TemporaryDirectory() as folder:
        here = {"database_url": f"sqlite:///{folder}/talk.db"}
        settings = read_settings().model_copy(update=here)
        house = await open_house(settings, demo=True)
        try:
            talking = Talk.begin(house, "terminal")
            while (line := await asyncio.to_thread(_ask)) is not None:
                said = await talking.say({"kind": "text", "text": line})
                turns.append(record(line, said))
                for bubble in said:
                    print("\n".join(f"  {each}" for each in lines(bubble)), flush=True)
        finally:
            await house.close()
    if options.save:
        options.save.write_text(written({"turns": turns}), encoding="utf-8")
    return 0


def _ask() -> str | None:
    """One line; None at the end of input. The prompt is shown to people only."""
    if sys.stdin.isatty():
        print("> ", end="", flush=True)
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None
