"""A clock for jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from standins.rows import NOW


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()
