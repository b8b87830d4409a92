"""What one answer led to."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.session import Answer


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered, or skipped (value None)."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An answer no longer counts: an earlier one made its question irrelevant."""

    question: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The last question was answered."""


@dataclass(frozen=True, slots=True)
class Misread:
    """The answer could not be used.

    `reason` is choice, number, text, few, many, date, time, moment, place, photo, suggestion or
    constraint; `remark` is what the definition says to an answer that its constraint does not
    allow.
    """

    reason: str
    remark: str = ""


Event = Answered | Withdrawn | Finished | Misread
