"""When the next round begins, by the wall clock of a zone."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from surveys.definition import Schedule

ROUND = "%Y%m%dT%H%M"

BACK = timedelta(days=40)
"""How far back a moment before is looked for: holidays in a row are fewer."""

AHEAD = 400
"""Days looked ahead: past these nothing but excluded days is left."""


def next_due(
    schedule: Schedule, after: datetime, tz: ZoneInfo, holidays: Container[date] = frozenset()
) -> datetime | None:
    """The first moment later than `after` (both aware), None when there is none.

    `holidays` are the city's public ones, for schedules that keep off them.
    A wall time that a clock change skips comes as much later as the clock jumps; one that
    comes twice is the first of both.
    """
    for day in _days(schedule, after.astimezone(tz).date() - timedelta(days=1), holidays):
        moment = _moment(schedule, day, tz)
        # Two times of one zone compare by the wall, which goes back when a clock does.
        if moment.astimezone(UTC) > after.astimezone(UTC):
            return moment
    return None


def last_due(
    schedule: Schedule, before: datetime, tz: ZoneInfo, holidays: Container[date] = frozenset()
) -> datetime | None:
    """The last moment earlier than `before` (both aware), None when there is none for long."""
    last, moment = None, next_due(schedule, before - BACK, tz, holidays)
    while moment is not None and moment < before:
        last, moment = moment, next_due(schedule, moment, tz, holidays)
    return last


def round_name(begins: datetime, tz: ZoneInfo) -> str:
    """A round is named by the moment it began, by the wall clock."""
    return begins.astimezone(tz).strftime(ROUND)


def round_ends(name: str, days: int, tz: ZoneInfo) -> datetime | None:
    """When a round that is open for so many days ends; None for 0 days and for other names."""
    try:
        began = datetime.strptime(name, ROUND)
    except ValueError:
        return None
    return (began + timedelta(days=days)).replace(tzinfo=tz) if days else None


def _moment(schedule: Schedule, day: date, tz: ZoneInfo) -> datetime:
    """The wall time on a day as a moment; through UTC a time that does not exist moves on."""
    wall = schedule.at or datetime.combine(day, schedule.time)
    return wall.replace(tzinfo=tz, fold=0).astimezone(UTC).astimezone(tz)


def _days(schedule: Schedule, start: date, holidays: Container[date]) -> Iterator[date]:
    """The days on which a round may begin, from `start` on; enough for the next one."""
    if schedule.every == "once" and schedule.at is not None:
        yield schedule.at.date()
    for ahead in range(AHEAD):
        day = start + timedelta(days=ahead)
        free = not schedule.on_holidays and day in holidays
        if _fits(schedule, day) and day not in schedule.excluded and not free:
            yield day


def _fits(schedule: Schedule, day: date) -> bool:
    match schedule.every:
        case "daily" | "case_done":
            return True
        case "weekly":
            return day.weekday() in schedule.days
        case "monthly" if schedule.week:
            return day.weekday() in schedule.days and schedule.week in _weeks(day)
        case "monthly":
            return day.day == (schedule.day or monthrange(day.year, day.month)[1])
        case _:
            return False


def _weeks(day: date) -> tuple[int, ...]:
    """Which of its weekday in the month it is, from the front and, if the last, -1."""
    last = day.day + 7 > monthrange(day.year, day.month)[1]
    return ((day.day - 1) // 7 + 1, *((-1,) if last else ()))
