"""Conditions as text: the part of XPath that XLSForm uses, parsed and reckoned. Nothing is run.

Source of the syntax: xlsform.org, «Relevant», «Constraint», and XPath 1.0 (W3C). A question is
`${id}`, the answer being judged is `.`. What was not answered is the empty text. Unlike XPath,
dates and times count in comparisons: a day as days since 1970, a time as a part of a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeGuard

LONGEST = 1000
"""Characters of an expression: nobody can read a longer one."""
DEEPEST = 40
"""Brackets and functions within each other."""

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|\$\{\s*(?P<question>[A-Za-z0-9_-]+)\s*\}"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_:-]*)"
    r"|(?P<sign><=|>=|!=|[-+*=<>(),.]))"
)

ARITIES = {
    "selected": 2,
    "count-selected": 1,
    "not": 1,
    "true": 0,
    "false": 0,
    "string-length": 1,
    "contains": 2,
    "starts-with": 2,
    "coalesce": 2,
    "if": 3,
    "int": 1,
    "round": 1,
    "number": 1,
    "string": 1,
    "today": 0,
}
"""The functions there are, and how many arguments each takes."""

LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
"""Operators from those that bind least."""

LONG = ("or", "and")
"""Operators of which a row is one node, however long: conditions list many options."""


class Unreadable(ValueError):
    """An expression cannot be parsed; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text."""

    value: float | str


@dataclass(frozen=True, slots=True)
class Reference:
    """The answer to a question; the one being judged where `question` is empty."""

    question: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with what it is used on; `negative` is the minus sign."""

    name: str
    arguments: tuple[Node, ...]


Node = Literal | Reference | Call


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression: kind (number, text, question, name, sign, end), text, place."""

    kind: str
    text: str
    at: int


@lru_cache(maxsize=4096)
def parse(source: str) -> Node:
    """The expression's tree. Raises Unreadable."""
    if len(source) > LONGEST:
        raise Unreadable(f"is longer than {LONGEST} characters")
    parser = _Parser(list(_tokens(source)))
    node = parser.level(0)
    if parser.here.kind != "end":
        raise Unreadable(f"has {parser.here.text!r} at character {parser.here.at + 1} too much")
    return node


def nodes(node: Node) -> Iterator[Node]:
    """A tree's nodes, the top first."""
    yield node
    if isinstance(node, Call):
        for each in node.arguments:
            yield from nodes(each)


def references(node: Node) -> tuple[str, ...]:
    """The questions that an expression looks at, each once, in order; without itself."""
    found = (each.question for each in nodes(node) if isinstance(each, Reference))
    return tuple(dict.fromkeys(filter(None, found)))


def expected(node: Node) -> Iterator[tuple[str, str]]:
    """Which question is held against which text: ${q} = 'a' and selected(${q}, 'a')."""
    for each in nodes(node):
        if not isinstance(each, Call) or each.name not in ("=", "!=", "selected"):
            continue
        match each.arguments:
            case (Reference(question), Literal(str(value))) | (
                Literal(str(value)),
                Reference(question),
            ) if question and value:
                yield question, value


def _same(node: Node, operator: str) -> TypeGuard[Call]:
    return operator in LONG and isinstance(node, Call) and node.name == operator


def _tokens(source: str) -> Iterator[Token]:
    at = 0
    while source[at:].strip():
        found = TOKEN.match(source, at)
        if found is None:
            raise Unreadable(f"can't be read from {source[at:].strip()[:12]!r} on")
        kind = str(found.lastgroup)
        yield Token(kind, found[kind], found.start(kind))
        at = found.end()
    yield Token("end", "its end", len(source))


class _Parser:
    """Reads tokens one after the other; each method leaves off behind what it read."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def here(self) -> Token:
        return self._tokens[self._at]

    def level(self, binding: int) -> Node:
        """Operators of this level or above, those of equal binding from the left."""
        if binding == len(LEVELS):
            return self._signed()
        node, steps = self.level(binding + 1), 0
        while self.here.kind in ("sign", "name") and self.here.text in LEVELS[binding]:
            operator = self._next().text
            before = node.arguments if _same(node, operator) and steps else (node,)
            node, steps = Call(operator, (*before, self.level(binding + 1))), steps + 1
            if steps > DEEPEST and operator not in LONG:
                raise Unreadable(f"has more than {DEEPEST} signs in a row")
        return node

    def _next(self) -> Token:
        token = self.here
        self._at += token.kind != "end"
        return token

    def _signed(self) -> Node:
        if (self.here.kind, self.here.text) == ("sign", "-"):
            self._next()
            return self._deeper(lambda: Call("negative", (self._signed(),)))
        return self._single()

    def _deeper(self, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable(f"is nested deeper than {DEEPEST}")
        node = read()
        self._depth -= 1
        return node

    def _single(self) -> Node:
        token = self._next()
        match token.kind, token.text:
            case "number", text:
                return Literal(float(text))
            case "text", text:
                return Literal(text[1:-1])
            case "question", text:
                return Reference(text)
            case "sign", ".":
                return Reference()
            case "sign", "(":
                return self._deeper(self._bracket)
            case "name", name:
                return self._deeper(lambda: self._function(name))
        raise Unreadable(f"has {token.text} where a value is due (character {token.at + 1})")

    def _bracket(self) -> Node:
        inner = self.level(0)
        self._expect(")")
        return inner

    def _function(self, name: str) -> Node:
        if name not in ARITIES:
            raise Unreadable(f"has {name}, which is none of {', '.join(sorted(ARITIES))}")
        self._expect("(")
        arguments: list[Node] = []
        while (self.here.kind, self.here.text) != ("sign", ")"):
            if arguments:
                self._expect(",")
            arguments.append(self.level(0))
        self._next()
        if len(arguments) != ARITIES[name]:
            raise Unreadable(f"gives {name} {len(arguments)} values in place of {ARITIES[name]}")
        return Call(name, tuple(arguments))

    def _expect(self, sign: str) -> None:
        token = self._next()
        if (token.kind, token.text) != ("sign", sign):
            raise Unreadable(f"has {token.text} where {sign} is due (character {token.at + 1})")
