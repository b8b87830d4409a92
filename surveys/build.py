"""A definition as data (YAML, JSON) → Survey, every fault at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from surveys import piping
from surveys.audience import audience
from surveys.definition import Names, Option, Question, Survey
from surveys.errors import Faults
from surveys.expanding import expanded
from surveys.expression import Node, Unreadable, expected, parse, references
from surveys.questions import TYPES
from surveys.questions.base import folded
from surveys.quotas import quotas
from surveys.reader import Reader
from surveys.timetable import schedule

KEYS = frozenset(
    {"id", "version", "title", "intro", "minutes", "questions", "schedule", "remind_after"}
    | {"open_for", "weigh", "anonymous", "audience", "over_quota", "web", "quotas"}
    | {"informative", "purpose"}
)
QUESTION_KEYS = frozenset(
    {"id", "type", "text", "hint", "required", "options", "least", "most", "low", "high"}
    | {"relevant", "constraint", "remark", "unit", "stars", "shuffled", "block"}
)
NAMES = ("low", "high", "hint", "remark", "unit")
"""Texts that a question may do without."""

REMINDED = range(61)
"""Days after which to remind; later nobody knows what of. 0 is never."""

OPEN = range(367)
"""Days that a round can be open; 0 is for good."""

OVER_QUOTA = ("refuse", "spread")
"""What becomes of a round that a month's messages do not suffice for."""

LEAST = {"number": 0, "suggestion": 5}
MOST = {"several": 0, "ranking": 0, "text": 500, "suggestion": 140, "scale": 5, "number": 1_000_000}
"""What `least` and `most` are when not said; 0 stands for all options."""

TRUTHS = {True: "true()", False: "false()"}
"""What YAML's true and false are as expressions."""

WHOLE = re.compile("0|-?[1-9][0-9]{0,8}")
"""A whole number as an answer is written."""


def word(value: object) -> str:
    """A value as text. YAML takes a yes or no without quotes for true or false."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def build(data: object) -> Survey:
    """The survey that the data defines. Raises Faults with every fault."""
    reader = Reader()
    top = reader.mapping(data, "")
    reader.only(top, KEYS, "")
    questions = _questions(reader, top.get("questions"))
    title = reader.names(top, "title", "")
    survey = Survey(
        id=reader.identifier(top, "id", ""),
        version=reader.counted(top, "version"),
        title=title,
        intro=reader.names(top, "intro", ""),
        minutes=reader.counted(top, "minutes"),
        questions=tuple(question for _, question in questions),
        schedule=schedule(reader, top.get("schedule", {"every": "never"})),
        remind_after=reader.within(top, "remind_after", "", REMINDED, "days", 0),
        open_for=reader.within(top, "open_for", "", OPEN, "days", 0),
        anonymous=reader.flag(top, "anonymous", "", False),
        web=reader.flag(top, "web", "", False),
        informative=reader.flag(top, "informative", "", False),
        purpose=reader.identifier(top, "purpose", "") if "purpose" in top else "",
        over_quota=reader.one_of(top, "over_quota", OVER_QUOTA),
        audience=audience(reader, top.get("audience", {}), title),
        quotas=quotas(reader, top.get("quotas"), [question for _, question in questions]),
        weigh=_weigh(reader, top.get("weigh", {}), [question for _, question in questions]),
    )
    _look_back(reader, questions)
    if survey.anonymous and not survey.open_for:
        reader.wrong("anonymous", "needs a round that ends", "write open_for, in days")
    if survey.anonymous and any(question.type == "photo" for question in survey.questions):
        reader.wrong("anonymous", "a photo tells whose it is", "ask for none")
    if survey.web and any(q.type == "photo" and q.required for q in survey.questions):
        reader.wrong("web", "a page takes no photo", "let the photo be required: false")
    if 0 < survey.open_for <= survey.remind_after:
        reader.wrong("remind_after", "is when the round has ended", "let it be less than open_for")
    if reader.faults:
        raise Faults(tuple(reader.faults))
    return survey


Placed = tuple[str, Question]
"""A question and where in the definition it comes from."""


def _questions(reader: Reader, value: object) -> list[Placed]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        reader.wrong("questions", "is no list of questions", "write at least one")
        return []
    found = []
    for at, each in enumerate(value):
        path = f"questions[{at}]"
        written = reader.mapping(each, path)
        found += [(path, _question(reader, data, path)) for data in expanded(reader, written, path)]
    seen: set[str] = set()
    for path, question in found:
        if question.id in seen:
            reader.wrong(f"{path}.id", f"{question.id} is there twice", "rename one")
        seen.add(question.id)
    _whole_blocks(reader, found)
    return found


def _whole_blocks(reader: Reader, questions: Sequence[Placed]) -> None:
    runs = [next(some) for _, some in groupby(questions, key=lambda placed: placed[1].block)]
    begun: set[str] = set()
    for path, question in runs:
        if question.block in begun:
            fault = f"the block {question.block} was left before"
            reader.wrong(f"{path}.block", fault, "put its questions side by side")
        begun |= {question.block} - {""}


def _question(reader: Reader, data: Mapping[str, Any], path: str) -> Question:
    reader.only(data, QUESTION_KEYS, path)
    dot = f"{path}."
    kind = str(data.get("type", ""))
    options = _options(reader, data.get("options", ()), path)
    question = Question(
        id=reader.identifier(data, "id", dot),
        type=kind,
        text=reader.names(data, "text", dot),
        required=reader.flag(data, "required", dot, True),
        options=options or (TYPES[kind].options if kind in TYPES else ()),
        least=reader.whole(data, "least", dot, LEAST.get(kind, 1)),
        most=reader.whole(data, "most", dot, MOST.get(kind, 1) or len(options)),
        relevant=_relevant(reader, data.get("relevant"), path),
        constraint=_expression(reader, data.get("constraint"), f"{dot}constraint"),
        stars=reader.flag(data, "stars", dot, False),
        shuffled=reader.flag(data, "shuffled", dot, False),
        block=reader.identifier(data, "block", dot) if "block" in data else "",
        **{key: reader.names(data, key, dot) for key in NAMES if key in data},
    )
    if kind not in TYPES:
        reader.wrong(f"{dot}type", f"{kind or 'nothing'} is no type", f"use {', '.join(TYPES)}")
        return question
    for fault, remedy in TYPES[kind].faults(question):
        reader.wrong(path, fault, remedy)
    return question


def _options(reader: Reader, value: object, path: str) -> tuple[Option, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        reader.wrong(f"{path}.options", "is no list", "write a list of options")
        return ()
    found = []
    for at, each in enumerate(value):
        where = f"{path}.options[{at}]"
        data = reader.mapping(each, where)
        reader.only(data, frozenset({"value", "label", "alone", "last"}), where)
        name = reader.identifier(data, "value", f"{where}.")
        label = reader.names(data, "label", f"{where}.")
        alone = reader.flag(data, "alone", f"{where}.", False)
        found.append(Option(name, label, alone, reader.flag(data, "last", f"{where}.", alone)))
    if len({folded(option.value) for option in found}) < len(found):
        reader.wrong(f"{path}.options", "a value is there twice", "make each value its own")
    if _alike(found):
        reader.wrong(f"{path}.options", "two options read the same", "make each label its own")
    return tuple(found)


def _alike(options: Sequence[Option]) -> bool:
    """Whether two options have one label in a language: nobody could tell them apart."""
    labels = [(tongue, folded(text)) for o in options for tongue, text in o.label.items() if text]
    return len(set(labels)) < len(labels)


def _relevant(reader: Reader, value: object, path: str) -> str:
    """An expression, or the short form {question, is | any_of} made into one."""
    if not isinstance(value, Mapping):
        return _expression(reader, value, f"{path}.relevant")
    reader.only(value, frozenset({"question", "is", "any_of"}), f"{path}.relevant")
    among = value.get("any_of", [value["is"]] if "is" in value else [])
    if not isinstance(among, Sequence) or isinstance(among, str) or not among:
        reader.wrong(f"{path}.relevant", "names no values", "write is: x or any_of: [x, y]")
        return ""
    asked = f"${{{value.get('question', '')}}}"
    return _expression(reader, " or ".join(_is(asked, word(e)) for e in among), f"{path}.relevant")


def _is(asked: str, value: str) -> str:
    """Only a typed answer can hold a space, and then it is the whole of it."""
    quoted = f'"{value}"' if "'" in value else f"'{value}'"
    return f"{asked} = {quoted}" if " " in value else f"selected({asked}, {quoted})"


def _expression(reader: Reader, value: object, path: str) -> str:
    if value is None:
        return ""
    source = TRUTHS[value] if isinstance(value, bool) else str(value)
    try:
        parse(source)
    except Unreadable as wrong:
        reader.wrong(path, str(wrong), "write for example ${other} = 'yes' and . > 3")
        return ""
    return source


def _look_back(reader: Reader, questions: Sequence[Placed]) -> None:
    """Conditions and texts look back at questions that were asked, and at values they can have."""
    before: dict[str, Question] = {}
    for path, question in questions:
        for field in ("relevant", "constraint"):
            if source := getattr(question, field):
                _sound(reader, parse(source), before, f"{path}.{field}")
        for field in ("text", "hint"):
            texts: Names = getattr(question, field) or {}
            for name in sorted({n for text in texts.values() for n in piping.names(text)}):
                if name not in before:
                    reader.wrong(f"{path}.{field}", *_never(name))
        before[question.id] = question


def _sound(reader: Reader, node: Node, before: Mapping[str, Question], path: str) -> None:
    for name in references(node):
        if name not in before:
            reader.wrong(path, *_never(name))
    for name, value in expected(node):
        if name in before and not _possible(before[name], value):
            reader.wrong(path, f"{value} is no answer to {name}", "name one that is")


def _never(name: str) -> tuple[str, str]:
    return f"{name or 'nothing'} is not asked before", "name an earlier question"


def _possible(question: Question, value: str) -> bool:
    if question.type in ("scale", "number"):
        whole = WHOLE.fullmatch(value)
        return whole is not None and question.least <= int(value) <= question.most
    return not question.options or value in {option.value for option in question.options}


def _weigh(reader: Reader, value: object, questions: Sequence[Question]) -> dict[str, str]:
    """Dimension to question: one that is answered with one option, whose labels are the
    categories of the population."""
    choices = {question.id for question in questions if question.type == "choice"}
    found = {}
    for dimension, question in reader.mapping(value, "weigh").items():
        if question in choices:
            found[str(dimension)] = str(question)
        else:
            fault = f"{question} is no question of one choice"
            reader.wrong(f"weigh.{dimension}", fault, "name a question of type choice")
    return found
