"""Data against its shape, each difference told as a fault with line and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.catalogue.document import Document, Loc
from bot.model.errors import Fault

T = TypeVar("T")

_REMEDIES = {
    "missing": "add it",
    "extra_forbidden": "remove it or correct its spelling",
    "string_type": "write a text, in quotes if it looks like a number",
    "string_too_short": "write a text here or remove the line",
    "list_type": "write a list, each entry after a dash",
    "dict_type": "write keys and values, each key with a colon",
    "model_type": "write keys and values, each key with a colon",
    "int_type": "write a whole number",
    "float_type": "write a number",
    "too_short": "add at least one entry",
    "country": "use a code of two letters such as TW",
    "time_zone": "use a name of the IANA list such as Asia/Taipei",
}
_PATTERNS = {
    "prefix": "use two to four capital letters such as TPE",
    "digest_at": "write hours and minutes such as '08:30'",
    "call": "write the number to call such as '119'",
    "phone": "write the number to call such as '1999' or 02-2720-8889",
    "link": "write an address that begins with https://",
}


def shaped(found: Document, shape: TypeAdapter[T], faults: list[Fault]) -> T | None:
    """The document's data in its shape; None where it has faults, which are added."""
    try:
        return shape.validate_python(found.data)
    except ValidationError as error:
        faults.extend(_faults(found, error.errors(include_url=False)))
        return None


def untranslated(
    found: Document, loc: Loc, names: Mapping[str, str], languages: Iterable[str]
) -> Iterator[Fault]:
    """A fault for each of the city's languages that a name lacks."""
    for language in languages:
        if language not in names:
            yield found.fault(loc, f"{_dotted(loc)} has no {language}", f"add {language}: …")


def _faults(found: Document, errors: Iterable[ErrorDetails]) -> Iterator[Fault]:
    """One fault for each place, the last: that of the value rather than that of its key."""
    places = {tuple(step for step in e["loc"] if step != "[key]"): e for e in errors}
    for loc, error in places.items():
        yield found.fault(loc, f"{_dotted(loc)}: {_complaint(error)}", _remedy(error, loc))


def _complaint(error: ErrorDetails) -> str:
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "extra_forbidden":
        return "is not a key that is known here"
    message = error["msg"]
    return f"{message[0].lower()}{message[1:]}"


def _remedy(error: ErrorDetails, loc: Loc) -> str:
    expected: Any = error.get("ctx", {}).get("expected")
    if expected:
        return f"use {expected}"
    last = next((step for step in reversed(loc) if isinstance(step, str)), "")
    if error["type"] == "string_type" and error["input"] is None:
        return "write a text; put quotes around one that holds a comma"
    if error["type"] == "string_pattern_mismatch":
        return _PATTERNS.get(last, "use small letters, digits and _, or zh-TW for a language")
    return _REMEDIES.get(error["type"], "correct the value")


def _dotted(loc: Loc) -> str:
    """kinds[2].name, counted from 1 as people count; `the file` for its whole."""
    text = "".join(f"[{s + 1}]" if isinstance(s, int) else f".{s}" for s in loc)
    return text.removeprefix(".") or "the file"
