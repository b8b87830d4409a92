"""`cityvoice reports`: what citizens told, and how far the city is with it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from bot.cli.speak import as_json, table, with_json
from bot.model.report import Report, ReportStage
from bot.settings import read_settings
from bot.storage import reports
from bot.wiring import open_ledger

MOVES = (ReportStage.RECEIVED, ReportStage.WORKING, ReportStage.DONE)
"""Stages that staff decide; the others are the citizen's own."""

COLUMNS = ("number", "stage", "label", "place", "text")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    top = subparsers.add_parser("reports", help="what citizens told, one case each")
    actions = top.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="the cases, the oldest first")
    listing.add_argument("--stage", choices=[stage.value for stage in ReportStage])
    with_json(listing)
    listing.set_defaults(run=list_all)
    moving = actions.add_parser("move", help="move a case on and tell whose it is")
    moving.add_argument("case", metavar="CASE", help="the case number")
    moving.add_argument(
        "stage", metavar="STAGE", choices=[stage.value for stage in MOVES], help=", ".join(MOVES)
    )
    moving.add_argument("--by", default="staff", help="who decided, for the record")
    with_json(moving)
    moving.set_defaults(run=move)


def _row(report: Report, people: int) -> Mapping[str, Any]:
    return {
        "id": report.id,
        "number": report.number,
        "stage": report.stage,
        "label": report.domain,
        "kind": report.kind,
        "urgency": report.urgency,
        "place": report.place.name if report.place else None,
        "text": report.text,
        "people": people,
        "at": report.at,
        "need": report.need,
    }


async def list_all(options: argparse.Namespace) -> int:
    """Print the cases, the oldest first, with their redacted words."""
    stage = ReportStage(options.stage) if options.stage else None
    async with open_ledger(read_settings()) as house, house.database.unit() as unit:
        found = await reports.at_stage(unit, stage)
        joined = await reports.joiners(unit, [report.id for report in found])
    for report in found:
        row = _row(report, 1 + len(joined.get(report.id, ())))
        if options.json:
            as_json(row)
        else:
            table([[" ".join(str(row[name] or "").split()) for name in COLUMNS]])
    return 0


async def move(options: argparse.Namespace) -> int:
    """Move a case and queue a word to everybody who has it; a running server delivers it."""
    stage = ReportStage(options.stage)
    async with open_ledger(read_settings()) as house:
        told = await house.moves.report(options.case.strip(), stage, options.by)
        async with house.database.unit() as unit:
            moved = await reports.by_number(unit, options.case.strip())
    assert moved is not None
    if options.json:
        as_json({"id": moved.id, "number": moved.number, "stage": moved.stage, "told": told})
    else:
        print(f"{moved.number} is {moved.stage}; {told} people are told")
    return 0
