"""The quiet hours, by the wall clock of the city."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from standins.samples import CITY

from bot.model.city import Quiet

NIGHT, NOON = Quiet(time(21), time(8)), Quiet(time(12), time(13, 30))
TAIPEI, BERLIN = ZoneInfo("Asia/Taipei"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("quiet", "at", "awake"),
    [
        (NIGHT, "2026-03-02T20:59", "2026-03-02T20:59"),
        (NIGHT, "2026-03-02T21:00", "2026-03-03T08:00"),
        (NIGHT, "2026-03-03T03:00", "2026-03-03T08:00"),
        (NIGHT, "2026-03-03T08:00", "2026-03-03T08:00"),
        (NOON, "2026-03-02T12:00", "2026-03-02T13:30"),
        (NOON, "2026-03-02T13:30", "2026-03-02T13:30"),
        (None, "2026-03-02T23:00", "2026-03-02T23:00"),
    ],
)
def test_what_falls_into_the_quiet_hours_waits_for_their_end(
    quiet: Quiet | None, at: str, awake: str
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=TAIPEI)
    found = replace(CITY, quiet=quiet, timezone="Asia/Taipei").awake(moment)
    assert found.astimezone(TAIPEI) == datetime.fromisoformat(awake).replace(tzinfo=TAIPEI)


def test_a_night_in_which_the_clock_is_changed_ends_by_the_new_time() -> None:
    evening = datetime(2026, 3, 28, 22, tzinfo=BERLIN)
    morning = replace(CITY, quiet=NIGHT, timezone="Europe/Berlin").awake(evening)
    assert morning.astimezone(ZoneInfo("UTC")).hour == 6
