"""config/cities/<city>/population.yaml: how many live where, for weighting survey answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, TypeAdapter

from bot.catalogue.check import shaped
from bot.catalogue.document import document
from bot.catalogue.pack import Pack
from bot.model.errors import Fault

_SHAPE = TypeAdapter(
    dict[
        str, Annotated[dict[str, Annotated[float, Field(gt=0, strict=False)]], Field(min_length=2)]
    ]
)


def population(own: Pack, faults: list[Fault]) -> Mapping[str, Mapping[str, float]]:
    """Per dimension the people of each category; none where the city has no such file."""
    file = own.folder / "population.yaml"
    if not file.exists():
        return {}
    found = document(file, faults)
    return (shaped(found, _SHAPE, faults) if found else None) or {}
