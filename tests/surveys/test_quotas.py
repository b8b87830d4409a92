"""Quota cells: who belongs where, how full they are, and what a definition may say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from standins.forms import OFTEN, TROUBLE, WHY, definition, option, question

from surveys.build import build
from surveys.definition import Quotas
from surveys.errors import Faults
from surveys.quotas import cell, counted, room
from surveys.results import whole
from surveys.session import Answer, Session, SessionState, Value

NOW = datetime(2026, 7, 6, tzinfo=UTC)
AGE = question("age", "choice", options=[option("young", "年輕"), option("old", "年長")])
BY = {"by": ["often", "age"], "most": 2, "cells": {"never/old": 5}}
ASKED = build(definition(OFTEN, AGE, TROUBLE, quotas=BY))


def session(ended: bool = True, **said: Value | None) -> Session:
    answers = tuple(Answer(name, value, NOW) for name, value in said.items())
    state = SessionState.FINISHED if ended else SessionState.RUNNING
    return Session("s", "walk", 1, "r1", "zh-TW", NOW, state, answers, day=NOW.date())


def quotas() -> Quotas:
    assert ASKED.quotas
    return ASKED.quotas


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"often": "daily", "age": "old"}, ("daily", "old")),
        ({"often": "daily"}, None),
        ({"often": "daily", "age": None}, None),
    ],
)
def test_who_has_answered_all_that_counts_belongs_somewhere(
    said: dict[str, Any], where: tuple[str, ...] | None
) -> None:
    assert cell(quotas(), session(**said)) == where


def test_a_cell_has_the_room_of_all_unless_it_has_its_own() -> None:
    assert (room(quotas(), ("daily", "old")), room(quotas(), ("never", "old"))) == (2, 5)


def test_those_who_finished_are_counted_by_cell() -> None:
    sessions = [
        session(often="daily", age="old"),
        session(often="daily", age="old"),
        session(ended=False, often="daily", age="old"),
        session(often="daily"),
    ]
    assert counted(quotas(), sessions) == [
        {"cell": "daily/old", "n": 2, "most": 2},
        {"cell": "never/old", "n": 0, "most": 5},
    ]


def test_staff_see_how_full_the_cells_are() -> None:
    assert whole(ASKED, [session(often="never", age="old")])["quotas"] == [
        {"cell": "never/old", "n": 1, "most": 5}
    ]


@pytest.mark.parametrize(
    ("written", "path", "fault"),
    [
        ({"by": []}, "quotas.by", "are no questions of one choice"),
        ({"by": ["trouble"]}, "quotas.by", "are no questions of one choice"),
        ({"by": ["often"], "most": 0}, "quotas.most", "0 people is out of range"),
        ({"by": ["often"], "cells": {"weekly": 3}}, "quotas.cells", "weekly is no cell"),
        (
            {"by": ["often"], "cells": {"daily": 0}},
            "quotas.cells.daily",
            "0 people is out of range",
        ),
        ({"by": ["often"], "least": 3}, "quotas.least", "is not known"),
    ],
)
def test_quotas_that_cannot_be_are_told(written: Any, path: str, fault: str) -> None:
    with pytest.raises(Faults) as raised:
        build(definition(OFTEN, WHY, TROUBLE, quotas=written))
    assert (path, fault) in [(f.path, f.fault) for f in raised.value.faults]
