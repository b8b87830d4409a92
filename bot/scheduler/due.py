"""Which moment of a schedule is due now, if any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

GRACE = timedelta(hours=12)
"""Late after an outage: yes, up to this; after that the moment has passed."""


def latest_due(next_after: Callable[[datetime], datetime | None], now: datetime) -> datetime | None:
    """The last moment in the grace before `now`; None when there is none.

    `next_after` gives the first moment of the schedule after another.
    """
    due = None
    moment = next_after(now - GRACE)
    while moment is not None and moment <= now:
        due, moment = moment, next_after(moment)
    return due
