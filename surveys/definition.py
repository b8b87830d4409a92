"""What a survey is: plain, frozen, proved sound by build.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

Names = Mapping[str, str]
"""Language (zh-TW, en) to text."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; one that stands `alone` («none of these») excludes the others.

    `last` ones keep their place behind those that are shuffled.
    """

    value: str
    label: Names
    alone: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `type` is a name in surveys.questions.TYPES.

    `least` and `most` bound what the type counts: options chosen, steps of a scale, a number
    itself, or characters of a text. `low` and `high` label a scale's ends, `unit` says what a
    number counts, and with `stars` a scale shows stars. `hint` helps below the text. `relevant`
    and `constraint` are expressions (surveys/expression.py), empty where there is none: when to
    ask, and which answers will do; `remark` says what will. Texts may hold `${id}`, which
    becomes what was answered there. `shuffled` options come in another order for each session, as
    do neighbours of the same `block`, a name; empty for a question that keeps its place.
    """

    id: str
    type: str
    text: Names
    required: bool = True
    options: tuple[Option, ...] = ()
    least: int = 1
    most: int = 1
    low: Names | None = None
    high: Names | None = None
    relevant: str = ""
    hint: Names | None = None
    constraint: str = ""
    remark: Names | None = None
    unit: Names | None = None
    stars: bool = False
    shuffled: bool = False
    block: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When rounds begin, by the wall clock of a zone.

    `every` is once (at `at`, no zone), daily, weekly (on `days`, 0 is Monday) or monthly; never
    is by hand only; case_done is each day, to those whose case was done `after` days before.
    Monthly is on `day` (0 being the month's last) or, with a `week`, on the first (1) to fourth
    (4) or last (-1) of each of `days` in the month. On `excluded` days no round begins, nor on
    the city's public holidays unless `on_holidays`.
    """

    every: str
    time: time = time(9, 0)
    days: tuple[int, ...] = ()
    day: int = 1
    at: datetime | None = None
    week: int = 0
    excluded: tuple[date, ...] = ()
    on_holidays: bool = True
    after: int = 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer given before: one of `values` to a question of a survey."""

    survey: str
    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom rounds go to, of those who agreed; what is empty leaves nobody out.

    They are on one of the `channels`, speak one of the `languages`, reported something in one
    of the `districts` and of one of the `domains`, and gave the `answered` answer last. Of all
    these, so many in a hundred (`share`) and no more than `most` (0 for all) are drawn by lot,
    anew for each round.
    """

    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    share: int = 100
    most: int = 0
    districts: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    answered: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Quotas:
    """How many may finish a round: `most` in each cell, that is for each combination of answers
    to the questions `by`, unless `cells` (answers with / between) says otherwise."""

    by: tuple[str, ...]
    most: int
    cells: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey in one version. `minutes` is how long people are told it takes.

    So many days after a round began on schedule, `remind_after`, those who have not finished
    are reminded, once; 0 is never. A round takes answers for `open_for` days; 0 is for good.
    `weigh` names, per dimension of the city's population, the question that tells where in it
    somebody belongs. The answers to an `anonymous` one are parted from who gave them when the
    round is over. Where a month's messages do not reach everybody, `over_quota` says whether a
    round is refused or spread over later months. Who belongs to a cell of `quotas` that is full
    is thanked and asked no further. Where it is `informative`, statements come first of which
    one more vote tells most when somebody begins. With `web` it can be filled in on a page too.
    `purpose` names what it asks for, one of the city's; who refused that is not invited.
    """

    id: str
    version: int
    title: Names
    intro: Names
    minutes: int
    questions: tuple[Question, ...]
    schedule: Schedule
    remind_after: int = 0
    open_for: int = 0
    weigh: Mapping[str, str] = field(default_factory=dict)
    anonymous: bool = False
    audience: Audience = field(default_factory=Audience)
    over_quota: str = "refuse"
    web: bool = False
    quotas: Quotas | None = None
    informative: bool = False
    purpose: str = ""

    def question(self, question_id: str) -> Question:
        """The question of that id. Raises KeyError."""
        found = next((q for q in self.questions if q.id == question_id), None)
        if found is None:
            raise KeyError(question_id)
        return found
