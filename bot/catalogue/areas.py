"""config/cities/<city>/villages.geojson: the ground of each village."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.catalogue.document import text_of
from bot.model.errors import Fault
from intents.places import Area

_Position = tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]
_Ring = Annotated[list[_Position], Field(min_length=4)]
_Rings = Annotated[list[_Ring], Field(min_length=1)]
_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')
_REMEDY = "write a GeoJSON FeatureCollection of Polygons with properties district and village"


class _Part(BaseModel):
    """GeoJSON may hold more members than are read here."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Polygon(_Part):
    type: Literal["Polygon"]
    coordinates: _Rings

    def rings(self) -> list[list[_Position]]:
        return [self.coordinates[0]]


class _MultiPolygon(_Part):
    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[_Rings], Field(min_length=1)]

    def rings(self) -> list[list[_Position]]:
        return [polygon[0] for polygon in self.coordinates]


class _Village(_Part):
    district: Annotated[str, Field(min_length=1)]
    village: Annotated[str, Field(min_length=1)]


class _Feature(_Part):
    type: Literal["Feature"]
    properties: _Village
    geometry: Annotated[_Polygon | _MultiPolygon, Field(discriminator="type")]


class _Collection(_Part):
    type: Literal["FeatureCollection"]
    features: list[_Feature]


_SHAPE = TypeAdapter(_Collection)


def areas(path: Path, districts: Collection[str], faults: list[Fault]) -> tuple[Area, ...]:
    """The villages of the file; none where it has faults, which are added."""
    text = text_of(path, faults)
    collection = None if text is None else _read(str(path), text, faults)
    if text is None or collection is None:
        return ()
    for at, feature in enumerate(collection.features):
        district = feature.properties.district
        if districts and district not in districts:
            fault = f"{district} is not a district of the city"
            remedy = "write a district of places.csv"
            faults.append(Fault(str(path), _line(text, at), fault, remedy))
    return tuple(_area(feature) for feature in collection.features)


def _read(file: str, text: str, faults: list[Fault]) -> _Collection | None:
    try:
        return _SHAPE.validate_python(json.loads(text))
    except json.JSONDecodeError as error:
        faults.append(Fault(file, error.lineno, f"is not JSON: {error.msg.lower()}", _REMEDY))
    except ValidationError as error:
        for one in error.errors(include_url=False):
            at = next((step for step in one["loc"] if isinstance(step, int)), None)
            where = ".".join(str(step) for step in one["loc"]) or "the file"
            fault = f"{where}: {one['msg'][0].lower()}{one['msg'][1:]}"
            faults.append(Fault(file, 1 if at is None else _line(text, at), fault, _REMEDY))
    return None


def _line(text: str, at: int) -> int:
    """The line on which feature number `at` (from 0) says that it is one."""
    starts = [match.start() for match in _FEATURE.finditer(text)]
    return text.count("\n", 0, starts[at]) + 1 if at < len(starts) else 1


def _area(feature: _Feature) -> Area:
    rings = tuple(tuple(ring) for ring in feature.geometry.rings())
    return Area(feature.properties.district, feature.properties.village, rings)
