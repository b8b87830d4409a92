"""`cityvoice intents`: train, evaluate and use the classifier."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.cli.speak import as_json, with_json
from bot.model.errors import CityvoiceError
from bot.settings import read_settings
from bot.wiring import catalogue_of, understander
from intents.evaluate import Gold, evaluate
from intents.model import Model
from intents.taxonomy import Domain, Taxonomy
from intents.train import train
from intents.understand import Understander

MODEL = "model.bin"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    top = subparsers.add_parser("intents", help="the domain classifier")
    actions = top.add_subparsers(dest="action", required=True)
    training = actions.add_parser("train", help="train from labelled JSON Lines")
    training.add_argument("--data", type=Path, required=True, metavar="F.jsonl")
    training.add_argument("--out", type=Path, required=True, metavar="DIR")
    training.set_defaults(run=fit)
    evaluating = actions.add_parser("evaluate", help="measure on labelled JSON Lines")
    evaluating.add_argument("--data", type=Path, required=True, metavar="F.jsonl")
    evaluating.set_defaults(run=measure)
    classifying = actions.add_parser("classify", help="understand texts from standard input")
    classifying.set_defaults(run=classify)
    for action in (evaluating, classifying):
        action.add_argument("--model", type=Path, metavar="DIR")
        with_json(action)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield {**row, "text": str(row["text"]), "label": str(row["label"])}
        except (ValueError, KeyError, TypeError) as fault:
            raise CityvoiceError(
                f"{path}:{number}: not a JSON object with text and label ({fault})"
            ) from fault


def _reader(model: Path | None) -> Understander:
    settings = read_settings()
    catalogue = catalogue_of(settings)
    if model is None:
        return understander(settings, catalogue)
    loaded = Model.load((model / MODEL).read_bytes())
    return Understander(catalogue.taxonomy, catalogue.gazetteer, loaded)


def _taxonomy(found: dict[str, dict[str, list[str]]]) -> Taxonomy:
    """The data's own labels as domains, whatever they are called."""
    domains = tuple(
        Domain(
            id=label,
            name={"zh-TW": label},
            about={"zh-TW": label},
            kinds=(),
            examples={language: tuple(said) for language, said in spoken.items()},
        )
        for label, spoken in sorted(found.items())
    )
    return Taxonomy(domains, {}, {}, {}, {}, {})


def fit(options: argparse.Namespace) -> int:
    """Train a classifier of whatever labels the data holds and write it to a folder."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in _rows(options.data):
        language = str(row.get("lang") or "zh-TW")
        found.setdefault(row["label"], {}).setdefault(language, []).append(row["text"])
    if len(found) < 2:
        raise CityvoiceError(f"{options.data}: at least two labels are needed to tell apart")
    model = train(_taxonomy(found))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / MODEL).write_bytes(model.dump())
    texts = sum(len(said) for spoken in found.values() for said in spoken.values())
    print(f"{texts} texts, {len(found)} labels: {options.out / MODEL}")
    return 0


def measure(options: argparse.Namespace) -> int:
    """Judge every text of a file and print the figures."""
    reader = _reader(options.model)
    rows = list(_rows(options.data))
    started = time.perf_counter()
    readings = [reader.read(row["text"]) for row in rows]
    seconds = time.perf_counter() - started
    gold = [Gold(row["text"], row["label"], tuple(row.get("accept") or ())) for row in rows]
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
        text = line.rstrip("\n")
        reading = reader.read(text)
        found = {
            "text": text,
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
