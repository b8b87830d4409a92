"""The subcommands, found by name; each lives in a file of this folder."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence

import uvloop
from sqlalchemy.exc import OperationalError

from bot.cli import (
    channels,
    check,
    db,
    digests,
    intents,
    needs,
    people,
    serve,
    staff,
    surveys,
    talk,
)
from bot.model.errors import CityvoiceError, Misconfigured

COMMANDS = (serve, check, talk, db, channels, intents, needs, surveys, digests, staff, people)
"""Each adds its subcommands with `add(subparsers)`."""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="cityvoice",
        description="Citizens write one sentence; the city sees what is needed.",
    )
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(subparsers)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit status. A user's mistake never shows a traceback."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as ending:
        return int(ending.code or 0)
    try:
        outcome = options.run(options)
        return int(uvloop.run(outcome) if asyncio.iscoroutine(outcome) else outcome or 0)
    except Misconfigured as faults:
        print(faults, file=sys.stderr)
    except BrokenPipeError:
        return 0  # whoever read our output had enough
    except (CityvoiceError, OSError, ValueError) as fault:
        print(f"cityvoice: {' '.join(str(fault).split())}", file=sys.stderr)
    except OperationalError as fault:
        reason = " ".join(str(fault.orig).split())
        print(f"cityvoice: the database did not answer: {reason}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1
