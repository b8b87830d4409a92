"""`cityvoice surveys`: check and import definitions, send a round, read results."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.catalogue.document import as_yaml, document
from bot.catalogue.forms import form, imported
from bot.catalogue.workbook import book
from bot.cli import survey_words
from bot.cli.editions import edition, named
from bot.cli.sheets import cell, workbook
from bot.cli.speak import as_json, with_json
from bot.house import Ledger
from bot.model.errors import CityvoiceError, Fault, Misconfigured
from bot.settings import read_settings
from bot.storage import statements, surveys
from bot.wiring import now, open_ledger
from surveys.definition import Survey
from surveys.delivery import Lane, Plan
from surveys.results import weighted, whole
from surveys.session import Session
from surveys.statements import extended


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    top = subparsers.add_parser("surveys", help="surveys")
    actions = top.add_subparsers(dest="action", required=True)
    checking = actions.add_parser("check", help="tell every fault of a definition")
    checking.add_argument("file", type=Path)
    checking.set_defaults(run=check)
    importing = actions.add_parser("import", help="make a definition of an XLSForm workbook")
    importing.add_argument("file", type=Path)
    importing.add_argument("--replace", action="store_true", help="even where one of its id is")
    importing.set_defaults(run=import_form)
    planning = actions.add_parser("plan", help="what a round would take if it were sent now")
    planning.add_argument("id")
    with_json(planning)
    planning.set_defaults(run=plan)
    publishing = actions.add_parser("publish", help="send a round now")
    publishing.add_argument("id")
    publishing.add_argument("--at-once", action="store_true", help="even in the city's quiet hours")
    publishing.set_defaults(run=publish)
    reading = actions.add_parser("results", help="what was answered")
    reading.add_argument("id")
    reading.add_argument("--format", choices=("json", "csv", "xlsx"), default="json")
    reading.add_argument("--version", type=int, help="an older version than the present one")
    reading.add_argument("--round", help="one round, named as in the results, not all")
    reading.add_argument(
        "--weighted", action="store_true", help="as the city's people, not those who answered"
    )
    reading.add_argument("--by", metavar="QUESTION", help="hold the others against this one")
    with_json(reading)
    reading.set_defaults(run=results)
    survey_words.add(actions)


def check(options: argparse.Namespace) -> int:
    """0 when the definition is sound; else every fault, a line each."""
    faults: list[Fault] = []
    found = document(options.file, faults)
    survey = form(found, faults) if found else None
    if survey is None:
        raise Misconfigured(tuple(faults))
    print(f"{survey.id}, version {survey.version}, {len(survey.questions)} questions: no fault")
    return 0


def import_form(options: argparse.Namespace) -> int:
    """Write the form's definition into config/surveys/; 0 when it is sound, else every fault."""
    data, survey = imported(book(options.file), options.file.name)
    target = read_settings().config_dir / "surveys" / f"{survey.id}.yaml"
    if target.exists() and not options.replace:
        raise CityvoiceError(f"{target} is there already: import with --replace to write it anew")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"# Imported from {options.file.name}.\n{as_yaml(data)}", "utf-8")
    print(f"{survey.id}, version {survey.version}, {len(survey.questions)} questions: {target}")
    return 0


async def plan(options: argparse.Namespace) -> int:
    """People, messages, what is left of the month's, cost and time; nothing is sent."""
    async with open_ledger(read_settings()) as house:
        survey = named(house, options.id)
        found = await house.rounds.plan(survey)
        currency = house.catalogue.city.currency
    if options.json:
        as_json({"id": survey.id, "over_quota": survey.over_quota, **_planned(found, currency)})
        return 0
    print(f"{survey.id}: {found.people} people")
    for lane in found.lanes:
        left = "not counted" if lane.left is None else f"{lane.left} left this month"
        print(
            f"{lane.channel}: {lane.people} messages ({left}) in {lane.calls} calls, "
            f"{lane.seconds:.1f} s at the platform's rate, at most {lane.cost:.2f} {currency}"
        )
        if lane.beyond:
            print(f"{lane.channel}: {_beyond(survey, lane)}")
    if survey.remind_after or survey.open_for:
        print("on top come reminders to the unfinished and results to those who answered")
    return 0


def _planned(found: Plan, currency: str) -> dict[str, Any]:
    lanes = [
        {
            "channel": lane.channel,
            "people": lane.people,
            "calls": lane.calls,
            "left": lane.left,
            "beyond": lane.beyond,
            "months": list(lane.waves()),
            "cost": round(lane.cost, 2),
            "seconds": round(lane.seconds, 3),
        }
        for lane in found.lanes
    ]
    whole = {"people": found.people, "cost": round(found.cost, 2), "currency": currency}
    return {**whole, "seconds": round(found.seconds, 3), "beyond": found.beyond, "lanes": lanes}


def _beyond(survey: Survey, lane: Lane) -> str:
    if survey.over_quota == "refuse":
        return f"{lane.beyond} are not reached this month: the round would be refused"
    months = [f"{count} in {ahead} months" for ahead, count in enumerate(lane.waves()) if ahead]
    later = f" ({', '.join(months)}, while the round is open)" if months else ""
    return f"{lane.beyond} are reached later{later}, or as soon as they write"


async def publish(options: argparse.Namespace) -> int:
    """Queue an invitation for everyone who agreed; a running server or worker delivers it."""
    async with open_ledger(read_settings()) as house:
        moment, city = now(), house.catalogue.city
        survey = named(house, options.id)
        invited = await house.rounds.begin(survey, moment, options.at_once)
    due = moment if options.at_once else city.awake(moment)
    later = f", and hear of it from {due.astimezone(ZoneInfo(city.timezone)):%H:%M} on"
    print(f"{invited} people are invited{later if due > moment else ''}")
    return 0


async def results(options: argparse.Namespace) -> int:
    """Counts as JSON, one row an answer as CSV, or all as an .xlsx file; never who gave it."""
    async with open_ledger(read_settings()) as house:
        tz = ZoneInfo(house.catalogue.city.timezone)
        async with house.database.unit() as unit:
            survey = await edition(unit, house, options.id, options.version)
            survey = extended(survey, await statements.accepted(unit, survey.id, options.round))
            sessions = await surveys.runs(unit, survey.id, tz, survey.version, options.round)
    if options.weighted:
        as_json(_weighted(house, survey, sessions))
        return 0
    if options.json or options.format == "json":
        as_json(_whole(survey, sessions, options.by))
        return 0
    if options.format == "xlsx":
        return _file(workbook(survey, sessions, _whole(survey, sessions, options.by)))
    out = csv.writer(sys.stdout)
    out.writerow(("session", "round", "question", "value"))
    for session in sessions:
        for answer in session.answers:
            out.writerow((session.id, session.round, answer.question, cell(answer.value)))
    return 0


def _weighted(house: Ledger, survey: Survey, sessions: Sequence[Session]) -> dict[str, Any]:
    catalogue = house.catalogue
    try:
        return weighted(survey, sessions, catalogue.population, catalogue.city.languages[0])
    except ValueError as wrong:
        raise CityvoiceError(str(wrong)) from None


def _whole(survey: Survey, sessions: Sequence[Session], by: str | None) -> dict[str, Any]:
    try:
        return whole(survey, sessions, by)
    except KeyError:
        there = ", ".join(question.id for question in survey.questions)
        raise CityvoiceError(f"there is no question {by}; there are: {there}") from None
    except ValueError as wrong:
        raise CityvoiceError(str(wrong)) from None


def _file(content: bytes) -> int:
    """Write a file to standard output, which a terminal could not show."""
    if sys.stdout.isatty():
        raise CityvoiceError("this is a file: write it to one with > results.xlsx")
    sys.stdout.buffer.write(content)
    return 0
