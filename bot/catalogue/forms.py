"""config/surveys/: the city's surveys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

import yaml

import surveys.errors
from bot.catalogue.document import Document, documents, read
from bot.model.errors import Fault, Misconfigured
from surveys.build import build
from surveys.definition import Survey
from surveys.xlsform import Sheets, definition

PLAIN = re.compile(r"[^A-Za-z0-9_-]+")
"""What an id can't hold."""

LONGEST = 200_000
"""Characters of a definition; one of a thousand questions is shorter."""


def forms(folder: Path, faults: list[Fault]) -> list[tuple[Document, Survey]]:
    """The surveys of all files, each id once; those with faults are left out and told."""
    built: dict[str, tuple[Document, Survey]] = {}
    for found in documents(folder, faults):
        survey = form(found, faults) if found else None
        if found and survey and survey.id in built:
            fault = f"the survey {survey.id} is already defined in another file"
            faults.append(found.fault(("id",), fault, "give it another id"))
        elif found and survey:
            built[survey.id] = found, survey
    return list(built.values())


def written(name: str, text: str, faults: list[Fault]) -> tuple[Document, Survey] | None:
    """The survey of a text that somebody wrote, called `name` in its faults; None where it has
    any, told by line."""
    if len(text) > LONGEST:
        faults.append(Fault(name, 1, f"is longer than {LONGEST} characters", "ask less"))
        return None
    if _repeats(text):
        fault = Fault(name, 1, "holds an alias (*)", "write what it stands for")
        faults.append(fault)
        return None
    found = read(name, text, faults)
    survey = form(found, faults) if found else None
    return (found, survey) if found and survey else None


def imported(sheets: Sheets, file: str) -> tuple[dict[str, Any], Survey]:
    """The definition and the survey of an XLSForm, named after its file where it has no id.

    Raises Misconfigured with every fault, told by row.
    """
    try:
        return definition(sheets, PLAIN.sub("_", PurePath(file).stem).strip("_") or "form")
    except surveys.errors.Faults as wrong:
        faults = (Fault(f"{file}, {f.path}", 0, f.fault, f.remedy) for f in wrong.faults)
        raise Misconfigured(tuple(faults)) from None


def _repeats(text: str) -> bool:
    """Whether it has aliases: some lines of them can stand for more than a memory holds."""
    try:
        return any(isinstance(t, yaml.AliasToken) for t in yaml.scan(text, yaml.CSafeLoader))
    except yaml.YAMLError:
        return False  # told by line where it is read


def form(found: Document, faults: list[Fault]) -> Survey | None:
    """The survey of one file; None where it has faults, which are added to `faults`."""
    if not isinstance(found.data, Mapping):
        faults.append(found.fault((), "is no survey", "write keys and values"))
        return None
    try:
        return build(found.data)
    except surveys.errors.Faults as wrong:
        faults.extend(found.fault(one.steps, one.fault, one.remedy) for one in wrong.faults)
        return None
