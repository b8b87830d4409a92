"""A town for each test; whatever it logs as a fault fails the test."""

from __future__ import annotations

import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from standins.town import Outside, Town, open_town
from structlog.testing import capture_logs


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    """The platforms and the receiver of proposals."""
    async with Outside().served() as served:
        yield served


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture):
    """What the city logs, of both kinds of log; faults in it fail the test."""
    caplog.set_level(logging.WARNING)
    with capture_logs() as entries:
        yield entries
    faults = [e for e in entries if e["log_level"] in ("error", "critical") or "exc_info" in e]
    raised = [r.getMessage() for r in caplog.records if r.exc_info or r.levelno >= logging.ERROR]
    assert (faults, raised) == ([], [])


@pytest.fixture
async def town(
    tmp_path: Path, sqlite_template: Path, model_file: Path, outside: Outside, logged: list
) -> AsyncIterator[Town]:
    """A town at work over a fresh SQLite file, asking the second platform by polling."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    async with open_town(tmp_path, model_file, outside) as opened:
        yield opened
