"""`cityvoice db`: schema migrations."""

from __future__ import annotations

import argparse

from bot.model.errors import CityvoiceError
from bot.settings import read_settings
from bot.wiring import open_database


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    database = subparsers.add_parser("db", help="schema migrations")
    actions = database.add_subparsers(dest="action", required=True)
    actions.add_parser("upgrade", help="bring the schema up to date").set_defaults(run=upgrade)
    revising = actions.add_parser(
        "revision", help="is the schema up to date; -m writes a migration"
    )
    revising.add_argument("-m", "--message", help="write a migration for what tables.py has anew")
    revising.set_defaults(run=revision)


async def upgrade(_: argparse.Namespace) -> int:
    """Bring the schema up to date; nothing happens when it is."""
    database = open_database(read_settings())
    await database.upgrade()
    await database.close()
    print("the schema is up to date")
    return 0


async def revision(options: argparse.Namespace) -> int:
    """Say whether the schema is up to date; with a message write the migration it lacks."""
    if options.message is not None and not any(c.isalnum() for c in options.message):
        raise CityvoiceError("a migration needs a few words: say what it is for")
    database = open_database(read_settings())
    try:
        if options.message is not None:
            print(await database.revise(options.message))
        else:
            migrated = await database.migrated()
            print("up to date" if migrated else "not up to date: run `cityvoice db upgrade`")
    finally:
        await database.close()
    return 0
