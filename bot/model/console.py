"""What the console shows staff, and what they may do there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.errors import Fault
from surveys.definition import Survey

WRITERS = frozenset({"admin", "officer"})
"""Roles that may change what citizens meet; others look on."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is signed in."""

    name: str
    role: str

    @property
    def writes(self) -> bool:
        """Whether they may change anything."""
        return self.role in WRITERS


@dataclass(frozen=True, slots=True)
class Sent:
    """A round: when it began by the city's clock, how many were invited and have finished."""

    began: datetime
    invited: int
    finished: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A survey in the console.

    `text` is its definition as YAML, empty where it is one of config/ and not written here;
    `survey` what the text says, None where it has `faults`. `live` is what is at work of it and
    `changed` whether the text says something else; `by` is who touched it last, `at` when;
    `rounds` are those that were sent, the newest first.
    """

    text: str = ""
    survey: Survey | None = None
    faults: Sequence[Fault] = ()
    live: Survey | None = None
    changed: bool = False
    by: str = ""
    at: datetime | None = None
    rounds: Sequence[Sent] = ()

    @property
    def state(self) -> str:
        """Where it stands: files, draft, live or changed."""
        if not self.text:
            return "files"
        if self.live is None:
            return "draft"
        return "changed" if self.changed else "live"
