"""`cityvoice db`: schema migrations."""

from __future__ import annotations

import argparse

from bot.settings import read_settings
from bot.wiring import open_database


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    database = subparsers.add_parser("db", help="schema migrations")
    actions = database.add_subparsers(dest="action", required=True)
    actions.add_parser("upgrade", help="bring the schema up to date").set_defaults(run=upgrade)
    actions.add_parser("revision", help="show the schema's revision").set_defaults(run=revision)


async def upgrade(_: argparse.Namespace) -> int:
    """Bring the schema up to date; nothing happens when it is."""
    database = open_database(read_settings())
    await database.upgrade()
    await database.close()
    print("the schema is up to date")
    return 0


async def revision(_: argparse.Namespace) -> int:
    """Say whether the schema is up to date."""
    database = open_database(read_settings())
    migrated = await database.migrated()
    await database.close()
    print("up to date" if migrated else "not up to date: run `cityvoice db upgrade`")
    return 0
