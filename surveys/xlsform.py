"""An XLSForm's sheets → a definition as data, every fault at once with its row.

Source: xlsform.org, «XLSForm reference». What a chat can't do (repeats, calculations, files,
cascading choices) is refused by name, never dropped; only what sessions know by themselves
(start, end, today) and how a phone form looks (appearance) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from surveys.build import build
from surveys.definition import Survey
from surveys.errors import Fault, Faults

Cells = Sequence[str]
Sheets = Mapping[str, Sequence[Cells]]
"""A workbook: per sheet its rows of texts, the first of them the columns' names."""

Data = dict[str, Any]

PRESET = "zh-TW"
TONGUES = {
    "chinese": "zh-TW", "zh": "zh-TW", "中文": "zh-TW", "繁體中文": "zh-TW", "zh-tw": "zh-TW",
    "english": "en", "en": "en", "英文": "en",
}  # fmt: skip
CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\)\s*$")
"""The language's code behind its name: English (en)."""

PLAIN = {
    "text": "text", "date": "date", "time": "time", "datetime": "moment",
    "geopoint": "place", "image": "photo", "note": "note", "acknowledge": "note",
    "integer": "number", "decimal": "number", "int": "number",
}  # fmt: skip
CHOSEN = {"select_one": "choice", "select_multiple": "several", "rank": "ranking"}
KNOWN_ANYWAY = ("start", "end", "today")
PERSONAL = ("deviceid", "phonenumber", "username", "email", "subscriberid", "simserial", "audit")
GROUPS = {"begin group": 1, "begin_group": 1, "end group": -1, "end_group": -1}
REPEATS = ("begin repeat", "begin_repeat", "end repeat", "end_repeat")

UNASKED = {
    "calculation": "leave it out and calculate from the results",
    "choice_filter": "write a list for each case and ask with relevant",
    "default": "leave it out: nobody should have answered without saying so",
    "read_only": "make it a note",
    "trigger": "leave it out",
    "repeat_count": "write the questions out once for each",
}
"""Columns that change what an answer is, and what to do about them."""

YES, NO = ("yes", "true", "true()", "1"), ("", "no", "false", "false()", "0")
LARGEST = 999_999_999
STEPS = 11
"""As many steps as a scale has at most; longer ranges are typed as a number."""

SPECIFY = {
    "zh-TW": "「其他」是什麼？請簡單說。",
    "en": "What is the other one? A few words will do.",
}
OTHER = {"zh-TW": "其他", "en": "Other"}
PER_MINUTE = 6
"""Questions answered in a minute, where the form doesn't say how long it takes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet by column, and its number as the spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """A cell, empty where there is none."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class _Reader:
    """What was read so far: choices by list, open groups' conditions, what is wrong."""

    tongue: str
    choices: dict[str, list[Data]] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, row: Row, column: str, fault: str, remedy: str, sheet: str = "survey") -> None:
        self.faults.append(Fault(f"{sheet} row {row.number}, {column}", fault, remedy))


def definition(sheets: Sheets, name: str) -> tuple[Data, Survey]:
    """The definition that a form makes, as data and built; `name` where settings have no form_id.

    Raises Faults; their paths are sheet, row and column.
    """
    settings = next(iter(_rows(sheets, "settings")), Row(2, {}))
    reader = _Reader(_tongue(settings.get("default_language")) or PRESET)
    if "survey" not in sheets:
        raise Faults((Fault("survey", "is no sheet of this workbook", "name the sheet survey"),))
    _read_choices(reader, _rows(sheets, "choices"))
    questions = [q for row in _rows(sheets, "survey") for q in _question(reader, row)]
    if reader.groups:
        end = Row(len(sheets["survey"]), {})
        reader.wrong(end, "type", "the group is never ended", "write end group")
    data = _whole(reader, settings, name, questions)
    survey = _built(reader, data)
    return data, survey


def _whole(reader: _Reader, settings: Row, name: str, questions: list[Data]) -> Data:
    title = _texts(reader, settings, "form_title") or {reader.tongue: name}
    version = settings.get("version")
    if version and not version.isdecimal():
        reader.wrong(
            settings, "version", f"{version} is no whole number", "count 1, 2, 3 …", "settings"
        )
    return {
        "id": settings.get("form_id") or name,
        "version": int(version) if version.isdecimal() else 1,
        "title": title,
        "intro": title,
        "minutes": max(1, round(len(questions) / PER_MINUTE)),
        "questions": questions,
    }


def _built(reader: _Reader, data: Data) -> Survey:
    """The survey; faults that only building finds are told by row."""
    try:
        survey = build(data)
    except Faults as wrong:
        raise Faults(
            (*reader.faults, *(_placed(reader, fault) for fault in wrong.faults))
        ) from None
    if reader.faults:
        raise Faults(tuple(reader.faults))
    return survey


COLUMNS = {"text": "label", "id": "name", "options": "choices", "remark": "constraint_message"}


def _placed(reader: _Reader, fault: Fault) -> Fault:
    match fault.steps:
        case ("questions", int(at), *rest):
            inner = str(rest[0]) if rest else "type"
            place = f"survey row {reader.rows[at]}, {COLUMNS.get(inner, inner)}"
        case ("questions",):
            place = "survey"
        case _:
            place = f"settings, {'form_id' if fault.path == 'id' else fault.path}"
    return replace(fault, path=place)


def _rows(sheets: Sheets, sheet: str) -> Iterator[Row]:
    """A sheet's rows that hold anything, by the columns' names in small letters."""
    rows = sheets.get(sheet, ())
    if not rows:
        return
    columns = [_column(cell) for cell in rows[0]]
    for number, cells in enumerate(rows[1:], 2):
        filled = {
            c: cell.strip() for c, cell in zip(columns, cells, strict=False) if c and cell.strip()
        }
        if filled:
            yield Row(number, filled)


def _column(cell: str) -> str:
    """label::English (en) keeps its language; older names become today's."""
    name, parted, tongue = cell.strip().partition("::" if "::" in cell else ":")
    plain = re.sub(r"\s+", "_", name.strip().lower())
    plain = {"relevance": "relevant", "value": "name"}.get(plain, plain)
    return f"{plain}::{tongue.strip()}" if parted else plain


def _tongue(name: str) -> str:
    """A language's code, empty where the name is none we know."""
    code = CODE.search(name)
    known = TONGUES.get(name.strip().lower())
    return TONGUES.get(code[1].lower(), code[1]) if code else known or ""


def _texts(reader: _Reader, row: Row, column: str, sheet: str = "survey") -> dict[str, str]:
    """A text by language out of label, label::zh-TW, label::English (en) …"""
    found = {}
    for key, cell in row.cells.items():
        name, _, language = key.partition("::")
        if name != column:
            continue
        tongue = _tongue(language) if language else reader.tongue
        if tongue:
            found[tongue] = cell
        else:
            remedy = "write its code behind it: English (en)"
            reader.wrong(row, key, f"{language} is no language known here", remedy, sheet)
    return found


def _read_choices(reader: _Reader, rows: Iterator[Row]) -> None:
    for row in rows:
        if not row.get("list_name"):
            reader.wrong(row, "list_name", "is empty", "name the list", "choices")
            continue
        label = _texts(reader, row, "label", "choices")
        if not label:
            reader.wrong(row, "label", "is empty", "write what people read", "choices")
        option = {"value": row.get("name"), "label": label or {reader.tongue: row.get("name")}}
        reader.choices.setdefault(row.get("list_name"), []).append(option)


def _question(reader: _Reader, row: Row) -> Iterator[Data]:
    """The question of a row; none where it opens or ends a group or was refused."""
    kind = " ".join(row.get("type").split())
    word = kind.lower()
    if word in GROUPS:
        _group(reader, row, GROUPS[word])
    elif word in REPEATS:
        remedy = "write the questions out once for each, or ask for a list in words"
        reader.wrong(row, "type", "a repeat can't be asked in a chat", remedy)
    elif word in PERSONAL:
        reader.wrong(row, "type", f"{word} is not collected here", "leave the row out")
    elif word not in KNOWN_ANYWAY:
        shape = _shape(reader, row, kind)
        if shape is not None:
            reader.rows.append(row.number)
            yield {**_common(reader, row), **shape}


def _group(reader: _Reader, row: Row, step: int) -> None:
    if step > 0:
        reader.groups.append(row.get("relevant"))
    elif reader.groups:
        reader.groups.pop()
    else:
        reader.wrong(row, "type", "no group is open here", "leave the row out")


def _common(reader: _Reader, row: Row) -> Data:
    """What questions of all types have."""
    for column, remedy in UNASKED.items():
        if row.get(column):
            reader.wrong(row, column, "can't be done in a chat", remedy)
    for column in row.cells:
        if column.split("::")[0] in ("image", "audio", "video", "media"):
            reader.wrong(row, column, "is not sent with questions", "say it in words")
    data: Data = {"id": row.get("name"), "text": _texts(reader, row, "label")}
    data["required"] = _required(reader, row)
    for key, column in (("hint", "hint"), ("remark", "constraint_message")):
        if texts := _texts(reader, row, column):
            data[key] = texts
    conditions = [each for each in (*reader.groups, row.get("relevant")) if each]
    if conditions:
        data["relevant"] = _all(conditions)
    if row.get("constraint"):
        data["constraint"] = row.get("constraint")
    return data


def _all(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else " and ".join(f"({c})" for c in conditions)


def _required(reader: _Reader, row: Row) -> bool:
    said = row.get("required").lower().replace(" ", "")
    if said not in (*YES, *NO):
        reader.wrong(row, "required", "is neither yes nor no", "write yes, or ask with relevant")
    return said in YES


def _shape(reader: _Reader, row: Row, kind: str) -> Data | None:
    """What the type asks for; None where it can't be asked."""
    first, *others = kind.split(" ")
    if first in CHOSEN:
        return _choosing(reader, row, CHOSEN[first], others)
    if kind.lower() == "range":
        return _range(reader, row)
    plain = PLAIN.get(kind.lower())
    if plain is None:
        there = ", ".join(sorted({*PLAIN, *CHOSEN, "range"}))
        reader.wrong(row, "type", f"{kind or 'nothing'} can't be asked in a chat", f"use {there}")
        return None
    if plain != "number":
        return {"type": plain}
    number = {"type": plain, "least": -LARGEST, "most": LARGEST}
    return number if kind.lower() == "decimal" else {**number, **_beside(row, ". = int(.)")}


def _beside(row: Row, condition: str) -> Data:
    """A constraint of the type's own, beside the form's."""
    own = row.get("constraint")
    return {"constraint": _all([condition, *([own] if own else [])])}


def _choosing(reader: _Reader, row: Row, kind: str, words: Sequence[str]) -> Data | None:
    name, other = (words[0] if words else ""), words[1:] == ["or_other"]
    if words[1:] and not other:
        reader.wrong(
            row, "type", f"{' '.join(words[1:])} is not known", "write only the list's name"
        )
    options = reader.choices.get(name)
    if options is None:
        reader.wrong(row, "type", f"there is no list {name or 'named'}", "add it to choices")
        return None
    if other:
        tongues = options[0]["label"]
        label = {t: OTHER.get(t, OTHER["en"]) for t in tongues}
        specify = {t: SPECIFY.get(t, SPECIFY["en"]) for t in tongues}
        options = [*options, {"value": "other", "label": label, "specify": specify}]
    shape: Data = {"type": kind, "options": options}
    if kind == "ranking":
        shape["least"] = len(options)
    if _parameters(row).get("randomize", "").lower() == "true":
        shape["shuffled"] = True
    return shape


def _parameters(row: Row) -> dict[str, str]:
    parts = re.split(r"[\s,;]+", row.get("parameters"))
    return dict(part.split("=", 1) for part in parts if "=" in part)


def _range(reader: _Reader, row: Row) -> Data | None:
    given = {"start": "0", "end": "10", "step": "1", **_parameters(row)}
    try:
        start, end, step = (float(given[key]) for key in ("start", "end", "step"))
        whole = (start, end) == (int(start), int(end))
    except (ValueError, OverflowError):
        reader.wrong(row, "parameters", "are no numbers", "write start=1 end=5 step=1")
        return None
    if not whole:
        reader.wrong(row, "parameters", "have parts of numbers as ends", "start and end whole")
        return None
    if not step > 0:
        reader.wrong(row, "parameters", f"have a step of {step:g}", "let it be more than 0")
        return None
    bounds = {"least": int(start), "most": int(end)}
    stars = {"stars": True} if row.get("appearance") == "rating" and start == 1 else {}
    if step == 1 and 0 < end - start < STEPS:
        return {"type": "scale", **bounds, **stars}
    if step == 1:
        return {"type": "number", **bounds}
    return {
        "type": "number",
        **bounds,
        **_beside(row, f"(. - ({bounds['least']})) mod {step:g} = 0"),
    }
