"""Where: shared from the map or told in words."""

from __future__ import annotations

import re

from surveys.definition import Question
from surveys.questions.base import Hearing, Outcome, QuestionType, Unusable, Usable, Way
from surveys.questions.text import UNKEPT

SHARED = re.compile(r"geo:(?P<lat>-?[0-9]{1,2}(\.[0-9]+)?),(?P<lon>-?[0-9]{1,3}(\.[0-9]+)?)")
"""A point as RFC 5870 writes it, WGS 84 degrees."""

DECIMALS = 3
"""A place is kept to about 100 metres: enough for a city, too little to find a door."""

LONGEST = 100


def shared(lat: float, lon: float) -> str:
    """What sharing a location says."""
    return f"geo:{lat:.{DECIMALS}f},{lon:.{DECIMALS}f}"


class Place(QuestionType):
    """A point as `geo:25.033,121.565`, or words for a place."""

    way = Way.PLACE

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """The point, coarse, or the words."""
        text = UNKEPT.sub("", said).strip()
        point = SHARED.fullmatch(text)
        if point is None:
            return Usable(text) if 1 < len(text) <= LONGEST else Unusable("place")
        lat, lon = float(point["lat"]), float(point["lon"])
        on_earth = abs(lat) <= 90 and abs(lon) <= 180
        return Usable(shared(lat, lon)) if on_earth else Unusable("place")
