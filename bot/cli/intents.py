"""`cityvoice intents`: train, evaluate and use the classifier."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from bot.catalogue.domains import shelf
from bot.cli.rows import rows, text
from bot.cli.speak import as_json, with_json
from bot.model.errors import CityvoiceError, Fault, Misconfigured
from bot.settings import read_settings
from bot.storage import models
from bot.wiring import catalogue_of, encoder_of, open_ledger, own_model
from intents.evaluate import Gold, evaluate
from intents.model import Model
from intents.taxonomy import Taxonomy
from intents.train import Labelled, train
from intents.understand import Understander

MODEL = "model.bin"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    top = subparsers.add_parser("intents", help="the domain classifier")
    actions = top.add_subparsers(dest="action", required=True)
    training = actions.add_parser(
        "train", help="learn from corrections, or train from labelled JSON Lines"
    )
    training.add_argument("--data", type=Path, metavar="F.jsonl")
    training.add_argument("--out", type=Path, metavar="DIR")
    training.add_argument(
        "--taxonomy", type=Path, metavar="DIR", help="domain definitions to learn from as well"
    )
    training.set_defaults(run=learn_or_fit)
    evaluating = actions.add_parser("evaluate", help="measure on labelled JSON Lines")
    evaluating.add_argument("--data", type=Path, required=True, metavar="F.jsonl")
    evaluating.set_defaults(run=measure)
    classifying = actions.add_parser("classify", help="understand texts from standard input")
    classifying.set_defaults(run=classify)
    listing = actions.add_parser("models", help="models that learned, and which one judges")
    with_json(listing)
    listing.set_defaults(run=listed)
    telling = actions.add_parser("cards", help="a model's card; the one at work when none is named")
    telling.add_argument("version", nargs="?")
    telling.set_defaults(run=told)
    returning = actions.add_parser("rollback", help="judge by an earlier model again")
    returning.add_argument("version", nargs="?")
    returning.set_defaults(run=roll_back)
    for action in (training, returning):
        action.add_argument("--by", default="staff", help="who decided, for the record")
    for action in (evaluating, classifying):
        action.add_argument("--model", type=Path, metavar="DIR")
        with_json(action)


def _labelled(row: Mapping[str, Any]) -> Labelled:
    return Labelled(text(row, "text"), text(row, "label"), str(row.get("lang") or "zh-TW"))


def _gold(row: Mapping[str, Any]) -> Gold:
    accept = row.get("accept") or ()
    if isinstance(accept, str):
        raise TypeError("accept is no list")
    return Gold(text(row, "text"), text(row, "label"), tuple(accept))


def _reader(model: Path | None) -> Understander:
    settings = read_settings()
    catalogue, encoder = catalogue_of(settings), encoder_of(settings)
    if model is None:
        loaded = own_model(settings, catalogue, encoder)
    else:
        loaded = Model.load((model / MODEL).read_bytes())
    return Understander(catalogue.taxonomy, catalogue.gazetteer, loaded, encoder)


def _taxonomy(folder: Path | None) -> Taxonomy:
    """The domains of a folder's files; none without one."""
    faults: list[Fault] = []
    domains = tuple(shelf(folder, (), faults).domains.values()) if folder else ()
    if faults:
        raise Misconfigured(tuple(faults))
    return Taxonomy(domains, {}, {}, {}, {}, {})


def learn_or_fit(options: argparse.Namespace) -> int | Coroutine[Any, Any, int]:
    """Learn from corrections, or from a file into a folder where both are named."""
    if bool(options.data) != bool(options.out):
        raise CityvoiceError("--data and --out go together; without both, corrections are learned")
    return fit(options) if options.data else learn(options.by)


async def learn(by: str) -> int:
    """Train with all corrections; the model goes live if it passes the gate."""
    async with open_ledger(read_settings()) as house:
        with tqdm(total=3, desc="training", unit="model", file=sys.stderr) as bar:
            lesson = await house.models.learn(by, bar.update)
    print(f"model {lesson.version}: {lesson.outcome}")
    return 0


async def listed(options: argparse.Namespace) -> int:
    """Print every model that learned, the oldest first, and mark the one that judges."""
    async with open_ledger(read_settings()) as house, house.database.unit() as unit:
        live, kept = await models.live(unit), await models.all(unit)
    for model in kept:
        judges = model.version == live
        if options.json:
            as_json({"version": model.version, "at": model.at, "live": judges})
        else:
            print(f"{model.version}  {model.at:%Y-%m-%d %H:%M}{'  judges' if judges else ''}")
    if not live and not options.json:
        print("the model of the city's own examples judges")
    return 0


async def told(options: argparse.Namespace) -> int:
    """Print a model's card."""
    async with open_ledger(read_settings()) as house, house.database.unit() as unit:
        version = options.version or await models.live(unit)
        card = await models.card(unit, version) if version else None
    if card is None:
        raise CityvoiceError(
            f"no model {version} is kept: see `cityvoice intents models`"
            if version
            else "no model has learned from corrections yet: run `cityvoice intents train`"
        )
    print(card)
    return 0


async def roll_back(options: argparse.Namespace) -> int:
    """Judge by an earlier model again."""
    async with open_ledger(read_settings()) as house:
        version = await house.models.roll_back(options.version, options.by)
    print(f"model {version} judges" if version else "the model of the city's own examples judges")
    return 0


def fit(options: argparse.Namespace) -> int:
    """Train a classifier of whatever labels the data holds and write it to a folder."""
    found = list(rows(options.data, _labelled))
    taxonomy = _taxonomy(options.taxonomy)
    counts = Counter(row.label for row in found)
    counts.update(domain.id for domain in taxonomy.domains for _ in range(2))
    rare = sorted(label for label, count in counts.items() if count < 2)
    if len(counts) < 2 or rare:
        lacking = f"; {', '.join(rare)} has one" if rare else ""
        raise CityvoiceError(f"{options.data}: two labels of two texts are the least{lacking}")
    model = train(taxonomy, found, encoder=encoder_of(read_settings()))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / MODEL).write_bytes(model.dump())
    print(f"{len(found)} texts, {len(counts)} labels: {options.out / MODEL}")
    return 0


def measure(options: argparse.Namespace) -> int:
    """Judge every text of a file and print the figures."""
    reader = _reader(options.model)
    gold = list(rows(options.data, _gold))
    started = time.perf_counter()
    readings = [reader.read(row.text) for row in gold]
    seconds = time.perf_counter() - started
    figures = evaluate(gold, readings, seconds)
    if options.json:
        as_json(figures)
    else:
        for key, value in figures.items():
            print(f"{key}: {value}")
    return 0


def classify(options: argparse.Namespace) -> int:
    """Read texts, one a line, and print what each was understood to say."""
    reader = _reader(options.model)
    for line in sys.stdin:
        said = line.rstrip("\n")
        reading = reader.read(said)
        found = {
            "text": said,
            "label": reading.domain,
            "confidence": reading.confidence,
            "scores": reading.scores,
            "abstained": reading.abstained,
            "places": reading.places,
            "language": reading.language,
            "urgency": reading.urgency,
            "redacted": reading.redacted,
            "act": reading.act,
            "kind": reading.kind,
        }
        if options.json:
            as_json(found)
        else:
            print(f"{reading.domain or '-'}\t{reading.confidence:.2f}\t{reading.redacted}")
    return 0
