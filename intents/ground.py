"""The city's ground: which district and village a point lies in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A village's ground: `rings` are exterior rings of (lon, lat) in WGS 84 degrees."""

    district: str
    village: str
    rings: tuple[Ring, ...]


class Ground:
    """Villages by point, and the middle of each."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = tuple(areas)
        self._shapes = [_shape(area) for area in areas]
        self._tree = shapely.STRtree(self._shapes)

    def at(self, lat: float, lon: float) -> Area | None:
        """The village that the point lies in, None outside all."""
        found = self._tree.query(Point(lon, lat), predicate="intersects")
        return self._areas[int(min(found))] if len(found) else None

    def villages(self) -> Iterator[tuple[Area, float, float]]:
        """Each village with a point (lat, lon) inside it."""
        for area, shape in zip(self._areas, self._shapes, strict=True):
            inside = shape.representative_point()
            yield area, inside.y, inside.x

    def districts(self) -> Mapping[str, tuple[float, float]]:
        """Each district with the mean (lat, lon) of its villages' points."""
        points: dict[str, list[tuple[float, float]]] = {}
        for area, lat, lon in self.villages():
            points.setdefault(area.district, []).append((lat, lon))
        return {
            name: (sum(p[0] for p in of) / len(of), sum(p[1] for p in of) / len(of))
            for name, of in points.items()
        }


def _shape(area: Area) -> shapely.Geometry:
    """The village's polygons as one valid geometry."""
    return shapely.make_valid(MultiPolygon([Polygon(ring) for ring in area.rings]))
