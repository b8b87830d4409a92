"""When rounds begin, by the wall clock of a zone."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import Schedule
from surveys.schedule import last_due, next_due

TAIPEI = ZoneInfo("Asia/Taipei")
YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = 0


def at(text: str, zone: ZoneInfo = TAIPEI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def rounds(schedule: Schedule, after: datetime, zone: ZoneInfo, count: int) -> list[str]:
    """The next moments as the wall shows them, with the offset."""

    def following():
        moment: datetime | None = after
        while moment := next_due(schedule, moment, zone):
            yield f"{moment:%Y-%m-%d %H:%M %z}"

    return list(islice(following(), count))


def test_daily_is_each_day_at_the_hour() -> None:
    found = rounds(Schedule("daily", time(9, 0)), at("2026-02-27T09:00"), TAIPEI, 3)
    assert found == ["2026-02-28 09:00 +0800", "2026-03-01 09:00 +0800", "2026-03-02 09:00 +0800"]


def test_daily_is_still_today_before_the_hour() -> None:
    assert rounds(Schedule("daily", time(9, 0)), at("2026-02-27T08:59"), TAIPEI, 1) == [
        "2026-02-27 09:00 +0800"
    ]


def test_weekly_on_monday_is_really_a_monday() -> None:
    found = rounds(Schedule("weekly", time(12, 30), (MONDAY,)), at("2026-07-01T00:00"), TAIPEI, 3)
    assert found == ["2026-07-06 12:30 +0800", "2026-07-13 12:30 +0800", "2026-07-20 12:30 +0800"]


def test_weekly_on_two_days_comes_on_both_in_turn() -> None:
    found = rounds(Schedule("weekly", time(8, 0), (0, 4)), at("2026-07-01T00:00"), TAIPEI, 3)
    assert found == ["2026-07-03 08:00 +0800", "2026-07-06 08:00 +0800", "2026-07-10 08:00 +0800"]


def test_the_weekday_is_the_zones_and_not_that_of_greenwich() -> None:
    sunday_in_greenwich = datetime(2026, 7, 5, 22, 0, tzinfo=UTC)
    due = next_due(Schedule("weekly", time(7, 0), (MONDAY,)), sunday_in_greenwich, TAIPEI)
    assert due == datetime(2026, 7, 5, 23, 0, tzinfo=UTC)


def test_monthly_is_the_same_day_of_each_month() -> None:
    found = rounds(Schedule("monthly", time(9, 0), day=28), at("2026-01-31T00:00"), TAIPEI, 2)
    assert found == ["2026-02-28 09:00 +0800", "2026-03-28 09:00 +0800"]


def test_monthly_on_the_last_day_follows_the_months_length() -> None:
    found = rounds(Schedule("monthly", time(9, 0), day=0), at("2028-01-31T10:00"), TAIPEI, 3)
    assert found == ["2028-02-29 09:00 +0800", "2028-03-31 09:00 +0800", "2028-04-30 09:00 +0800"]


def test_once_comes_once() -> None:
    once = Schedule("once", at=datetime(2026, 12, 1, 9, 0))
    assert rounds(once, at("2025-01-01T00:00"), TAIPEI, 5) == ["2026-12-01 09:00 +0800"]


@pytest.mark.parametrize("schedule", [Schedule("never"), Schedule("weekly"), Schedule("once")])
def test_without_a_day_there_is_no_round(schedule: Schedule) -> None:
    assert next_due(schedule, at("2026-01-01T00:00"), TAIPEI) is None


@pytest.mark.parametrize(
    ("zone", "wall", "before", "found"),
    [
        (
            YORK,
            time(2, 30),
            "2026-03-07T12:00",
            ["2026-03-08 03:30 -0400", "2026-03-09 02:30 -0400"],
        ),
        (
            BERLIN,
            time(2, 30),
            "2026-03-28T12:00",
            ["2026-03-29 03:30 +0200", "2026-03-30 02:30 +0200"],
        ),
    ],
    ids=["New York", "Berlin"],
)
def test_a_wall_time_that_the_clock_skips_comes_as_much_later(
    zone: ZoneInfo, wall: time, before: str, found: list[str]
) -> None:
    assert rounds(Schedule("daily", wall), at(before, zone), zone, 2) == found


@pytest.mark.parametrize(
    ("zone", "wall", "before", "found"),
    [
        (
            YORK,
            time(1, 30),
            "2026-10-31T12:00",
            ["2026-11-01 01:30 -0400", "2026-11-02 01:30 -0500"],
        ),
        (
            BERLIN,
            time(2, 30),
            "2026-10-24T12:00",
            ["2026-10-25 02:30 +0200", "2026-10-26 02:30 +0100"],
        ),
    ],
    ids=["New York", "Berlin"],
)
def test_a_wall_time_that_comes_twice_is_a_round_once(
    zone: ZoneInfo, wall: time, before: str, found: list[str]
) -> None:
    assert rounds(Schedule("daily", wall), at(before, zone), zone, 2) == found


def test_between_both_times_of_a_doubled_hour_the_round_is_over() -> None:
    second_time_round = at("2026-11-01T01:10", YORK).replace(fold=1)
    due = next_due(Schedule("daily", time(1, 30)), second_time_round, YORK)
    assert due == at("2026-11-02T01:30", YORK)


SCHEDULES = st.one_of(
    st.builds(Schedule, st.just("daily"), st.times()),
    st.builds(
        Schedule, st.just("weekly"), st.times(), st.sets(st.integers(0, 6), min_size=1).map(tuple)
    ),
    st.builds(Schedule, st.just("monthly"), st.times(), day=st.integers(0, 28)),
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))


@given(SCHEDULES, MOMENTS, st.sampled_from([TAIPEI, YORK, BERLIN]), st.booleans())
def test_the_next_round_is_strictly_later_and_within_a_month(
    schedule: Schedule, after: datetime, zone: ZoneInfo, own_zone: bool
) -> None:
    due = next_due(schedule, after.astimezone(zone) if own_zone else after, zone)
    assert due is not None
    assert timedelta() < due.astimezone(UTC) - after <= timedelta(days=31, hours=2)


@given(SCHEDULES, MOMENTS, st.sampled_from([TAIPEI, YORK, BERLIN]))
def test_the_zone_in_which_the_time_is_told_makes_no_difference(
    schedule: Schedule, after: datetime, zone: ZoneInfo
) -> None:
    assert next_due(schedule, after, zone) == next_due(schedule, after.astimezone(zone), zone)


def test_the_second_tuesday_of_each_month() -> None:
    schedule = Schedule("monthly", time(19, 0), (1,), week=2)
    assert days(schedule, "2026-12-01T00:00", 3) == ["2026-12-08", "2027-01-12", "2027-02-09"]


def test_the_last_friday_is_the_fourth_or_the_fifth() -> None:
    schedule = Schedule("monthly", time(19, 0), (4,), week=-1)
    assert days(schedule, "2026-09-01T00:00", 3) == ["2026-09-25", "2026-10-30", "2026-11-27"]


def test_no_round_begins_on_an_excluded_day() -> None:
    schedule = Schedule("weekly", time(9, 0), (MONDAY,), excluded=(date(2026, 7, 6),))
    assert days(schedule, "2026-07-01T00:00", 2) == ["2026-07-13", "2026-07-20"]


@pytest.mark.parametrize(
    "on_holidays, found",
    [(True, ["2027-02-08", "2027-02-15"]), (False, ["2027-02-15", "2027-02-22"])],
)
def test_a_public_holiday_is_kept_off_where_the_schedule_says_so(
    on_holidays: bool, found: list[str]
) -> None:
    schedule = Schedule("weekly", time(9, 0), (MONDAY,), on_holidays=on_holidays)
    assert days(schedule, "2027-02-02T00:00", 2, holidays={date(2027, 2, 8)}) == found


def test_a_schedule_of_which_every_day_is_a_holiday_has_no_next_round() -> None:
    class Always:
        def __contains__(self, _: object) -> bool:
            return True

    schedule = Schedule("daily", time(9, 0), on_holidays=False)
    assert next_due(schedule, at("2026-07-01T00:00"), TAIPEI, Always()) is None


def days(
    schedule: Schedule, after: str, count: int, holidays: Container[date] = frozenset()
) -> list[str]:
    found, moment = [], at(after)
    while len(found) < count and (due := next_due(schedule, moment, TAIPEI, holidays)):
        found.append(f"{due:%Y-%m-%d}")
        moment = due
    return found


def test_the_moment_before_is_the_last_one_that_is_earlier() -> None:
    tuesdays = Schedule("weekly", time(9), days=(1,), excluded=(date(2026, 3, 10),))
    before = last_due(tuesdays, datetime(2026, 3, 17, 9, tzinfo=TAIPEI), TAIPEI)
    assert before == datetime(2026, 3, 3, 9, tzinfo=TAIPEI)


def test_a_schedule_that_is_by_hand_has_no_moment_before() -> None:
    assert last_due(Schedule("never"), datetime(2026, 3, 17, tzinfo=TAIPEI), TAIPEI) is None
