"""`cityvoice surveys needs` and `statements`: what people said in words of their own."""

from __future__ import annotations

import argparse
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli.editions import edition
from bot.cli.speak import as_json, table, with_json
from bot.model.errors import CityvoiceError
from bot.pipeline.themes import themes
from bot.settings import read_settings
from bot.storage import statements, surveys
from bot.storage.statements import WAITING, Suggested
from bot.wiring import now, open_ledger, reader_of
from surveys.statements import suggestions


def add(actions: Any) -> None:
    """Add the commands."""
    gathering = actions.add_parser("needs", help="what is asked for in people's own words")
    gathering.add_argument("id")
    gathering.add_argument("question")
    with_json(gathering)
    gathering.set_defaults(run=needs)
    deciding = actions.add_parser(
        "statements", help="participants' own statements; nobody votes on one before it is accepted"
    )
    deciding.add_argument("id")
    choice = deciding.add_mutually_exclusive_group()
    choice.add_argument("--accept", metavar="STATEMENT", help="put it to everybody's vote")
    choice.add_argument("--refuse", metavar="STATEMENT", help="keep it from the vote")
    deciding.add_argument("--by", default="staff", help="who decided, for the record")
    with_json(deciding)
    deciding.set_defaults(run=decide)


async def needs(options: argparse.Namespace) -> int:
    """The needs in the answers to a question of free text, the hottest first."""
    settings = read_settings()
    async with open_ledger(settings) as house:
        tz = ZoneInfo(house.catalogue.city.timezone)
        async with house.database.unit() as unit:
            survey = await edition(unit, house, options.id, None)
            sessions = await surveys.runs(unit, survey.id, tz, survey.version)
        reader = reader_of(settings, house.catalogue, house.models.encoder)
    words = [question.id for question in survey.questions if question.type == "text"]
    if options.question not in words:
        there = ", ".join(words) or "none"
        raise CityvoiceError(f"{options.question} is no question of free text; there are: {there}")
    for number, need in enumerate(themes(sessions, options.question, reader.read), 1):
        place = need.place.name if need.place else None
        row = {"title": need.title, "label": need.label, "place": place, "people": need.people}
        if options.json:
            as_json({"id": f"need-{number}", **row, "sessions": need.ids})
        else:
            table([(f"{need.people} people", need.label or "-", need.title)])
    return 0


async def decide(options: argparse.Namespace) -> int:
    """List what participants put forward, those that wait first, or decide on one."""
    wanted = options.accept or options.refuse
    async with open_ledger(read_settings()) as house, house.database.unit() as unit:
        survey = await edition(unit, house, options.id, None)
        asked = suggestions(survey.questions)
        found = await statements.suggested(unit, survey.id, asked)
        if wanted:
            one = _waiting(found, wanted)
            accepted = options.accept is not None
            await statements.decide(unit, survey.id, one, accepted, options.by, now())
    if wanted:
        print(f"{one.text}: {'put to the vote' if accepted else 'kept from the vote'}")
        return 0
    for each in sorted(found, key=lambda each: each.state != WAITING):
        row = {"id": _id(each), "round": each.round, "state": each.state, "text": each.text}
        if options.json:
            as_json(row)
        else:
            table([tuple(row.values())])
    return 0


def _id(one: Suggested) -> str:
    return f"{one.id}:{one.question}"


def _waiting(found: list[Suggested], wanted: str) -> Suggested:
    one = next((each for each in found if _id(each) == wanted), None)
    if one is None:
        raise CityvoiceError(f"there is no statement {wanted}: `surveys statements` lists them")
    if one.state != WAITING:
        raise CityvoiceError(f"the statement {wanted} was {one.state} already")
    return one
