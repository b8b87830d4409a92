"""Faults of definitions, all of them at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where in the definition (questions[2].text), what, and what to do."""

    path: str
    fault: str
    remedy: str

    @property
    def steps(self) -> tuple[str | int, ...]:
        """The path as keys and places in lists, counted from 0."""
        found = STEP.findall(self.path)
        return tuple(int(place) if place else key for place, key in found)


class Faults(ValueError):
    """A definition has faults; `faults` tells each."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{f.path}: {f.fault}" for f in faults))
        self.faults = faults
