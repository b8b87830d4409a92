"""The subcommands, found by name; each lives in a file of this folder."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence

import uvloop
import yaml
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.cli import (
    channels,
    check,
    db,
    digests,
    intents,
    needs,
    people,
    reports,
    serve,
    staff,
    surveys,
    talk,
)
from bot.model.errors import CityvoiceError, Misconfigured
from intents.errors import IntentsError

COMMANDS = (
    serve,
    check,
    talk,
    db,
    channels,
    intents,
    reports,
    needs,
    surveys,
    digests,
    staff,
    people,
)
"""Each adds its subcommands with `add(subparsers)`."""

MISTAKES = (CityvoiceError, IntentsError, ArgumentError, OSError, ValueError, yaml.YAMLError)
"""What a wrong setting, file or word ends in."""


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
    except MISTAKES as fault:
        _tell(str(fault))
    except DBAPIError as fault:
        _tell(f"the database did not answer: {fault.orig}")
    except KeyboardInterrupt:
        return 130
    return 1


def _tell(fault: str) -> None:
    print(f"cityvoice: {' '.join(fault.split())}", file=sys.stderr)
