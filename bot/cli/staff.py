"""`cityvoice staff`: accounts and the one-time code that links a chat."""

from __future__ import annotations

import argparse

from bot.cli.stores import one_unit
from bot.model.errors import CityvoiceError
from bot.storage import staff
from bot.wiring import now

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
    name = options.name.strip()
    if not name or not name.isprintable():
        raise CityvoiceError("a staff member needs a name that can be printed")
    async with one_unit() as unit:
        await staff.add(unit, name, options.role)
    print(f"{name} is {options.role}")
    return 0


async def code(options: argparse.Namespace) -> int:
    """Print a code; typed into any chat with the bot, it makes that chat the member's."""
    name = options.name.strip()
    async with one_unit() as unit:
        if await staff.role_of(unit, name) is None:
            raise CityvoiceError(
                f"no staff member {name}: add one with `cityvoice staff add {name}`"
            )
        made = await staff.code(unit, name, now())
    print(made)
    return 0
