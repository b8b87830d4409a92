"""Opinion groups out of votes on statements, as Polis publishes them.

People are placed by the two main directions in which votes differ, people near each other are
a group, and each statement shows what groups share and what parts them. Source: Small et al.,
«Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces», Recerca 26(2), 2021.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveys.branching import given
from surveys.questions.statement import AGREE, DISAGREE, PASS
from surveys.session import Session

Votes = NDArray[np.float64]
"""A row for each person, a column for each statement: 1, -1, 0 for pass, NaN for no vote."""

ENOUGH = 7
"""Votes by which somebody enters the picture; all of them where there are fewer statements."""
MOST_GROUPS = 5
PER_GROUP = 12
"""People for each further group that is looked for: smaller groups are chance."""
LOOKS = (0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Shares of the people who came, at which the number of groups is looked for."""
IN_A_ROW = 4
"""Looks in a row that change the number of groups, as in Polis."""
SURE = 1.2816
"""The 90 % point of the normal distribution, one-sided, as Polis asks for."""
SHOWN = 5
"""Statements told of a group at most."""

SIGNS = {AGREE: 1.0, DISAGREE: -1.0, PASS: 0.0}


@dataclass(frozen=True, slots=True)
class Position:
    """A statement that marks a group: whether it `agrees`, with what probability, and how many
    times more probably than the others; both with one vote for and one against added."""

    statement: str
    agrees: bool
    probability: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Group:
    """People who vote alike: how many, where their middle is, and what marks them."""

    people: int
    middle: tuple[float, float]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """How a statement fares: votes, and how probably members of every group agree (`consensus`)
    or disagree (`refusal`), multiplied over the groups; `least` is the lowest probability of
    agreeing in a group, `divides` the largest difference between two groups."""

    id: str
    agree: int
    disagree: int
    passed: int
    consensus: float
    refusal: float
    least: float
    divides: float


@dataclass(frozen=True, slots=True)
class Opinions:
    """The groups (none where too few people voted), the largest first; the statements in order;
    `points` are where people stand, in the order of `labels`, their groups."""

    groups: tuple[Group, ...]
    statements: tuple[Statement, ...]
    points: tuple[tuple[float, float], ...]
    labels: tuple[int, ...]


def votes(statements: Sequence[str], sessions: Iterable[Session]) -> Votes:
    """The table of votes on these statements; people who voted on none are left out."""
    rows = []
    for session in sessions:
        said = given(session)
        row = [SIGNS.get(str(said.get(each)), math.nan) for each in statements]
        if not all(math.isnan(vote) for vote in row):
            rows.append(row)
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(statements))


def opinions(statements: Sequence[str], table: Votes) -> Opinions:
    """The opinion groups behind a table of votes. The same votes always give the same groups."""
    entered = table[_entered(table)]
    points = placed(entered)
    labels = grouped(points)
    order = np.argsort(-np.bincount(labels), kind="stable") if len(labels) else labels
    ranked = np.argsort(order)[labels] if len(labels) else labels
    count = int(ranked.max()) + 1 if len(ranked) else 0
    parts = [entered[ranked == group] for group in range(count)]
    return Opinions(
        tuple(_group(statements, parts, points[ranked == at], at) for at in range(count)),
        tuple(_statement(each, table[:, at], parts, at) for at, each in enumerate(statements)),
        tuple((float(x), float(y)) for x, y in points),
        tuple(int(label) for label in ranked),
    )


def _entered(table: Votes) -> NDArray[np.bool_]:
    cast: NDArray[np.int64] = np.sum(~np.isnan(table), axis=1)
    return np.asarray(cast >= min(ENOUGH, table.shape[1]))


def placed(table: Votes) -> NDArray[np.float64]:
    """Where each person stands: two principal components of the votes, missing ones being the
    statement's mean. Who voted on little is moved outwards, not to look undecided."""
    people, statements = table.shape
    if people == 0 or statements == 0:
        return np.zeros((people, 2))
    cast = ~np.isnan(table)
    totals, counts = np.nansum(table, axis=0), cast.sum(axis=0)
    means = np.divide(totals, counts, out=np.zeros(statements), where=counts > 0)
    centred = np.where(cast, table - means, 0.0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    points = np.zeros((people, 2))
    found = centred @ directions[:2].T
    points[:, : found.shape[1]] = found
    outwards = np.sqrt(statements / np.maximum(cast.sum(axis=1), 1))
    return np.asarray(points * outwards[:, None])


def grouped(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """A group's number for each point, in as many groups as are clearest apart.

    Points are in the order in which people came. As in Polis, the number of groups is a
    smoothed one: it changes only when another has been the clearest so many looks in a row,
    so that the last few to come do not decide it. All are in one group where there are too few
    people, or all stand in one place.
    """
    looks = [math.ceil(len(points) * share) for share in LOOKS]
    count = steady([_clearest(points[:look]) for look in looks])
    return _parted(points, count)


def steady(counts: Sequence[int]) -> int:
    """The number that the last look goes by: another takes its place only after being found
    `IN_A_ROW` times in a row."""
    kept = found = counts[0]
    row = 0
    for count in counts:
        row = row + 1 if count == found else 1
        found = count
        if row >= IN_A_ROW:
            kept = found
    return kept


def _clearest(points: NDArray[np.float64]) -> int:
    """The number of groups whose members are clearest apart."""
    from sklearn.metrics import silhouette_score  # slower to import than most commands are to run

    distinct = np.unique(points.round(9), axis=0)
    most = min(MOST_GROUPS, 2 + len(points) // PER_GROUP, len(distinct), len(points) - 1)
    best, clearest = 1, -1.0
    for count in range(2, most + 1):
        clear = float(silhouette_score(points, _parted(points, count)))
        if clear > clearest:
            best, clearest = count, clear
    return best


def _parted(points: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    from sklearn.cluster import KMeans

    if count == 1:
        return np.zeros(len(points), dtype=np.int64)
    labels = KMeans(count, n_init=10, random_state=0).fit_predict(points)
    return np.asarray(labels, dtype=np.int64)


def _counts(column: Votes) -> tuple[int, int, int]:
    """How many agree, disagree and voted at all."""
    return int(np.sum(column == 1)), int(np.sum(column == -1)), int(np.sum(~np.isnan(column)))


def _group(
    statements: Sequence[str], parts: Sequence[Votes], points: NDArray[np.float64], at: int
) -> Group:
    rest = [part for other, part in enumerate(parts) if other != at]
    outside = np.vstack(rest) if rest else np.empty((0, len(statements)))
    found = [
        position
        for column, statement in enumerate(statements)
        for position in _positions(statement, parts[at][:, column], outside[:, column])
    ]
    found.sort(key=lambda each: (-each.ratio * each.probability, each.statement))
    middle = points.mean(axis=0)
    return Group(len(points), (float(middle[0]), float(middle[1])), tuple(found[:SHOWN]))


def _positions(statement: str, inside: Votes, outside: Votes) -> Iterable[Position]:
    """The position that marks the group here, if one does beyond chance."""
    agreed, refused, seen = _counts(inside)
    others = _counts(outside)
    for agrees, count, elsewhere in ((True, agreed, others[0]), (False, refused, others[1])):
        likely = probability(count, seen)
        if proved(count, seen) > SURE and differs(count, seen, elsewhere, others[2]) > SURE:
            yield Position(statement, agrees, likely, likely / probability(elsewhere, others[2]))


def _statement(name: str, column: Votes, parts: Sequence[Votes], at: int) -> Statement:
    agreed, refused, seen = _counts(column)
    inside = [_counts(part[:, at]) for part in parts]
    agreeing = [probability(a, n) for a, _, n in inside]
    refusing = [probability(d, n) for _, d, n in inside]
    least, most = min(agreeing, default=0.0), max(agreeing, default=0.0)
    product = math.prod(agreeing), math.prod(refusing)
    return Statement(name, agreed, refused, seen - agreed - refused, *product, least, most - least)


def probability(count: int, seen: int) -> float:
    """How probable a vote is, one for and one against added: few votes prove little."""
    return (count + 1) / (seen + 2)


def proved(count: int, seen: int) -> float:
    """By how many deviations more than half vote so, one vote each way added."""
    n = seen + 1
    return 2 * math.sqrt(n) * ((count + 1) / n - 0.5)


def differs(count: int, seen: int, elsewhere: int, seen_elsewhere: int) -> float:
    """By how many deviations a vote is more frequent inside than outside, one vote added."""
    inside, n_in = count + 1, seen + 1
    outside, n_out = elsewhere + 1, seen_elsewhere + 1
    pooled = (inside + outside) / (n_in + n_out)
    if pooled == 1:
        return 0.0
    deviation = math.sqrt(pooled * (1 - pooled) * (1 / n_in + 1 / n_out))
    return (inside / n_in - outside / n_out) / deviation


def divisive(found: Opinions) -> tuple[Statement, ...]:
    """The statements, those that part the groups most first."""
    return tuple(sorted(found.statements, key=lambda each: (-each.divides, each.id)))


def shared(found: Opinions) -> tuple[Statement, ...]:
    """The statements that every group rather agrees with, the surest first."""
    agreed = [each for each in found.statements if each.least > 0.5]
    return tuple(sorted(agreed, key=lambda each: (-each.consensus, each.id)))


def published(found: Opinions, least: int) -> dict[str, Any] | None:
    """What everybody may see: no single person, no group of fewer than `least`, no counts.

    `people` in groups; `groups` of people, middle and positions (statement, agrees, likely);
    the ids of the statements that all `shared` and that are most `divisive`. None where there
    are not two groups to show.
    """
    groups = [group for group in found.groups if group.people >= least]
    if len(groups) < 2:
        return None
    return {
        "people": sum(group.people for group in groups),
        "groups": [_told(group) for group in groups],
        "shared": [each.id for each in shared(found)[:SHOWN]],
        "divisive": [each.id for each in divisive(found)[:SHOWN]],
    }


def _told(group: Group) -> dict[str, Any]:
    return {
        "people": group.people,
        "middle": [round(each, 2) for each in group.middle],
        "positions": [
            {"statement": p.statement, "agrees": p.agrees, "likely": round(p.probability, 2)}
            for p in group.positions
        ],
    }
