"""When the next round begins, by the wall clock of a zone."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from surveys.definition import Schedule


def next_due(schedule: Schedule, after: datetime, tz: ZoneInfo) -> datetime | None:
    """The first moment later than `after` (both aware), None when there is none.

    A wall time that a clock change skips comes as much later as the clock jumps; one that
    comes twice is the first of both.
    """
    for day in _days(schedule, after.astimezone(tz).date() - timedelta(days=1)):
        moment = _moment(schedule, day, tz)
        # Two times of one zone compare by the wall, which goes back when a clock does.
        if moment.astimezone(UTC) > after.astimezone(UTC):
            return moment
    return None


def _moment(schedule: Schedule, day: date, tz: ZoneInfo) -> datetime:
    """The wall time on a day as a moment; through UTC a time that does not exist moves on."""
    wall = schedule.at or datetime.combine(day, schedule.time)
    return wall.replace(tzinfo=tz, fold=0).astimezone(UTC).astimezone(tz)


def _days(schedule: Schedule, start: date) -> Iterator[date]:
    """The days on which a round may begin, from `start` on; enough for the next one."""
    if schedule.every == "once" and schedule.at is not None:
        yield schedule.at.date()
    for ahead in range(70):
        day = start + timedelta(days=ahead)
        if _fits(schedule, day):
            yield day


def _fits(schedule: Schedule, day: date) -> bool:
    match schedule.every:
        case "daily":
            return True
        case "weekly":
            return day.weekday() in schedule.days
        case "monthly":
            return day.day == (schedule.day or monthrange(day.year, day.month)[1])
        case _:
            return False
