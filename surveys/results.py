"""What a survey shows: people and not runs, where they left, what they said, and by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys import suppression
from surveys.branching import given, path
from surveys.definition import Question, Survey
from surveys.opinions import Opinions, opinions, votes
from surveys.opinions import published as publishable
from surveys.quotas import counted
from surveys.session import Answer, Session, SessionState, Value, chosen
from surveys.showing import told
from surveys.tally import answerable, tally
from surveys.weighting import Margins, rake, share

COUNTED = ("choice", "yes_no", "scale", "statement", "several")
"""Types whose answers are counted by option and can be held against each other."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far people came: of those who saw a question, how many answered or skipped it, and
    how many left the survey there."""

    question: str
    seen: int
    answered: int
    skipped: int
    left: int


@dataclass(frozen=True, slots=True)
class Cross:
    """People by the options of two questions. Labels are option values."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


def answers(sessions: Iterable[Session]) -> list[Answer]:
    """Every answer of these sessions."""
    return [answer for session in sessions for answer in session.answers]


def finished(sessions: Iterable[Session]) -> int:
    """How many people came to the end."""
    return sum(session.state is SessionState.FINISHED for session in sessions)


def whole(survey: Survey, sessions: Sequence[Session], by: str | None = None) -> dict[str, Any]:
    """All that staff see: people, how many finished, each question's tally, where people left,
    how full quotas are, and with `by` every counted question held against that one. Raises
    ValueError as `cross`."""
    found: dict[str, Any] = {
        "id": survey.id,
        "version": survey.version,
        "people": len(sessions),
        "finished": finished(sessions),
        "questions": tally(survey, answers(sessions)),
        "reached": reached(survey, sessions),
    }
    if survey.quotas:
        found["quotas"] = counted(survey.quotas, sessions)
    if len(statements(survey)) > 1:
        found["opinions"] = voted(survey, sessions)
    if by is not None:
        others = [q.id for q in survey.questions if q.type in COUNTED and q.id != by]
        found["crossed"] = {of: cross(survey, sessions, by, of) for of in others}
    return found


def weighted(
    survey: Survey, sessions: Sequence[Session], population: Margins, language: str
) -> dict[str, Any]:
    """Shares by option as if those who answered were the city's people.

    `population` is people per category and dimension; a category is an option's label in
    `language`. With the shares comes what weighting costs (`effect`, `effective` people), the
    categories in which nobody answered, and per share its margin of error at 95 %, which tells
    chance alone. Raises ValueError where the survey weighs by nothing that the city counts.
    """
    margins = {name: population[name] for name in survey.weigh if name in population}
    if not margins:
        raise ValueError(f"{survey.id} weighs by nothing that this city has a population of")
    people = [_belonging(survey, session, margins, language) for session in sessions]
    found = rake(people, margins)
    return {
        "people": len(people),
        "converged": found.converged,
        "effect": round(found.effect, 3),
        "effective": round(found.effective, 1),
        "empty": found.empty,
        "questions": [
            {"id": q.id, "shares": _shares(q, sessions, found.weights)}
            for q in survey.questions
            if q.type in COUNTED
        ],
    }


def _belonging(survey: Survey, session: Session, margins: Margins, language: str) -> dict[str, str]:
    said = given(session)
    asked = {name: survey.question(survey.weigh[name]) for name in margins}
    return {name: told(q, said.get(q.id), language) for name, q in asked.items()}


def _shares(
    question: Question, sessions: Sequence[Session], weights: Sequence[float]
) -> dict[str, dict[str, float]]:
    """Of those who answered: the weighted share of each option and its margin of error."""
    said = [
        (_said(value), weight)
        for session, weight in zip(sessions, weights, strict=True)
        if (value := given(session).get(question.id)) is not None
    ]
    found = {}
    for value in answerable(question):
        part, margin = share([value in each for each, _ in said], [weight for _, weight in said])
        found[value] = {"share": round(part, 4), "margin": round(margin, 4)}
    return found


def statements(survey: Survey) -> tuple[str, ...]:
    """The ids of the statements that a survey puts to the vote."""
    return tuple(q.id for q in survey.questions if q.type == "statement")


def voted(survey: Survey, sessions: Iterable[Session]) -> Opinions:
    """The opinion groups behind the votes on a survey's statements."""
    asked = statements(survey)
    return opinions(asked, votes(asked, sessions))


def reached(survey: Survey, sessions: Iterable[Session]) -> tuple[Reached, ...]:
    """The drop-off by question, in the survey's order."""
    seen, answered, skipped, left = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for session in sessions:
        said = given(session)
        asked = path(survey, said, session.day, session.seed, session.order)
        # A parted session lost its seed: what it answered stays known, where it ended may not.
        ended = next((question.id for question in asked if question.id not in said), None)
        left.update(filter(None, [ended]))
        seen.update(q.id for q in asked if q.id in said or q.id == ended)
        for question in (each for each in asked if each.id in said):
            (skipped if said[question.id] is None else answered)[question.id] += 1
    return tuple(
        Reached(q.id, seen[q.id], answered[q.id], skipped[q.id], left[q.id])
        for q in survey.questions
    )


def cross(survey: Survey, sessions: Iterable[Session], by: str, of: str) -> Cross:
    """People by their answers to `by` (rows) and `of` (columns); small cells stay visible.

    Raises ValueError when one of the questions has no options to count.
    """
    first, second = survey.question(by), survey.question(of)
    for question in (first, second):
        if question.type not in COUNTED:
            raise ValueError(f"{question.id} is a {question.type}, which has no options to count")
    both = Counter[tuple[str, str]]()
    for session in sessions:
        said = given(session)
        both.update((a, b) for a in _said(said.get(by)) for b in _said(said.get(of)))
    rows, columns = answerable(first), answerable(second)
    return Cross(rows, columns, tuple(tuple(both[row, c] for c in columns) for row in rows))


def published(survey: Survey, sessions: Sequence[Session]) -> list[dict[str, Any]]:
    """What everybody may see of a round that is over: counts by option, small groups hidden.

    Per counted question: id, type, people, counts (None where hidden). Questions that fewer
    people answered than are published, and words, places, days and numbers, are left out.
    """
    rows = []
    for row in tally(survey, answers(sessions)):
        if row["type"] in COUNTED and row["n"] >= suppression.LEAST:
            counts = _safe(row)
            rows.append(
                {"id": row["id"], "type": row["type"], "people": row["n"], "counts": counts}
            )
    return rows


def release(survey: Survey, round_id: str, sessions: Sequence[Session]) -> dict[str, Any]:
    """The document that is published of a round that is over.

    `people` began it, `finished` came to the end; both are None below the smallest group that
    is published, and then there are no questions. `opinions` is None where votes part nobody.
    Texts and labels are by language.
    """
    people, ended = len(sessions), finished(sessions)
    shown = people >= suppression.LEAST
    both = suppression.line({"finished": ended, "left": people - ended})
    return {
        "survey": survey.id,
        "version": survey.version,
        "round": round_id,
        "title": dict(survey.title),
        "people": people if shown else None,
        "finished": both["finished"] if shown else None,
        "questions": [_described(survey, row) for row in published(survey, sessions)],
        "opinions": _parted(survey, sessions) if shown else None,
    }


def _parted(survey: Survey, sessions: Sequence[Session]) -> dict[str, Any] | None:
    if len(statements(survey)) < 2:
        return None
    return publishable(voted(survey, sessions), suppression.LEAST)


def _described(survey: Survey, row: Mapping[str, Any]) -> dict[str, Any]:
    question = survey.question(row["id"])
    labels = {option.value: dict(option.label) for option in question.options}
    if question.type == "scale":
        ends = {question.least: question.low, question.most: question.high}
        labels = {str(step): dict(end) for step, end in ends.items() if end}
    return {**row, "text": dict(question.text), "labels": labels}


def _safe(row: Mapping[str, Any]) -> dict[str, int | None]:
    """The options ticked by people who may tick several don't add up: each is a line of two."""
    counts: Mapping[str, int] = row["counts"]
    if row["type"] != "several":
        return suppression.line(counts)
    others = {option: row["n"] - count for option, count in counts.items()}
    return {o: suppression.line({"in": counts[o], "out": others[o]})["in"] for o in counts}


def _said(value: Value | None) -> tuple[str, ...]:
    return tuple(str(each) for each in chosen(value))
