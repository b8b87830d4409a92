"""What stands beside a place's name and belongs to it: 113巷8號 of a road, 2號出口 of a station."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intents.forms import Word

_HAN = "〇零一二三四五六七八九十百"
_NUMBER = rf"(?:[0-9]+|[{_HAN}]+)"
_HOUSE = re.compile(
    rf"(?:\s*(?P<lane>{_NUMBER})\s*巷)?(?:\s*(?P<alley>{_NUMBER})\s*弄)?"
    rf"(?:\s*(?P<house>{_NUMBER}(?:[之-][0-9]+)?)\s*號(?P<more>之[0-9]+)?(?!出口|線|公車|月臺))?"
)
_EXIT = re.compile(
    rf"\s*的?(?:第)?(?:(?P<number>m?{_NUMBER})\s*號?\s*(?:出口|出入口)"
    rf"|(?:出口|exit)\s*(?P<after>m?[0-9]+)(?![0-9]))"
)
_EXIT_BEFORE = re.compile(r"exit (?P<number>m?[0-9]{1,2}) (?:of|at|from) (?:the )?(?:mrt )?$")
_PARTS = {"lane": "巷", "alley": "弄", "no": "號"}
_DIGITS = {han: value for value, han in enumerate("〇一二三四五六七八九")} | {"零": 0}
_FIRST = re.compile("[0-9]+")


def house(folded: str, at: int) -> tuple[str, int]:
    """The lane, alley and house behind a road at `at`, in digits, and where they end."""
    found = _HOUSE.match(folded, at)
    assert found is not None  # every part may be missing
    parts = [
        f"{_digits(found[name])}{unit}"
        for name, unit in (("lane", "巷"), ("alley", "弄"), ("house", "號"))
        if found[name]
    ]
    return "".join(parts) + (found["more"] or ""), found.end() if parts else at


def exit_number(folded: str, at: int) -> tuple[str, int]:
    """The number of the exit behind a station at `at` (2, m8), and where it ends; or none."""
    found = _EXIT.match(folded, at)
    if found is None:
        return "", at
    number = found["number"] or found["after"]
    return (number if number[0] == "m" else _digits(number)).upper(), found.end()


def exit_before(folded: str, at: int) -> str:
    """The number of the exit told before an English name: exit 2 of Daan Station."""
    found = _EXIT_BEFORE.search(folded, 0, at)
    return found["number"].upper() if found else ""


def english_house(words: Sequence[Word], start: int, stop: int) -> str:
    """The lane, alley and house told around the words `start` to `stop` of a road's name."""
    parts: dict[str, str] = {}
    while start >= 2 and _part(words, start - 2, parts):
        start -= 2
    while stop + 1 < len(words) and _part(words, stop, parts):
        stop += 2
    return "".join(parts[unit] + unit for unit in _PARTS.values() if unit in parts)


def _part(words: Sequence[Word], at: int, parts: dict[str, str]) -> bool:
    """Take `lane 12` at `at` as a part, where it stands there."""
    unit, number = _PARTS.get(words[at][0]), words[at + 1][0]
    if unit is None or not number.isdecimal() or unit in parts:
        return False
    parts[unit] = number
    return True


def first_number(tail: str) -> int | None:
    """The number along the road: the lane's, else the house's."""
    found = _FIRST.match(tail)
    return int(found[0]) if found and len(found[0]) < 6 else None


def _digits(number: str) -> str:
    """23 for 二十三; digits stay as they are."""
    head = number.partition("之")[0].partition("-")[0]
    if head[0] not in _HAN:
        return number
    return str(_value(head)) + number[len(head) :]


def _value(han: str) -> int:
    if not set(han) & set("十百"):
        return int("".join(str(_DIGITS[c]) for c in han))
    total, last = 0, 0
    for c in han:
        if c in _DIGITS:
            last = _DIGITS[c]
        else:
            total += (last or 1) * (10 if c == "十" else 100)
            last = 0
    return total + last
