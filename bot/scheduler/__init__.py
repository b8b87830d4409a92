"""What is done on the clock. JOBS is the one list: a job is a file here and a line in it."""

from __future__ import annotations

from collections.abc import Mapping

JOBS: Mapping[str, int] = {
    "needs": 15,
    "forwards": 10,
    "survey_offer": 15,
    "survey_rounds": 30,
    "survey_results": 300,
    "survey_ballots": 15,
    "digests": 30,
    "models": 60,
    "tidying": 3600,
}
"""Seconds between looks. A look is cheap; rows in the database say what is due."""
