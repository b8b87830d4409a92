"""What several citizens lack: reports of one problem, together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intents.reading import Place


@dataclass(frozen=True, slots=True)
class Need:
    """Reports of the same problem, near in place and time.

    `people` counts distinct reporters and joiners, `reports` the reports. `heat` is people
    weighted by recency (half-life two weeks). `stage` is None until forwarded, then that of
    its proposal.
    """

    id: str
    title: str
    domain: str | None
    kind: str | None
    place: Place | None
    people: int
    reports: int
    first: datetime
    last: datetime
    heat: float
    stage: str | None = None
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open need that a report may belong to: what decides it, and its latest texts, redacted.

    `people` and `last` are as in Need, `place` is exact.
    """

    id: str
    domain: str | None
    kind: str | None
    place: Place | None
    people: int
    last: datetime
    texts: tuple[str, ...]
