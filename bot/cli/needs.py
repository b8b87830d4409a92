"""`cityvoice needs`: the ledger of needs, and sending ripe ones on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.cli.rows import rows, text
from bot.cli.speak import as_json, table, with_json
from bot.house import Ledger
from bot.model.errors import CityvoiceError
from bot.model.need import Need
from bot.model.proposal import Stage
from bot.pipeline.ripen import ripe
from bot.settings import read_settings
from bot.storage import needs, proposals
from bot.wiring import catalogue_of, now, open_ledger
from intents.cluster import Told, cluster
from intents.places import Gazetteer
from intents.reading import Place


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    top = subparsers.add_parser("needs", help="what citizens lack, gathered from reports")
    actions = top.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="all needs, the hottest first")
    listing.set_defaults(run=list_all)
    showing = actions.add_parser("show", help="one need with its reports' words")
    showing.add_argument("id")
    showing.set_defaults(run=show)
    forwarding = actions.add_parser("forward", help="send a need into the pipeline")
    forwarding.add_argument("id")
    forwarding.add_argument("--by", default="staff", help="who decided, for the record")
    forwarding.add_argument("--unripe", action="store_true", help="even if it is not ripe yet")
    forwarding.set_defaults(run=forward)
    moving = actions.add_parser("move", help="move a forwarded need to another stage")
    moving.add_argument("id")
    moving.add_argument("stage", choices=[stage.value for stage in Stage])
    moving.add_argument("--by", default="staff", help="who decided, for the record")
    moving.add_argument("--why", default="", help="the reason; citizens read it of one declined")
    moving.set_defaults(run=move)
    clustering = actions.add_parser("cluster", help="cluster texts of a file into needs")
    clustering.add_argument("--data", type=Path, required=True, metavar="F.jsonl")
    clustering.set_defaults(run=cluster_file)
    for action in (listing, showing, forwarding, moving, clustering):
        with_json(action)


def _row(need: Need) -> Mapping[str, Any]:
    return {
        "id": need.id,
        "title": need.title,
        "label": need.domain,
        "kind": need.kind,
        "people": need.people,
        "reports": need.reports,
        "place": need.place.name if need.place else None,
        "from": need.first,
        "to": need.last,
        "stage": need.stage,
        "heat": round(need.heat, 3),
    }


async def list_all(options: argparse.Namespace) -> int:
    """Print all needs, the hottest first."""
    async with open_ledger(read_settings()) as house:
        async with house.database.unit() as unit:
            found = sorted(await needs.all(unit, now()), key=lambda need: -need.heat)
        rules = house.catalogue.city.ripeness
    for need in found:
        if options.json:
            as_json({**_row(need), "ripe": ripe(need, rules, now())})
        else:
            mark = "ripe" if ripe(need, rules, now()) else need.stage or ""
            table([(need.id, f"{need.people} people", mark, need.title)])
    return 0


async def _found(house: Ledger, need_id: str) -> Need:
    async with house.database.unit() as unit:
        need = await needs.get(unit, need_id, now())
    if need is None:
        raise CityvoiceError(f"no need {need_id}: `cityvoice needs list` shows what there is")
    return need


async def show(options: argparse.Namespace) -> int:
    """Print one need with the redacted words of its reports."""
    async with open_ledger(read_settings()) as house:
        need = await _found(house, options.id)
        texts = await house.words_of(need)
    if options.json:
        as_json({**_row(need), "texts": texts})
    else:
        table((key, value) for key, value in _row(need).items())
        table(("", said) for said in texts)
    return 0


async def forward(options: argparse.Namespace) -> int:
    """Make a proposal of a need and hand it to every forwarder at once."""
    async with open_ledger(read_settings()) as house:
        need = await _found(house, options.id)
        if need.proposal:
            raise CityvoiceError(f"need {need.id} was forwarded already, as {need.proposal}")
        if not (options.unripe or ripe(need, house.catalogue.city.ripeness, now())):
            raise CityvoiceError(
                f"need {need.id} is not ripe yet ({need.people} people): "
                "wait, or forward it with --unripe"
            )
        proposal = await house.forward(need, options.by)
        stuck = await house.waiting(proposal)
    if options.json:
        as_json({"id": proposal.id, "need": need.id, "stage": proposal.stage, "waiting": stuck})
    else:
        print(f"{need.title}: proposal {proposal.id} is {proposal.stage}")
        for name in stuck:
            print(f"  {name} could not take it yet; it is tried again", file=sys.stderr)
    return 0


async def move(options: argparse.Namespace) -> int:
    """Move a need's proposal to a stage and queue a word to everybody behind the need."""
    stage, why = Stage(options.stage), " ".join(options.why.split())
    if stage is Stage.DECLINED and not why:
        raise CityvoiceError("to decline needs a reason that citizens can read: give it with --why")
    async with open_ledger(read_settings()) as house:
        need = await _found(house, options.id)
        async with house.database.unit() as unit:
            proposal = await proposals.get(unit, need.proposal or "")
        if proposal is None:
            raise CityvoiceError(f"need {need.id} is no proposal yet: forward it first")
        told = await house.moves.proposal(proposal, stage, options.by, why)
    if options.json:
        as_json({"id": proposal.id, "need": need.id, "stage": stage, "told": told})
    else:
        print(f"{need.title}: proposal {proposal.id} is {stage}; {told} people are told")
    return 0


def _told(gazetteer: Gazetteer, row: Mapping[str, Any]) -> Told:
    """A line of the file; a time without a zone is taken for UTC."""
    at = row.get("created_at")
    when = datetime.fromisoformat(at) if at else None
    return Told(
        id=str(row["id"]),
        text=text(row, "text"),
        at=when.replace(tzinfo=UTC) if when and when.tzinfo is None else when,
        place=_place(row, gazetteer),
        label=text(row, "label") if row.get("label") else None,
    )


def _place(row: Mapping[str, Any], gazetteer: Gazetteer) -> Place | None:
    """Where a row says it is, else what its text names."""
    if row.get("lat") is None or row.get("lon") is None:
        return next(iter(gazetteer.find(row["text"])), None)
    lat, lon = float(row["lat"]), float(row["lon"])
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is no place on earth")
    return gazetteer.locate(lat, lon) or Place(f"{lat},{lon}", "point", lat=lat, lon=lon)


def cluster_file(options: argparse.Namespace) -> int:
    """Print one cluster a line."""
    gazetteer = catalogue_of(read_settings()).gazetteer
    told = list(rows(options.data, partial(_told, gazetteer)))
    for number, found in enumerate(cluster(told), 1):
        row = {
            "need": f"need-{number}",
            "ids": found.ids,
            "title": found.title,
            "label": found.label,
            "place": found.place.name if found.place else None,
            "from": found.first,
            "to": found.last,
            "people": found.people,
            "heat": round(found.heat, 3),
        }
        if options.json:
            as_json({"id": row["need"], **row})
        else:
            table([(row["need"], len(found.ids), found.title)])
    return 0
