"""A batch of reports put together into needs: same kind, near, and then like words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from intents.features import prepared, vocabulary
from intents.lexicon import Lexicon
from intents.reading import Place

ALIKE = 0.1
"""Mean likeness of words from which two groups are one need."""

LONG = 100
"""Characters from which likeness is trusted wholly: short texts are alike by chance."""

METRES = 300.0
"""Two points further apart than this are never one need."""

FADING = 365.0
"""Days after which likeness counts only a third."""

HALF_LIFE = 14.0
"""Days after which a report's heat is half."""

_SHORT = 10
_WIDE = frozenset({"district", "village", "point"})
_HOUSE = re.compile("(?<=.)[0-9]")
_BLOCK = 500
_LARGE = 5_000
_STEP = 1.2
_EARTH = 6_371_000.0

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

Found = TypeVar("Found")
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Told:
    """One report: `text` redacted, `by` tells people apart (the report's own id if unknown).

    `label` is a domain or kind, `place` where it is; None where not known.
    """

    id: str
    text: str
    at: datetime | None = None
    place: Place | None = None
    label: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Reports that are one need, in the order given. `title` is the text nearest to all.

    `heat` is people weighted by recency (half-life two weeks) at the batch's last report.
    """

    ids: tuple[str, ...]
    title: str
    label: str | None
    place: Place | None
    first: datetime | None
    last: datetime | None
    people: int
    heat: float


def cluster(reports: Sequence[Told], alike: float = ALIKE) -> tuple[Gathered, ...]:
    """The needs of a batch, the hottest first. The same batch gives the same needs."""
    if not reports:
        return ()
    batch = _batch(reports)
    latest = max((r.at for r in reports if r.at), default=None)
    groups = _groups(batch, np.arange(len(reports)), alike, alike)
    needs = [_gathered(reports, batch.rows, group, latest) for group in groups]
    return tuple(sorted(needs, key=lambda need: (-need.heat, -need.people)))


def _rows(texts: Sequence[str]) -> sparse.csr_matrix:
    """Texts as rows of length 1, rare runs weighing more; places count as words."""
    known = vocabulary(list(texts), Lexicon(()), least=1)
    vectors = [known.unit(text) for text in texts]
    starts = np.cumsum([0, *(len(at) for at, _ in vectors)])
    columns = np.concatenate([at for at, _ in vectors])
    weights = np.concatenate([w for _, w in vectors])
    return sparse.csr_matrix((weights, columns, starts), shape=(len(texts), max(1, len(known))))


@dataclass(frozen=True, slots=True)
class _Batch:
    """Reports as numbers, a row each: words, how far likeness of so short a text can be
    trusted (0–1), day (nan unknown), label and road or station (-1 unknown), lat, lon in
    radians (nan unknown)."""

    rows: sparse.csr_matrix
    trust: Doubles
    days: Doubles
    labels: Doubles
    spots: Doubles
    lats: Doubles
    lons: Doubles

    def alike(self, ones: Ints, others: Ints) -> Doubles:
        """Likeness 0 to 1 of every one to every other, less by time, 0 by label or place."""
        words = np.asarray((self.rows[ones] @ self.rows[others].T).toarray(), np.float64)
        gap = np.abs(self.days[ones][:, None] - self.days[others])
        words *= np.exp(-np.nan_to_num(gap) / FADING)
        words *= np.minimum(self.trust[ones][:, None], self.trust[others])
        apart = self._apart(ones, others)
        elsewhere = np.where(np.isnan(apart), _differ(self.spots, ones, others), apart > METRES)
        words[_differ(self.labels, ones, others) | elsewhere.astype(bool)] = 0.0
        return np.clip(words, 0.0, 1.0)

    def _apart(self, ones: Ints, others: Ints) -> Doubles:
        """Metres on the flat, good enough within a city; nan where a point is unknown."""
        north = self.lats[ones][:, None] - self.lats[others]
        east = (self.lons[ones][:, None] - self.lons[others]) * np.cos(self.lats[ones])[:, None]
        return np.asarray(_EARTH * np.hypot(north, east))


def _differ(codes: Doubles, ones: Ints, others: Ints) -> NDArray[np.bool_]:
    """Where both codes are known and not the same."""
    mine, theirs = codes[ones][:, None], codes[others]
    return np.asarray((mine != theirs) & (mine >= 0) & (theirs >= 0))


def _batch(reports: Sequence[Told]) -> _Batch:
    lengths = np.array([len(report.text) for report in reports])
    return _Batch(
        _rows([prepared(report.text) for report in reports]),
        np.sqrt(np.clip(lengths / LONG, _SHORT / LONG, 1.0)),
        np.array([r.at.timestamp() / _DAY if r.at else math.nan for r in reports]),
        _codes([r.label or "" for r in reports]),
        _codes([_spot(r.place) for r in reports]),
        np.array([_radians(r.place.lat if r.place else None) for r in reports]),
        np.array([_radians(r.place.lon if r.place else None) for r in reports]),
    )


def _codes(names: Sequence[str]) -> Doubles:
    """A number for each name, -1 for none."""
    numbers = {name: float(i) for i, name in enumerate(sorted({*names} - {""}))}
    return np.array([numbers.get(name, -1.0) for name in names])


def _spot(place: Place | None) -> str:
    """The road, station or other spot of a place; empty for whole districts and bare points."""
    if place is None or place.kind in _WIDE:
        return ""
    return _HOUSE.split(place.name)[0]


def _radians(degrees: float | None) -> float:
    return math.nan if degrees is None else math.radians(degrees)


def _groups(batch: _Batch, members: Ints, alike: float, link: float) -> Iterator[list[int]]:
    """Average-link groups at a mean likeness of `alike`.

    Groups never reach over parts between which no pair is that alike, so each part is cut
    alone; a part too large for one table is first cut at a higher `link`.
    """
    for part in _parts(batch, members, link):
        if len(part) == 1:
            yield part.tolist()
        elif len(part) > _LARGE and link < 1.0:
            yield from _groups(batch, part, alike, link * _STEP)
        else:
            yield from _average_link(batch, part, alike)


def _parts(batch: _Batch, members: Ints, link: float) -> Iterator[Ints]:
    """Members connected by pairs at least `link` alike."""
    blocks = [
        sparse.csr_matrix(batch.alike(members[start : start + _BLOCK], members) >= link)
        for start in range(0, len(members), _BLOCK)
    ]
    count, part = connected_components(sparse.vstack(blocks), directed=False)
    order = np.argsort(part, kind="stable")
    starts = np.searchsorted(part[order], np.arange(1, count))
    for some in np.split(members[order], starts):
        yield np.sort(some)


def _average_link(batch: _Batch, members: Ints, alike: float) -> Iterator[list[int]]:
    gaps = 1.0 - batch.alike(members, members)
    np.fill_diagonal(gaps, 0.0)
    tree = linkage(squareform((gaps + gaps.T) / 2, checks=False), "average")
    numbers = fcluster(tree, 1.0 - alike, "distance").tolist()
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for member, number in zip(members.tolist(), numbers, strict=True):
        groups[number].append(member)
    yield from groups.values()


def _gathered(
    reports: Sequence[Told],
    rows: sparse.csr_matrix,
    group: list[int],
    latest: datetime | None,
) -> Gathered:
    own = [reports[i] for i in group]
    times = sorted(r.at for r in own if r.at)
    seen: dict[str, float] = {}
    for report in own:
        by = report.by or report.id
        seen[by] = max(seen.get(by, 0.0), _warmth(report.at, latest))
    return Gathered(
        ids=tuple(r.id for r in own),
        title=own[_middle(rows[group])].text,
        label=_commonest([r.label for r in own if r.label]),
        place=_commonest([r.place for r in own if r.place]),
        first=times[0] if times else None,
        last=times[-1] if times else None,
        people=len(seen),
        heat=round(sum(seen.values()), 4),
    )


def _warmth(at: datetime | None, latest: datetime | None) -> float:
    if at is None or latest is None:
        return 1.0
    return float(0.5 ** ((latest - at).total_seconds() / _DAY / HALF_LIFE))


def _middle(rows: sparse.csr_matrix) -> int:
    """The row most alike to all the others."""
    whole = np.asarray(rows.sum(axis=0)).ravel()
    return int(np.argmax(rows @ whole))


def _commonest(found: Sequence[Found]) -> Found | None:
    return Counter(found).most_common(1)[0][0] if found else None
