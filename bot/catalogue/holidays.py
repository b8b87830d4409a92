"""Public holidays, those moved to a working day too, from the `holidays` package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from holidays import country_holidays, list_supported_countries


def known(country: str) -> bool:
    """Whether holidays of that country (ISO 3166, two letters) can be told."""
    return country in list_supported_countries(include_aliases=False)


def public_holidays(country: str, years: Iterable[int]) -> frozenset[date]:
    """The days in those years on which the country does not work; none without a country."""
    return frozenset(country_holidays(country, years=years)) if country else frozenset()
