"""`cityvoice staff`: accounts and the one-time code that links a chat."""

from __future__ import annotations

import argparse

from bot.model.errors import CityvoiceError
from bot.settings import read_settings
from bot.storage import staff
from bot.wiring import now, open_database

ROLES = ("admin", "officer", "viewer")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    top = subparsers.add_parser("staff", help="staff accounts and chat codes")
    actions = top.add_subparsers(dest="action", required=True)
    adding = actions.add_parser("add", help="add a staff member")
    adding.add_argument("name")
    adding.add_argument("--role", choices=ROLES, default="officer")
    adding.set_defaults(run=add_one)
    coding = actions.add_parser("code", help="a one-time code that links a chat")
    coding.add_argument("name")
    coding.set_defaults(run=code)


async def add_one(options: argparse.Namespace) -> int:
    """Add a staff member, or change the role of one who is there."""
    database = open_database(read_settings())
    await database.upgrade()
    async with database.unit() as unit:
        await staff.add(unit, options.name, options.role)
    await database.close()
    print(f"{options.name} is {options.role}")
    return 0


async def code(options: argparse.Namespace) -> int:
    """Print a code; typed into any chat with the bot, it makes that chat the member's."""
    database = open_database(read_settings())
    try:
        async with database.unit() as unit:
            made = await staff.code(unit, options.name, now())
    except KeyError as fault:
        raise CityvoiceError(
            f"no staff member {options.name}: add one with `cityvoice staff add {options.name}`"
        ) from fault
    finally:
        await database.close()
    print(made)
    return 0
