"""What a survey's page shows, and what is sent from it."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.engine import Prompt


@dataclass(frozen=True, slots=True)
class Filled:
    """How the page stands: what is said, and the question that waits with its id (`at`), None
    before the start and at the end. `over` tells that there is nothing more to do."""

    title: str
    language: str
    said: tuple[str, ...]
    prompt: Prompt | None = None
    at: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What was sent from the page, for the question `at`.

    `do` is start, press, tick, answer, skip, back, keep or pause.
    """

    do: str
    at: str = ""
    values: tuple[str, ...] = ()
