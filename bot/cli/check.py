"""`cityvoice check`: every fault at once, then whether the outside answers."""

from __future__ import annotations

import argparse
import sys

from bot.channels.base import Channel
from bot.forwarders.base import Forwarder
from bot.model.errors import CityvoiceError
from bot.settings import read_settings
from bot.wiring import catalogue_of, channels, forwarders


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    checking = subparsers.add_parser("check", help="check settings, definitions and platforms")
    checking.set_defaults(run=check)


async def check(_: argparse.Namespace) -> int:
    """0 when all is well; 1 with every fault told."""
    settings = read_settings()
    catalogue = catalogue_of(settings)
    kinds = sum(len(domain.kinds) for domain in catalogue.taxonomy.domains)
    print(
        f"config: {catalogue.city.id}, {len(catalogue.taxonomy.domains)} domains, "
        f"{kinds} kinds, {len(catalogue.surveys)} surveys: no fault"
    )
    failed = 0
    hands: dict[str, Channel | Forwarder] = {**channels(settings, demo=False)}
    hands.update(forwarders(settings))
    for name, hand in hands.items():
        try:
            print(f"{name}: {await hand.check()}")
        except CityvoiceError as fault:
            failed = 1
            print(f"{name}: {fault}", file=sys.stderr)
        finally:
            await hand.close()
    return failed
