"""Case numbers: short enough to read out, with a character that catches slips."""

from __future__ import annotations

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U to mistake or misread."""

BODY = 7


def check_character(body: str) -> str:
    """Luhn's sum over 32: every single wrong character and most swaps change it."""
    total = 0
    for place, character in enumerate(reversed(body)):
        doubled = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += doubled // 32 + doubled % 32
    return ALPHABET[-total % 32]


def case_number(prefix: str, chance: int) -> str:
    """`prefix`-XXXXXXXC from 35 bits of chance, C being the check character."""
    body = "".join(ALPHABET[chance >> 5 * i & 31] for i in range(BODY))
    return f"{prefix}-{body}{check_character(body)}"


def sound(number: str) -> bool:
    """Whether a case number's check character fits the rest."""
    _, _, code = number.upper().rpartition("-")
    known = len(code) == BODY + 1 and all(c in ALPHABET for c in code)
    return known and check_character(code[:-1]) == code[-1]


def one_time_code(chance: str) -> str:
    """A code XXXX-XXXX to be typed once, out of an unguessable text."""
    drawn = hashlib.sha256(chance.encode()).digest()
    plain = "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:8])
    return f"{plain[:4]}-{plain[4:]}"


def plain(code: str) -> str:
    """A one-time code as it is compared, however it was typed."""
    return code.replace("-", "").upper()
