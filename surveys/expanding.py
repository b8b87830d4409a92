"""What a definition may write short becomes the questions that are asked.

A matrix is one choice for each row. An option that is to be specified («other») brings a
question about it, asked of those who chose it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveys.reader import Reader

MATRIX_KEYS = frozenset(
    {"id", "type", "text", "hint", "required", "rows", "options", "relevant"} | {"block"}
)
OTHER = "_other"
"""What the id of a question about «other» ends with, as in XLSForm's or_other."""


def expanded(reader: Reader, data: Mapping[str, Any], path: str) -> Iterator[Mapping[str, Any]]:
    """One or more questions as data; faults of what is written short are noted."""
    if data.get("type") == "matrix":
        yield from _rows(reader, data, path)
        return
    specified = _specified(data.get("options"))
    yield {**data, "options": [_plain(each) for each in data["options"]]} if specified else data
    for value, text in specified:
        yield _about(data, value, text)


def _rows(reader: Reader, data: Mapping[str, Any], path: str) -> Iterator[Mapping[str, Any]]:
    reader.only(data, MATRIX_KEYS, path)
    text, rows = reader.names(data, "text", f"{path}."), data.get("rows")
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        reader.wrong(f"{path}.rows", "are no list", "write a list of {value, label}")
        return
    shared = {key: data[key] for key in data if key not in ("rows", "text", "id")}
    for at, each in enumerate(rows):
        where = f"{path}.rows[{at}]"
        row = reader.mapping(each, where)
        reader.only(row, frozenset({"value", "label"}), where)
        name = reader.identifier(row, "value", f"{where}.")
        label = reader.names(row, "label", f"{where}.")
        words = {tongue: f"{text[tongue]}\n▸ {label.get(tongue, name)}" for tongue in text}
        yield {**shared, "type": "choice", "id": f"{data.get('id', '')}_{name}", "text": words}


def _specified(options: object) -> list[tuple[str, object]]:
    """The options to be specified and the questions about them."""
    if not isinstance(options, Sequence) or isinstance(options, str):
        return []
    each = [option for option in options if isinstance(option, Mapping) and "specify" in option]
    return [(str(option.get("value", "")), option["specify"]) for option in each]


def _plain(option: object) -> object:
    """Without the question about it; it stays last where options are shuffled."""
    if not isinstance(option, Mapping) or "specify" not in option:
        return option
    return {"last": True, **{key: option[key] for key in option if key != "specify"}}


def _about(data: Mapping[str, Any], value: str, text: object) -> Mapping[str, Any]:
    asked = str(data.get("id", ""))
    return {
        "id": f"{asked}{OTHER}" if value == "other" else f"{asked}_{value}",
        "type": "text",
        "required": False,
        "most": 200,
        "text": text,
        "relevant": f"selected(${{{asked}}}, '{value}')",
        **({"block": data["block"]} if "block" in data else {}),
    }
