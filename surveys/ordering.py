"""The order that one session is asked in: a block's questions come as the lot falls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import groupby

from surveys import piping
from surveys.definition import Names, Question, Survey
from surveys.expression import parse, references


def ordered(survey: Survey, seed: str, order: Sequence[str] = ()) -> Iterator[Question]:
    """All questions; those of a block in an order that the seed alone decides, statements that
    stand together in that of `order` (ids) where there is one.

    Questions that look back at others that they move with stay behind these.
    """
    drawn = _drawn(survey, seed)
    rank = {name: at for at, name in enumerate(order)}
    for kind, some in groupby(drawn, key=lambda question: question.type):
        if order and kind == "statement":
            units = sorted(_units(tuple(some)), key=lambda unit: rank.get(unit[0].id, len(rank)))
            yield from (question for unit in units for question in unit)
        else:
            yield from some


def _drawn(survey: Survey, seed: str) -> Iterator[Question]:
    for block, some in groupby(survey.questions, key=lambda question: question.block):
        if block:
            drawn = sorted(_units(tuple(some)), key=lambda unit: lot(seed, unit[0].id))
            yield from (question for unit in drawn for question in unit)
        else:
            yield from some


def lot(seed: str, name: str) -> bytes:
    """What one thing of those that are shuffled draws."""
    return blake2b(f"{seed} {name}".encode(), digest_size=8).digest()


def _units(block: Sequence[Question]) -> list[list[Question]]:
    """What stays together, in the block's order: a question and those that look back at it."""
    units: list[list[Question]] = []
    for question in block:
        seen = looked_at(question)
        mine = [unit for unit in units if any(each.id in seen for each in unit)]
        units = [unit for unit in units if unit not in mine]
        units.append([*(each for unit in mine for each in unit), question])
    return units


def looked_at(question: Question) -> set[str]:
    """The questions that its conditions and words look back at."""
    sources = filter(None, (question.relevant, question.constraint))
    texts: list[Names] = [question.text, question.hint or {}]
    held = (name for some in texts for text in some.values() for name in piping.names(text))
    return {*held, *(name for source in sources for name in references(parse(source)))}
