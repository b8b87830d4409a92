"""`cityvoice channels setup`: tell the platforms where the bot lives."""

from __future__ import annotations

import argparse

from bot.model.errors import CityvoiceError
from bot.settings import read_settings
from bot.wiring import catalogue_of, set_up


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    top = subparsers.add_parser("channels", help="the chat platforms")
    actions = top.add_subparsers(dest="action", required=True)
    setting = actions.add_parser("setup", help="set webhooks and menus")
    setting.set_defaults(run=setup)


async def setup(_: argparse.Namespace) -> int:
    """Set up every channel that is switched on."""
    settings = read_settings()
    done = await set_up(settings, catalogue_of(settings))
    if not done:
        raise CityvoiceError("no channel is switched on: set its token first (see README)")
    for line in done:
        print(line)
    return 0
