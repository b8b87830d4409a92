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
