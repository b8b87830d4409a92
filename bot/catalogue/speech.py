"""What is said besides reports: not_reports.yaml, dangers.yaml and commands.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from bot.catalogue.check import shaped
from bot.catalogue.document import document
from bot.catalogue.shapes import Acts, Commands, DangersShape, frozen
from bot.model.errors import Fault
from intents.taxonomy import Sentences

_ACTS = TypeAdapter(Acts)
_COMMANDS = TypeAdapter(Commands)
_DANGERS = TypeAdapter(DangersShape)
_URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Dangers:
    """Words by danger, the number to call by danger, and words that are merely urgent."""

    words: Mapping[str, Sentences]
    emergency: Mapping[str, str]
    urgent: Sentences


def not_reports(path: Path, faults: list[Fault]) -> Mapping[str, Sentences]:
    """Example sentences of each act that is no report."""
    found = document(path, faults)
    acts = shaped(found, _ACTS, faults) if found else None
    return {act: frozen(shape.examples) for act, shape in (acts or {}).items()}


def commands(path: Path, faults: list[Fault]) -> Mapping[str, tuple[str, ...]]:
    """The texts that give each command; no text gives two."""
    found = document(path, faults)
    texts = shaped(found, _COMMANDS, faults) if found else None
    if found is None or texts is None:
        return {}
    owners: dict[str, str] = {}
    for command, said in texts.items():
        for at, text in enumerate(said):
            if owners.setdefault(text.casefold(), command) != command:
                fault = f"{text} already gives the command {owners[text.casefold()]}"
                faults.append(found.fault((command, at), fault, "keep it in one of them"))
    return frozen(texts)


def dangers(path: Path, faults: list[Fault]) -> Dangers:
    """The dangers, each with a number to call, and the urgent words, which have none."""
    found = document(path, faults)
    shapes = shaped(found, _DANGERS, faults) if found else None
    if found is None or shapes is None:
        return Dangers({}, {}, {})
    calls = {name: shape.call for name, shape in shapes.items() if shape.call}
    faults.extend(
        found.fault((name,), f"{name} has no call", "add call: '119' or another")
        for name in shapes.keys() - calls.keys() - {_URGENT}
    )
    if _URGENT not in shapes:
        faults.append(found.fault((), f"{_URGENT} is missing", f"add {_URGENT}: with words"))
    words = {name: frozen(shape.words) for name, shape in shapes.items()}
    return Dangers({name: words[name] for name in calls}, calls, words.get(_URGENT, {}))
