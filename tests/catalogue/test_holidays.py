"""Public holidays, against days that the government published."""

from __future__ import annotations

from datetime import date

from bot.catalogue.holidays import public_holidays


def test_taiwans_lunar_holidays_and_those_moved_to_working_days_are_free() -> None:
    free = public_holidays("TW", [2026])
    new_year = {date(2026, 2, day) for day in (16, 17, 18, 19)}
    assert {*new_year, date(2026, 6, 19), date(2026, 9, 25), date(2026, 2, 27)} <= free


def test_a_working_day_is_none() -> None:
    assert date(2026, 11, 27) not in public_holidays("TW", [2026])


def test_a_city_without_a_country_keeps_none() -> None:
    assert public_holidays("", [2026]) == frozenset()
