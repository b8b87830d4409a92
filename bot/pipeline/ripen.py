"""When a need is ripe, and how hot it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.model.city import Ripeness
from bot.model.need import Need

_HALF_LIFE = timedelta(days=14)


def ripe(need: Need, rules: Ripeness, now: datetime) -> bool:
    """Whether enough people have had the need for long enough and nobody forwarded it yet."""
    old_enough = now - need.first >= timedelta(days=rules.days)
    return need.stage is None and need.people >= rules.people and old_enough


def heat(spoke: Iterable[datetime], now: datetime) -> float:
    """People weighted by recency: each counts 1 today and half of it after two weeks.

    `spoke` is when each distinct person last reported or joined; a later time counts 1.
    """
    ages = (max(now - at, timedelta(0)) / _HALF_LIFE for at in spoke)
    return sum((0.5**age for age in ages), 0.0)
