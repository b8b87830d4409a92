"""Reads JSON Lines that people give to a command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from bot.model.errors import CityvoiceError

T = TypeVar("T")


def rows(path: Path, read: Callable[[Mapping[str, Any]], T]) -> Iterator[T]:
    """Each line's object, read. A line that can't be is told by its number.

    Raises CityvoiceError where a line is no JSON object, or `read` raises KeyError,
    TypeError or ValueError over it.
    """
    try:
        # Not splitlines: a text may hold U+2028 and the like, which end no line of JSON.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as fault:
        raise CityvoiceError(f"{path}: not UTF-8 (byte {fault.start})") from fault
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = read(_object(line))
        except KeyError as fault:
            raise CityvoiceError(f"{path}:{number}: lacks {fault}") from fault
        except (TypeError, ValueError) as fault:
            raise CityvoiceError(f"{path}:{number}: {fault}") from fault
        yield found


def text(row: Mapping[str, Any], key: str) -> str:
    """A row's text. Raises KeyError without one, TypeError where it is none."""
    value = row[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _object(line: str) -> Mapping[str, Any]:
    found = json.loads(line)
    if not isinstance(found, dict):
        raise TypeError("not a JSON object")
    return found
