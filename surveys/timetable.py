"""The `schedule` of a definition as data → Schedule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from surveys.definition import Schedule
from surveys.reader import Reader

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY = ("never", "once", "daily", "weekly", "monthly", "case_done")
KEYS = frozenset({"every", "time", "days", "day", "at", "week", "except", "holidays", "after"})
AFTER = range(61)
"""Days after an event; later nobody remembers it."""

CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def schedule(reader: Reader, value: object) -> Schedule:
    """When rounds begin; what can't be read is noted and stands as the preset."""
    data = reader.mapping(value, "schedule")
    reader.only(data, KEYS, "schedule")
    every = str(data.get("every", ""))
    if every not in EVERY:
        reader.wrong(
            "schedule.every", f"{every or 'nothing'} is no rhythm", f"use {', '.join(EVERY)}"
        )
    week = _week(reader, data, every)
    if "after" in data and every != "case_done":
        reader.wrong("schedule.after", "is for every: case_done", "leave it out")
    return Schedule(
        every=every,
        time=_time(reader, data.get("time", "09:00")),
        days=_days(reader, data.get("days", ()), by_weekday=every == "weekly" or week != 0),
        day=_day(reader, data.get("day", 1)),
        at=_moment(reader, data.get("at"), every),
        week=week,
        excluded=_excluded(reader, data.get("except", ())),
        on_holidays=_on_holidays(reader, data.get("holidays", "keep")),
        after=reader.within(data, "after", "schedule.", AFTER, "days", 0),
    )


def _week(reader: Reader, data: Mapping[str, Any], every: str) -> int:
    """1 to 4, -1 for the last, 0 where a monthly schedule goes by the day of the month."""
    value = data.get("week")
    if value is None:
        return 0
    if every != "monthly":
        reader.wrong("schedule.week", "is for monthly schedules", "leave it out")
    elif "day" in data:
        reader.wrong("schedule.week", "stands beside a day", "give week and days, or day alone")
    if value == "last":
        return -1
    if type(value) is int and 1 <= value <= 4:
        return value
    reader.wrong("schedule.week", f"{value} is not in every month", "use 1 to 4 or last")
    return 1


def _excluded(reader: Reader, value: object) -> tuple[date, ...]:
    """Days; YAML has made those without quotes into dates already."""
    found = []
    for each in value if isinstance(value, Sequence) and not isinstance(value, str) else (value,):
        try:
            found.append(date.fromisoformat(str(each)))
        except ValueError:
            reader.wrong("schedule.except", f"{each} is no day", "write [2027-01-01, …]")
    return tuple(found)


def _on_holidays(reader: Reader, value: object) -> bool:
    if value not in ("keep", "skip"):
        reader.wrong("schedule.holidays", f"{value} is not known", "use keep or skip")
    return value != "skip"


def _time(reader: Reader, value: object) -> time:
    """Quotes matter: to YAML 20:00 is the number 1200, which would be read as noon."""
    if isinstance(value, str) and CLOCK.fullmatch(value):
        return time.fromisoformat(value)
    reader.wrong("schedule.time", f"{value} is no time", "write '12:30', in quotes")
    return time(9, 0)


def _days(reader: Reader, value: object, by_weekday: bool) -> tuple[int, ...]:
    named = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    if by_weekday and (not named or any(day not in DAYS for day in named)):
        reader.wrong("schedule.days", "are no weekdays", f"use {', '.join(DAYS)}")
        return ()
    return tuple(sorted(DAYS.index(day) for day in named if day in DAYS))


def _day(reader: Reader, value: object) -> int:
    if value == "last":
        return 0
    if type(value) is int and 1 <= value <= 28:
        return value
    reader.wrong("schedule.day", f"{value} is not in every month", "use 1 to 28 or last")
    return 1


def _moment(reader: Reader, value: object, every: str) -> datetime | None:
    if every != "once":
        return None
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        reader.wrong("schedule.at", f"{value} is no moment", "write '2026-12-01T09:00', in quotes")
        return None
    if found.tzinfo is not None:
        reader.wrong("schedule.at", "has a zone", "write the city's own time, without a zone")
    return found
