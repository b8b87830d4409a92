"""Print data: JSON Lines with --json, else columns that a person reads."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson


def with_json(command: argparse.ArgumentParser) -> None:
    """Give a command the option --json."""
    command.add_argument("--json", action="store_true", help="print JSON, one object a line")


def plain(value: Any) -> Any:
    """Any of the house's nouns as what JSON can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def as_json(value: Any) -> None:
    """Print one object on one line."""
    sys.stdout.write(orjson.dumps(plain(value)).decode() + "\n")


def table(rows: Iterable[Sequence[object]]) -> None:
    """Print rows with tabs between the columns."""
    for row in rows:
        print("\t".join("" if cell is None else str(cell) for cell in row))
