"""What is said besides reports: not_reports, dangers, commands and replies (.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.catalogue.check import shaped
from bot.catalogue.document import Document, document
from bot.catalogue.domains import Shelf
from bot.catalogue.shapes import Acts, Commands, DangersShape, Replies, frozen
from bot.model.errors import Fault
from bot.model.wording import Wording
from intents.taxonomy import CALM, URGENT, Sentences

_ACTS = TypeAdapter(Acts)
_COMMANDS = TypeAdapter(Commands)
_REPLIES = TypeAdapter(Replies)
_DANGERS = TypeAdapter(DangersShape)


@dataclass(frozen=True, slots=True)
class Dangers:
    """Words by danger, the number to call by danger, words that are merely urgent, sightings
    by danger (those of `calm` hold none), the kind that a danger is where nothing else tells, and
    the dangers of which a report is drafted only when asked."""

    words: Mapping[str, Sentences]
    emergency: Mapping[str, str]
    urgent: Sentences
    sightings: Mapping[str, Sentences]
    charges: Mapping[str, str]
    asked_first: frozenset[str]


def not_reports(path: Path, faults: list[Fault]) -> Mapping[str, Sentences]:
    """Example sentences of each act that is no report."""
    found = document(path, faults)
    acts = shaped(found, _ACTS, faults) if found else None
    return {act: frozen(shape.examples) for act, shape in (acts or {}).items()}


def commands(path: Path, faults: list[Fault]) -> Mapping[str, tuple[str, ...]]:
    """The texts that give each command; no text gives two."""
    return _owned(path, _COMMANDS, faults)


def replies(path: Path, faults: list[Fault]) -> Mapping[str, tuple[str, ...]]:
    """The texts that are each reply; no text is two."""
    return _owned(path, _REPLIES, faults)


def _owned(
    path: Path, shape: TypeAdapter[Any], faults: list[Fault]
) -> Mapping[str, tuple[str, ...]]:
    found = document(path, faults)
    shapes = shaped(found, shape, faults) if found else None
    if found is None or shapes is None:
        return {}
    texts: dict[str, list[str]] = {str(owner): said for owner, said in shapes.items()}
    owners: dict[str, str] = {}
    for owner, said in texts.items():
        for at, text in enumerate(said):
            if owners.setdefault(text.casefold(), owner) != owner:
                fault = f"{text} already stands under {owners[text.casefold()]}"
                faults.append(found.fault((owner, at), fault, "keep it in one of them"))
    return frozen(texts)


def dangers(path: Path, spoken: Wording, shelf: Shelf, faults: list[Fault]) -> Dangers:
    """The dangers, each with a number to call and what is said to it, and the urgent words,
    which have neither. A danger may be of any kind on the shelf."""
    found = document(path, faults)
    shapes = shaped(found, _DANGERS, faults) if found else None
    if found is None or shapes is None:
        return Dangers({}, {}, {}, {}, {}, frozenset())
    calls = {name: shape.call for name, shape in shapes.items() if shape.call}
    faults.extend(_flaws(found, shapes, spoken))
    faults.extend(_strays(found, shapes, shelf))
    words = {name: frozen(shape.words) for name, shape in shapes.items()}
    sightings = {name: frozen(shape.examples) for name, shape in shapes.items() if shape.examples}
    named = {name: words[name] for name in calls}
    charges = {name: shape.kind for name, shape in shapes.items() if shape.kind}
    asked_first = frozenset(name for name, shape in shapes.items() if shape.ask_first)
    return Dangers(named, calls, words.get(URGENT, {}), sightings, charges, asked_first)


def _strays(found: Document, shapes: DangersShape, shelf: Shelf) -> Iterator[Fault]:
    for name, shape in shapes.items():
        if shape.kind and shelf.lacks_kind(shape.kind):
            fault = f"{name} is of a kind that no domain has: {shape.kind}"
            yield found.fault((name, "kind"), fault, "name a kind of config/domains")


def _flaws(found: Document, shapes: DangersShape, spoken: Wording) -> Iterator[Fault]:
    for name, shape in shapes.items():
        if name not in (URGENT, CALM) and not shape.call:
            yield found.fault((name,), f"{name} has no call", "add call: '119' or another")
        if name != CALM and not shape.words:
            yield found.fault((name,), f"{name} has no words", "add words: by language")
        if shape.call and not all(f"danger.{name}" in said for said in spoken.languages.values()):
            remedy = f"add danger.{name}: to config/wording"
            yield found.fault((name,), f"nothing is said to {name}", remedy)
    if URGENT not in shapes:
        yield found.fault((), f"{URGENT} is missing", f"add {URGENT}: with words")
