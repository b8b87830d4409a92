"""A console over a database, whose rounds are only counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from standins.forms import definition
from standins.rows import NOW

from bot.catalogue import load
from bot.model.catalogue import Catalogue
from bot.model.console import Staff
from bot.model.errors import OverQuota
from bot.storage import staff
from bot.storage.database import Database
from bot.worker.console import Console
from surveys.definition import Survey
from surveys.delivery import Lane, Plan

CONFIG = Path(__file__).parents[2] / "config"
MAY, EVE = Staff("may", "officer"), Staff("eve", "viewer")


@cache
def taipei() -> Catalogue:
    return load(CONFIG, "taipei", ("line", "telegram"))


def text(*questions: dict[str, Any], **more: Any) -> str:
    """A definition as staff write it."""
    return yaml.safe_dump(definition(*questions, **more), allow_unicode=True, sort_keys=False)


@dataclass
class Back:
    """What stands behind a console: how often it had the house look, and the rounds it sent."""

    people: int = 2
    full: bool = False
    looks: int = 0
    sent: list[str] = field(default_factory=list)
    now: datetime = NOW

    async def offered(self) -> None:
        self.looks += 1

    async def plan(self, survey: Survey) -> Plan:
        return Plan((Lane("line", self.people, 10.0, left=5, limit=5, price=0.2),))

    async def begin(self, survey: Survey, due: datetime) -> int:
        if self.full:
            raise OverQuota(survey.id, self.people, 1)
        self.sent.append(survey.id)
        return self.people


def console(database: Database, back: Back | None = None) -> Console:
    back = back or Back()
    channels = ("line", "telegram")
    return Console(
        database, taipei(), channels, back.offered, back.plan, back.begin, lambda: back.now
    )


async def code_of(database: Database, name: str = "may", role: str = "officer") -> str:
    """A fresh one-time code of a staff member."""
    async with database.unit() as unit:
        await staff.add(unit, name, role)
        return await staff.code(unit, name, NOW)
