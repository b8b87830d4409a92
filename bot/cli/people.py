"""`cityvoice people`: personal-data requests."""

from __future__ import annotations

import argparse

from bot.cli.speak import as_json, with_json
from bot.cli.stores import one_unit
from bot.model.errors import CityvoiceError
from bot.model.happenings import PersonForgotten
from bot.model.messages import Address
from bot.storage import people
from bot.storage.record import record
from bot.wiring import now


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    top = subparsers.add_parser("people", help="personal-data requests")
    actions = top.add_subparsers(dest="action", required=True)
    for name, run, what in (
        ("forget", forget, "delete everything kept of a person"),
        ("export", export, "print everything kept of a person"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("address", help="channel:id, for example simulator:abc")
        action.set_defaults(run=run)
        if run is export:
            with_json(action)


def _address(text: str) -> Address:
    channel, colon, chat = text.partition(":")
    if not (channel and colon and chat):
        raise CityvoiceError(f"an address is channel:id, for example simulator:abc, not {text}")
    return Address(channel, chat)


async def forget(options: argparse.Namespace) -> int:
    """Delete a person on request."""
    address = _address(options.address)
    async with one_unit() as unit:
        person = await people.by_address(unit, address)
        if person is None:
            raise CityvoiceError(f"nobody is known at {options.address}")
        await record(unit, PersonForgotten(person.id, now()))
    print(f"{options.address} is forgotten")
    return 0


async def export(options: argparse.Namespace) -> int:
    """Print as JSON what is kept of a person."""
    address = _address(options.address)
    async with one_unit() as unit:
        kept = await people.export(unit, address)
    if not kept:
        raise CityvoiceError(f"nobody is known at {options.address}")
    as_json({"id": kept["person"]["id"], **kept})
    return 0
