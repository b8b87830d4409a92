"""How many may take part of each group of people, told by what they answer about themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from surveys.branching import given
from surveys.definition import Question, Quotas
from surveys.reader import Reader
from surveys.session import Session, SessionState

Cell = tuple[str, ...]
"""An answer to each question of `Quotas.by`, in their order."""

KEYS = frozenset({"by", "most", "cells"})
MOST = range(1, 1_000_001)
PARTING = "/"
"""What stands between the answers that name a cell: da_an/young."""


def cell(quotas: Quotas, session: Session) -> Cell | None:
    """Where the session belongs; None as long as that is not known, or where it is in no cell."""
    said = given(session)
    found = tuple(said.get(question) for question in quotas.by)
    return tuple(map(str, found)) if found and None not in found else None


def room(quotas: Quotas, of: Cell) -> int:
    """How many of a cell may take part in a round."""
    return quotas.cells.get(PARTING.join(of), quotas.most)


def counted(quotas: Quotas, sessions: Iterable[Session]) -> list[dict[str, Any]]:
    """Every cell that somebody finished in, or that has room of its own, with how many finished
    (`n`) and how many may (`most`)."""
    ended = (one for one in sessions if one.state is SessionState.FINISHED)
    counts = Counter(filter(None, (cell(quotas, one) for one in ended)))
    named = {tuple(name.split(PARTING)) for name in quotas.cells}
    return [
        {"cell": PARTING.join(each), "n": counts[each], "most": room(quotas, each)}
        for each in sorted({*counts, *named})
    ]


def quotas(reader: Reader, value: object, questions: Sequence[Question]) -> Quotas | None:
    """The quotas that the data defines, None where there are none."""
    if value is None:
        return None
    data = reader.mapping(value, "quotas")
    reader.only(data, KEYS, "quotas")
    choices = {question.id: question for question in questions if question.type == "choice"}
    by = reader.listed(data, "by", "quotas.")
    if not by or any(name not in choices for name in by):
        reader.wrong("quotas.by", "are no questions of one choice", "name such, as [district, age]")
        return None
    most = reader.within(data, "most", "quotas.", MOST, "people", MOST[-1])
    known = {PARTING.join(each) for each in product(*(_values(choices[name]) for name in by))}
    return Quotas(by, most, _cells(reader, data.get("cells", {}), known))


def _values(question: Question) -> list[str]:
    return [option.value for option in question.options]


def _cells(reader: Reader, value: object, known: set[str]) -> Mapping[str, int]:
    data = reader.mapping(value, "quotas.cells")
    for name in data:
        if name not in known:
            fault = f"{name} is no cell"
            reader.wrong("quotas.cells", fault, f"write for example {min(known)}: 50")
    return {
        str(name): reader.within(data, name, "quotas.cells.", MOST, "people", 1) for name in data
    }
