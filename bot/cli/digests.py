"""`cityvoice digests`: what staff are told."""

from __future__ import annotations

import argparse

from bot.cli.speak import as_json, with_json
from bot.settings import read_settings
from bot.wiring import open_ledger


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    top = subparsers.add_parser("digests", help="staff digests")
    actions = top.add_subparsers(dest="action", required=True)
    previewing = actions.add_parser("preview", help="print the digest of the last day")
    previewing.add_argument("--format", choices=("text", "json"), default="text")
    with_json(previewing)
    previewing.set_defaults(run=preview)
    actions.add_parser("send", help="send it to every linked staff chat").set_defaults(run=send)


async def preview(options: argparse.Namespace) -> int:
    """Print what staff would be sent."""
    async with open_ledger(read_settings()) as house, house.database.unit() as unit:
        if options.json or options.format == "json":
            as_json(await house.digests.collect(unit))
        else:
            print(await house.digests.words(unit, ""))
    return 0


async def send(_: argparse.Namespace) -> int:
    """Queue the digest for every staff chat; a running server or worker delivers it."""
    async with open_ledger(read_settings()) as house:
        chats = await house.digests.send()
    print(f"the digest is on its way to {chats} chats")
    return 0
