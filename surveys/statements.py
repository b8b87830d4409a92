"""Statements that participants put to each other's vote, and in which order they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from surveys.definition import Question, Survey
from surveys.questions import TYPES

Votes = tuple[int, int, int]
"""How many agreed, disagreed and passed."""

OWN = "own_"
"""What the id of a participant's statement begins with as a question."""


@dataclass(frozen=True, slots=True)
class Added:
    """A participant's statement that was accepted. `id` is plain: letters, digits, - and _."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """What is put to the vote in a round beside the survey's own statements, and the order in
    which statements tell most at the moment; both empty where there is nothing to tell."""

    added: tuple[Added, ...] = ()
    order: tuple[str, ...] = ()


def extended(survey: Survey, added: Sequence[Added]) -> Survey:
    """The survey with these behind its last statement; before its first invitation to make one
    where it has none."""
    if not added:
        return survey
    at = _behind(survey.questions)
    fresh = tuple(_question(survey, one) for one in added)
    return replace(survey, questions=(*survey.questions[:at], *fresh, *survey.questions[at:]))


def _behind(questions: Sequence[Question]) -> int:
    kinds = [question.type for question in questions]
    if "statement" in kinds:
        return len(kinds) - kinds[::-1].index("statement")
    return kinds.index("suggestion") if "suggestion" in kinds else len(kinds)


def _question(survey: Survey, one: Added) -> Question:
    """It is asked in the language that it was written in, whoever is asked."""
    text = dict.fromkeys(survey.title, one.text)
    return Question(f"{OWN}{one.id}", "statement", text, options=TYPES["statement"].options)


def informative(votes: Mapping[str, Votes]) -> tuple[str, ...]:
    """The statements, those first of which one more vote tells most: few have voted on them,
    they divide, and few pass. Ties go by the id."""
    return tuple(sorted(votes, key=lambda each: (-worth(*votes[each]), each)))


def worth(agreed: int, disagreed: int, passed: int) -> float:
    """What one more vote tells, from 0 to 1; one vote each way and one pass are added.

    The variance of agreeing, times the share that does not pass, over the root of the votes.
    """
    cast = agreed + disagreed
    likely = (agreed + 1) / (cast + 2)
    decided = (cast + 2) / (cast + passed + 3)
    return float(4 * likely * (1 - likely) * decided / (cast + passed + 1) ** 0.5)


def suggestions(questions: Iterable[Question]) -> tuple[str, ...]:
    """The questions that invite people to make a statement."""
    return tuple(question.id for question in questions if question.type == "suggestion")
