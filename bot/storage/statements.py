"""Participants' statements that staff accepted or refused; those undecided are answers still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from bot.storage.database import Unit
from bot.storage.survey_tables import answers, sessions, statements
from surveys.statements import Added

ACCEPTED, REFUSED, WAITING = "accepted", "refused", "waiting"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A statement that a participant made; `id` is that of the session, `state` waiting,
    accepted or refused."""

    id: str
    question: str
    round: str
    text: str
    state: str


async def suggested(unit: Unit, survey: str, questions: tuple[str, ...]) -> list[Suggested]:
    """Everything that was answered to these questions, the newest round first."""
    decided = statements.c.session == answers.c.session
    query = (
        select(answers.c.session, answers.c.question, sessions.c.round, answers.c.value)
        .add_columns(statements.c.state)
        .join(sessions, sessions.c.id == answers.c.session)
        .outerjoin(statements, decided & (statements.c.question == answers.c.question))
        .where(sessions.c.survey == survey, answers.c.question.in_(questions))
        .order_by(sessions.c.round.desc(), answers.c.at)
    )
    rows = await unit.connection.execute(query)
    said = [row for row in rows if isinstance(row.value, str)]
    return [
        Suggested(row.session, row.question, row.round, row.value, row.state or WAITING)
        for row in said
    ]


async def decide(
    unit: Unit, survey: str, one: Suggested, accepted: bool, by: str, now: datetime
) -> None:
    """Put a statement to the vote, or keep it from it."""
    row = {
        "id": unit.mint(),
        "survey": survey,
        "round": one.round,
        "session": one.id,
        "question": one.question,
        "text": one.text if accepted else "",
        "state": ACCEPTED if accepted else REFUSED,
        "by": by,
        "at": now,
    }
    await unit.connection.execute(insert(statements), row)


async def accepted(unit: Unit, survey: str, round_id: str | None = None) -> tuple[Added, ...]:
    """What was put to the vote in a round, or in all, in the order of acceptance."""
    wanted = [statements.c.survey == survey, statements.c.state == ACCEPTED]
    wanted += [statements.c.round == round_id] if round_id else []
    query = select(statements.c.id, statements.c.text).where(*wanted).order_by(statements.c.at)
    rows = await unit.connection.execute(query)
    # Buttons carry no question, so the id may be short; eight characters tell thousands apart.
    return tuple(Added(row.id.replace("-", "")[:8], row.text) for row in rows)
