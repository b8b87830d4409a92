"""`cityvoice needs`: the ledger of needs, and sending ripe ones on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.cli.speak import as_json, table, with_json
from bot.house import Ledger
from bot.model.errors import CityvoiceError
from bot.model.need import Need
from bot.pipeline.ripen import ripe
from bot.settings import read_settings
from bot.storage import needs
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
    clustering = actions.add_parser("cluster", help="cluster texts of a file into needs")
    clustering.add_argument("--data", type=Path, required=True, metavar="F.jsonl")
    clustering.set_defaults(run=cluster_file)
    for action in (listing, showing, forwarding, clustering):
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
        table(("", text) for text in texts)
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


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The file's objects; a bad line is told by its number."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            at = row.get("created_at")
            at = datetime.fromisoformat(str(at)) if at else None
            aware = at.replace(tzinfo=UTC) if at and at.tzinfo is None else at
            yield {**row, "id": str(row["id"]), "text": str(row["text"]), "created_at": aware}
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise CityvoiceError(
                f"{path}:{number}: not a JSON object with id and text ({fault!r})"
            ) from fault


def _place(row: Mapping[str, Any], text: str, gazetteer: Gazetteer) -> Place | None:
    """Where a row says it is, else what its text names."""
    lat, lon = row.get("lat"), row.get("lon")
    if lat is not None and lon is not None:
        return gazetteer.locate(lat, lon) or Place(f"{lat},{lon}", "point", lat=lat, lon=lon)
    return next(iter(gazetteer.find(text)), None)


def cluster_file(options: argparse.Namespace) -> int:
    """Print one cluster a line."""
    gazetteer = catalogue_of(read_settings()).gazetteer
    told = [
        Told(
            id=row["id"],
            text=row["text"],
            at=row["created_at"],
            place=_place(row, row["text"], gazetteer),
            label=row.get("label"),
        )
        for row in _rows(options.data)
    ]
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
