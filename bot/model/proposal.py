"""A ripe need on its way down the city's pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """The city's pipeline: 需求蒐集, 策略規劃, 產業媒合, 永續維運."""

    COLLECTED = "collected"
    PLANNING = "planning"
    MATCHING = "matching"
    OPERATING = "operating"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A need forwarded. `document` is the JSON of config/schemas/proposal.schema.json."""

    id: str
    need: str
    stage: Stage
    document: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Forwarding:
    """One proposal on its way to one forwarder; `key` makes a repeat harmless."""

    id: str
    proposal: Proposal
    forwarder: str
    key: str
    attempts: int = 0
