"""One person's run through one survey: plain data that goes to JSON and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Value = str | int | float | bool | tuple[str, ...]


def chosen(value: Value | None) -> tuple[Value, ...]:
    """What an answer chose: several, one, or nothing where it was skipped."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


class SessionState(StrEnum):
    """How far a session is."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question. A skipped question has value None."""

    question: str
    value: Value | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A survey being answered.

    `survey` and `version` name the definition, `round` the round it was sent in; `answers`
    are in the order given, one for each question; `current` is the id of the question that
    waits, None when finished; `picked` are the choices of a several-choice question ticked
    so far; `language` is the language it is asked in. `seed` decides the order of what is
    shuffled. `order` is that of the statements, where it is not
    the survey's. `day` is the day that it began on: what depends on today stays as it was.
    """

    id: str
    survey: str
    version: int
    round: str
    language: str
    started: datetime
    state: SessionState = SessionState.RUNNING
    answers: tuple[Answer, ...] = ()
    current: str | None = None
    picked: tuple[str, ...] = ()
    seed: str = ""
    day: date = date(1970, 1, 1)
    order: tuple[str, ...] = ()
