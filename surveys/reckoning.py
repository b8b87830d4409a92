"""What an expression comes to, after XPath 1.0's rules for truth, numbers and texts."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from surveys.expression import Call, Literal, Node, Reference, parse
from surveys.session import Value

Result = bool | float | str

NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
MOMENT = re.compile(r"(?:(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2}))?)|(\d{2}):(\d{2})")
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Situation:
    """What an expression is reckoned in: the answers by question (None where skipped), the
    answer being judged, and the day."""

    answers: Mapping[str, Value | None]
    day: date
    itself: Value | None = None


def holds(source: str, situation: Situation) -> bool:
    """Whether an expression is true. Raises Unreadable."""
    return truth(reckon(parse(source), situation))


def truth(value: Result) -> bool:
    """A number that is one and not 0, a text that is not empty."""
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def number(value: Result) -> float:
    """Of a text the number or moment that it is; NaN where it is neither."""
    if not isinstance(value, str):
        return float(value)
    text = value.strip(" \t\r\n")
    return float(text) if NUMBER.fullmatch(text) else _moment(text)


def text(value: Result) -> str:
    """Numbers without needless decimals."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value
    if math.isinf(value) or math.isnan(value):
        return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    return str(int(value)) if value.is_integer() else repr(value)


def _moment(said: str) -> float:
    """Days since 1970, or the part of a day that a time is."""
    found = MOMENT.fullmatch(said)
    if found is None:
        return math.nan
    try:
        days = date.fromisoformat(found[1]).toordinal() - EPOCH if found[1] else 0
    except ValueError:
        return math.nan
    hour, minute = found[2] or found[4] or 0, found[3] or found[5] or 0
    return days + (int(hour) * 60 + int(minute)) / 1440


def reckon(node: Node, situation: Situation) -> Result:
    """What a tree comes to."""
    match node:
        case Literal(value):
            return value
        case Reference(question):
            given = situation.answers.get(question) if question else situation.itself
            return _plain(given)
        case Call("today", _):
            return situation.day.isoformat()
        case Call("and", parts):
            return all(truth(reckon(part, situation)) for part in parts)
        case Call("or", parts):
            return any(truth(reckon(part, situation)) for part in parts)
        case Call("if", (asked, then, otherwise)):
            return reckon(then if truth(reckon(asked, situation)) else otherwise, situation)
    return FUNCTIONS[node.name](*(reckon(each, situation) for each in node.arguments))


def _plain(given: Value | None) -> Result:
    """An answer as XLSForm has it: several choices are one text, parted by spaces."""
    if given is None:
        return ""
    if isinstance(given, tuple):
        return " ".join(given)
    return float(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _equal(left: Result, right: Result) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


def _unequal(left: Result, right: Result) -> bool:
    return not _equal(left, right)


def _numeric(reckon: Callable[[float, float], Result]) -> Callable[[Result, Result], Result]:
    return lambda left, right: reckon(number(left), number(right))


def _divided(left: float, right: float) -> float:
    if right:
        return left / right
    signed = math.copysign(1, left) * math.copysign(1, right)
    return math.nan if left == 0 or math.isnan(left) else signed * math.inf


def _remainder(left: float, right: float) -> float:
    """With the sign of what is divided, as in XPath."""
    return math.nan if math.isinf(left) or right == 0 else math.fmod(left, right)


def _truncated(value: Result) -> float:
    found = number(value)
    return float(math.trunc(found)) if math.isfinite(found) else found


def _rounded(value: Result) -> float:
    """Halves go up; what rounds to nothing keeps its sign, as XPath has it."""
    found = number(value)
    return math.copysign(math.floor(found + 0.5), found) if _small(found) else found


def _small(value: float) -> bool:
    """Whether it has decimals to lose."""
    return math.isfinite(value) and abs(value) < 2**52


FUNCTIONS: Mapping[str, Callable[..., Result]] = {
    "=": _equal,
    "!=": _unequal,
    "<": _numeric(operator.lt),
    "<=": _numeric(operator.le),
    ">": _numeric(operator.gt),
    ">=": _numeric(operator.ge),
    "+": _numeric(operator.add),
    "-": _numeric(operator.sub),
    "*": _numeric(operator.mul),
    "div": _numeric(_divided),
    "mod": _numeric(_remainder),
    "negative": lambda value: -number(value),
    "selected": lambda chosen, value: text(value) in text(chosen).split(),
    "count-selected": lambda chosen: float(len(text(chosen).split())),
    "not": lambda value: not truth(value),
    "true": lambda: True,
    "false": lambda: False,
    "string-length": lambda value: float(len(text(value))),
    "contains": lambda whole, part: text(part) in text(whole),
    "starts-with": lambda whole, part: text(whole).startswith(text(part)),
    "coalesce": lambda first, second: first if text(first) else second,
    "int": _truncated,
    "round": _rounded,
    "number": number,
    "string": text,
}
