"""All of config/, built and proved sound: what a running bot knows of its city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.model.city import City
from bot.model.wording import Wording
from intents.answers import Answers
from intents.places import Gazetteer
from intents.taxonomy import Taxonomy
from surveys.definition import Survey


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A city's definitions, each without fault.

    `population` is how many people live in each category (大安區) of a dimension (district).
    `districts` are the names that the city's places have.
    """

    city: City
    taxonomy: Taxonomy
    gazetteer: Gazetteer
    surveys: Sequence[Survey]
    wording: Wording
    answers: Answers
    population: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    districts: frozenset[str] = frozenset()
