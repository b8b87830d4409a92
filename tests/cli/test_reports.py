"""Staff look at cases, move them and their needs, and everybody behind them is queued a word."""

from __future__ import annotations

import sqlite3

import pytest
from standins.sayings import DRAIN, LAMP


def waiting() -> int:
    """How many words wait to be sent."""
    with sqlite3.connect("test.db") as database:
        return int(database.execute("SELECT count(*) FROM outbox WHERE waiting").fetchone()[0])


def first(ledger) -> str:
    return ledger("reports", "list", "--json").lines[0]["number"]


def need(ledger) -> str:
    return ledger("needs", "list", "--json").lines[0]["id"]


def test_cases_are_listed_the_oldest_first(ledger):
    listed = ledger("reports", "list", "--json").lines
    assert [row["text"] for row in listed] == [LAMP, LAMP, LAMP, DRAIN]
    assert {
        "id", "number", "stage", "label", "kind", "urgency", "place", "text", "people", "at",
        "need",
    } == set(listed[0])  # fmt: skip
    assert (listed[0]["stage"], listed[0]["people"]) == ("received", 1)


def test_what_people_read_has_a_case_a_line(ledger):
    lines = ledger("reports", "list").out.splitlines()
    assert lines[0].split("\t") == [first(ledger), "received", "urban", "民生東路三段", LAMP]
    assert len(lines) == 4


def test_a_case_is_moved_and_told_once(ledger):
    case = first(ledger)
    moved = ledger("reports", "move", case.lower(), "working", "--by", "王小明", "--json").lines[0]
    assert (moved["number"], moved["stage"], moved["told"]) == (case, "working", 1)
    again = ledger("reports", "move", case, "working")
    assert (again.status, again.out, waiting()) == (0, f"{case} is working; 0 people are told\n", 1)


def test_cases_are_listed_by_stage(ledger):
    case = first(ledger)
    ledger("reports", "move", case, "done")
    assert [r["number"] for r in ledger("reports", "list", "--stage", "done", "--json").lines] == [
        case
    ]
    assert len(ledger("reports", "list", "--stage", "received", "--json").lines) == 3


@pytest.mark.parametrize("case", ["TPE-0", "", "  ", "'; drop table reports", "\x00"])
def test_a_case_that_is_not_there_is_told(case: str, cli):
    assert cli("reports", "move", case, "done").mistake == (1, 1, False)


@pytest.mark.parametrize("stage", ["confirmed", "withdrawn", "dancing"])
def test_a_stage_that_is_the_citizens_own_is_wrong_usage(stage: str, cli):
    assert cli("reports", "move", "TPE-0", stage).status == 2


def test_everybody_behind_a_need_is_told_that_it_is_forwarded(ledger):
    assert (ledger("needs", "forward", need(ledger)).status, waiting()) == (0, 3)


def test_a_forwarded_need_is_moved_and_told_once(ledger):
    ledger("needs", "forward", need(ledger))
    told = [
        ledger("needs", "move", need(ledger), "planning", "--json").lines[0]["told"]
        for _ in range(2)
    ]
    assert (told, waiting()) == ([3, 0], 6)
    assert ledger("needs", "list", "--json").lines[0]["stage"] == "planning"


def test_a_need_that_is_not_forwarded_cannot_be_moved(ledger):
    ended = ledger("needs", "move", need(ledger), "planning")
    assert (ended.mistake, "forward it first" in ended.err) == ((1, 1, False), True)


def test_to_decline_needs_a_reason(ledger):
    ledger("needs", "forward", need(ledger))
    assert ledger("needs", "move", need(ledger), "declined", "--why", " ").mistake == (1, 1, False)
    assert ledger("needs", "move", need(ledger), "declined", "--why", "預算已用完").status == 0
