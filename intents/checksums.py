"""Check digits of identity and card numbers, so that other numbers stay in the text."""

from __future__ import annotations

import re

# Each letter's number as the household registration counts them: A is 10, I is 34, O is 35.
_LETTERS = {letter: number for number, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", start=10)}
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


def is_identity(written: str) -> bool:
    """Whether it is a sound national or resident identity number (A123456789, AC01234567)."""
    plain = re.sub("[^A-Za-z0-9]", "", written).upper()
    first = _LETTERS[plain[0]]
    # Resident certificates before 2021 have a letter second, of which the last digit counts.
    second = _LETTERS[plain[1]] % 10 if plain[1].isalpha() else int(plain[1])
    digits = (first // 10, first % 10, second, *map(int, plain[2:]))
    return sum(d * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 10 == 0


_ISSUERS = re.compile("[3-6]|2[2-7]")
"""How the numbers of cards begin: dates and most order numbers do otherwise."""


def is_card(written: str) -> bool:
    """Whether the number begins as a card's does and its digits pass Luhn's check."""
    if not _ISSUERS.match(written):
        return False
    digits = [int(c) for c in reversed(written) if c.isdigit()]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0
