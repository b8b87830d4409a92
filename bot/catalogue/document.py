"""YAML files that remember on which line each of their values stands."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.model.errors import Fault

Loc = tuple[str | int, ...]
"""The way to a value from the top of a file: keys and indices (from 0)."""

_SCALARS = yaml.constructor.SafeConstructor()
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: its name for people, its plain data and its nodes."""

    file: str
    data: object
    root: yaml.Node

    def line(self, loc: Loc) -> int:
        """The line (from 1) of the value at `loc`, or of the nearest value above it."""
        node, line = self.root, self.root.start_mark.line
        for step in loc:
            found = _child(node, step)
            if found is not None:
                line, node = found
        return int(line) + 1

    def fault(self, loc: Loc, fault: str, remedy: str) -> Fault:
        """A fault of the value at `loc`."""
        return Fault(self.file, self.line(loc), fault, remedy)


class _Whole(yaml.SafeDumper):
    """Writes everything out, also what stands there twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nobody wants to read what *id003 stands for."""
        return True


def as_yaml(data: object) -> str:
    """Plain data as a text for people to go on writing."""
    told = yaml.dump(data, Dumper=_Whole, allow_unicode=True, sort_keys=False, width=100)
    return str(told)


def text_of(path: Path, faults: list[Fault]) -> str | None:
    """The file's text; None, and a fault, where it is absent or not UTF-8."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        faults.append(Fault(str(path), 1, f"cannot be read: {reason}", "create this file"))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(Fault(str(path), line, "is not UTF-8", "save the file as UTF-8"))
        return None


def document(path: Path, faults: list[Fault]) -> Document | None:
    """The file as a Document; None where it has faults, which are added to `faults`."""
    text = text_of(path, faults)
    return None if text is None else read(str(path), text, faults)


def read(file: str, text: str, faults: list[Fault]) -> Document | None:
    """The text of a file of that name as a Document; None where it has faults."""
    root = _composed(file, text, faults)
    if root is None:
        return None
    found = list(_slips(root, file, ()))
    faults.extend(found)
    return None if found else Document(file, _plain(root), root)


def documents(folder: Path, faults: list[Fault]) -> Iterator[Document | None]:
    """The folder's YAML files in the order of their names; None for one with faults."""
    for path in sorted(folder.glob("*.yaml")):
        yield document(path, faults)


def _composed(file: str, text: str, faults: list[Fault]) -> yaml.Node | None:
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
        remedy = "correct the indentation, quotes or brackets here"
        faults.append(Fault(file, line, f"is not YAML: {problem}", remedy))
        return None
    if root is None:
        faults.append(Fault(file, 1, "is empty", "write its content or remove the file"))
    return root


def _slips(node: yaml.Node, file: str, above: tuple[yaml.Node, ...]) -> Iterator[Fault]:
    """What YAML allows and a definition does not: double keys, endless blocks, bad scalars."""
    line = node.start_mark.line + 1
    if any(node is other for other in above):
        yield Fault(file, line, "the alias (*) repeats a block in itself", "write it out")
    elif isinstance(node, yaml.ScalarNode):
        yield from _scalar_slips(node, file, line)
    elif isinstance(node, yaml.MappingNode):
        yield from _double_keys(node, file)
        for key, value in node.value:
            yield from _slips(key, file, (*above, node))
            yield from _slips(value, file, (*above, node))
    else:
        for item in node.value:
            if item.tag != _TEXT:  # thousands of sentences have nothing to slip on
                yield from _slips(item, file, (*above, node))


def _scalar_slips(node: yaml.ScalarNode, file: str, line: int) -> Iterator[Fault]:
    if node.tag == _TEXT:
        return
    try:
        _SCALARS.construct_object(node)
    except (yaml.YAMLError, ValueError):
        yield Fault(file, line, f"{node.value} cannot be read as a value", "write it in quotes")


def _double_keys(node: yaml.MappingNode, file: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            yield Fault(file, line, "a key is not text", "write a single word before the colon")
        elif key.value in first:
            fault = f"the key {key.value} stands twice (first on line {first[key.value]})"
            yield Fault(file, line, fault, "keep one of them")
        else:
            first[key.value] = line


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return {_key(key): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if node.tag == _TEXT:
        return node.value
    plain: object = _SCALARS.construct_object(node)
    return plain


def _key(node: yaml.Node) -> Hashable:
    """Keys are text as they stand: `no`, `on` and `1999` are names here."""
    return str(node.value)


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        pairs = ((key, value) for key, value in node.value if key.value == str(step))
        return next(((key.start_mark.line, value) for key, value in pairs), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None
