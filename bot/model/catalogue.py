"""All of config/, built and proved sound: what a running bot knows of its city."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.city import City
from bot.model.wording import Wording
from intents.answers import Answers
from intents.places import Gazetteer
from intents.taxonomy import Taxonomy
from surveys.definition import Survey


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A city's definitions, each without fault."""

    city: City
    taxonomy: Taxonomy
    gazetteer: Gazetteer
    surveys: tuple[Survey, ...]
    wording: Wording
    answers: Answers
