"""Survey rounds, sessions and answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update

from bot.model.conversation import Conversation, Idle, Surveying
from bot.storage import conversations, invitations
from bot.storage.database import Unit
from bot.storage.lists import among, unless_there
from bot.storage.survey_tables import answers as given
from bot.storage.survey_tables import rounds
from bot.storage.survey_tables import sessions as held
from bot.storage.tables import dues, inbox, outbox, people
from surveys.questions.statement import AGREE, DISAGREE, PASS
from surveys.session import Answer, Session, SessionState


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it is remembered; `person` is None once they were forgotten."""

    id: str
    person: str | None
    survey: str
    version: int
    round: str
    language: str
    started: datetime
    finished: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """One answer and the session it was given in."""

    session: str
    round: str
    version: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class RoundCount:
    """How many were invited to a round, and how many finished it."""

    survey: str
    round: str
    invited: int
    finished: int


async def sessions(
    unit: Unit, survey: str, round_id: str | None = None, version: int | None = None
) -> list[Held]:
    """The sessions of a survey, in one round and version or all, the oldest first."""
    query = select(held).where(*_of(survey, round_id, version))
    return await _held(unit, query.order_by(held.c.started))


def _of(survey: str, round_id: str | None, version: int | None) -> list[ColumnElement[bool]]:
    """What sessions of a survey, and of a round or version where one is named, have."""
    named = ((held.c.round, round_id), (held.c.version, version))
    wanted = [column == value for column, value in named if value is not None]
    return [held.c.survey == survey, *wanted]


async def unfinished(unit: Unit, person: str) -> list[Held]:
    """The sessions that a person has not finished, the oldest first."""
    query = select(held).where(held.c.person == person, held.c.finished.is_(None))
    return await _held(unit, query.order_by(held.c.started))


async def begun(
    unit: Unit, person: str, survey: str, round_id: str, tz: ZoneInfo
) -> Session | None:
    """A person's session of a round with its answers, the first where there are several."""
    mine = (held.c.person == person, held.c.survey == survey, held.c.round == round_id)
    rows = await _held(unit, select(held).where(*mine).order_by(held.c.started).limit(1))
    if not rows:
        return None
    return _session(rows[0], await _answers_of(unit, rows[0].id), tz)


async def get(unit: Unit, session: str, tz: ZoneInfo) -> Session | None:
    """A known person's session of that id with its answers."""
    here = (held.c.id == session, held.c.person.is_not(None))
    rows = await _held(unit, select(held).where(*here))
    return _session(rows[0], await _answers_of(unit, session), tz) if rows else None


async def runs(
    unit: Unit, survey: str, tz: ZoneInfo, version: int | None = None, round_id: str | None = None
) -> list[Session]:
    """Everybody's sessions of a survey with their answers, the oldest first.

    A person has one in a round; where there are more, of before one was enough, the newest
    counts. `tz` is the city's, by which a session's day is told.
    """
    every = await sessions(unit, survey, round_id, version)
    latest = {(one.person or one.id, one.round): one for one in every}
    said: dict[str, list[Answer]] = {one.id: [] for one in latest.values()}
    for each in await answers(unit, survey, round_id, version):
        if each.session in said:
            said[each.session].append(each.answer)
    return [_session(one, said[one.id], tz) for one in latest.values()]


def _session(one: Held, said: Sequence[Answer], tz: ZoneInfo) -> Session:
    return Session(
        id=one.id,
        survey=one.survey,
        version=one.version,
        round=one.round,
        language=one.language,
        started=one.started,
        state=SessionState.FINISHED if one.finished else SessionState.PAUSED,
        answers=tuple(said),
        seed=one.id,
        day=one.started.astimezone(tz).date(),
    )


async def of_person(unit: Unit, person: str) -> list[tuple[Held, tuple[Answer, ...]]]:
    """A person's sessions with their answers, the oldest first."""
    found = await _held(unit, select(held).where(held.c.person == person).order_by(held.c.started))
    return [(session, await _answers_of(unit, session.id)) for session in found]


async def _answers_of(unit: Unit, session: str) -> tuple[Answer, ...]:
    rows = await unit.connection.execute(
        select(given).where(given.c.session == session).order_by(given.c.at)
    )
    return tuple(Answer(row.question, value(row.value), row.at) for row in rows)


async def _held(unit: Unit, query: Any) -> list[Held]:
    return [Held(*row) for row in await unit.connection.execute(query)]


async def answers(
    unit: Unit, survey: str, round_id: str | None = None, version: int | None = None
) -> list[Given]:
    """Every answer to a survey, in one round and version or all, the oldest first."""
    query = (
        select(given, held.c.round, held.c.version)
        .join(held, held.c.id == given.c.session)
        .where(*_of(survey, round_id, version))
        .order_by(given.c.at)
    )
    rows = await unit.connection.execute(query)
    return [
        Given(r.session, r.round, r.version, Answer(r.question, value(r.value), r.at)) for r in rows
    ]


def value(plain: Any) -> Any:
    """An answer's value from JSON, which has lists for tuples."""
    return tuple(plain) if isinstance(plain, list) else plain


async def invited(unit: Unit, survey: str, round_id: str, people: int) -> None:
    """So many people were invited to a round."""
    values = {"survey": survey, "round": round_id, "invited": people}
    await unit.connection.execute(unless_there(rounds), values)


async def drop(unit: Unit, session: str) -> None:
    """The session never was."""
    await unit.connection.execute(delete(given).where(given.c.session == session))
    await unit.connection.execute(delete(held).where(held.c.id == session))


async def move(unit: Unit, session: Session, to: str) -> None:
    """The session is gone on with by another (id), and so is the invitation to its round; the
    chat that it was begun in forgets it."""
    of = select(held.c.person).where(held.c.id == session.id)
    before = await unit.connection.scalar(of)
    if before is None or before == to:
        return
    await unit.connection.execute(update(held).where(held.c.id == session.id).values(person=to))
    await invitations.move(unit, session.survey, session.round, before, to)
    known = select(people.c.key).where(people.c.id == before, people.c.key.is_not(None))
    talks = await conversations.locked(unit, await unit.connection.scalars(known))
    fresh = {key: _without(talk, session.survey, session.round) for key, talk in talks.items()}
    await conversations.save_all(unit, fresh)


async def in_cell(unit: Unit, survey: str, round_id: str, cell: Mapping[str, str]) -> int:
    """How many finished a round and gave these answers (question to value)."""
    query = select(func.count()).where(*_of(survey, round_id, None), held.c.finished.is_not(None))
    for question, said in cell.items():
        answer = given.alias()
        same = (answer.c.session == held.c.id, answer.c.question == question)
        query = query.where(exists().where(*same, answer.c.value == said))
    return await unit.connection.scalar(query) or 0


async def newest_rounds(unit: Unit, survey: str, most: int) -> list[str]:
    """The newest rounds of a survey that people were invited to."""
    query = select(rounds.c.round).where(rounds.c.survey == survey)
    return list(await unit.connection.scalars(query.order_by(rounds.c.round.desc()).limit(most)))


async def votes(
    unit: Unit, survey: str, round_id: str, statements: Collection[str]
) -> dict[str, tuple[int, int, int]]:
    """How many agreed, disagreed and passed on each of these statements in a round."""
    query = (
        select(given.c.question, given.c.value, func.count())
        .join(held, held.c.id == given.c.session)
        .where(*_of(survey, round_id, None), given.c.question.in_(statements))
        .group_by(given.c.question, given.c.value)
    )
    cast = {(row[0], row[1]): row[2] for row in await unit.connection.execute(query)}
    signs = (AGREE, DISAGREE, PASS)
    return {each: tuple(cast.get((each, s), 0) for s in signs) for each in statements}


async def part(unit: Unit, survey: str, round_id: str, began: datetime) -> None:
    """Part a round's answers from who gave them, for good.

    Each session gets another id and no person, and all times become that of the round's
    beginning. What people said and were sent since then is deleted, and their talks forget the
    session: neither who, nor what came in, nor a moment, nor the order of rows leads back to
    anybody.
    """
    old = [one for one in await sessions(unit, survey, round_id) if one.person is not None]
    if not old:
        return
    await _forget_said(unit, {str(one.person) for one in old}, survey, round_id, began)
    fresh = {one.id: unit.mint() for one in old}
    ids = {"ids": list(fresh)}
    said = await unit.connection.execute(select(given).where(among(given.c.session, "ids")), ids)
    rows = [
        {"session": fresh[r.session], "question": r.question, "value": r.value, "at": began}
        for r in said
    ]
    parted = [_parted(one, fresh[one.id], began) for one in old]
    await unit.connection.execute(insert(held), sorted(parted, key=itemgetter("id")))
    if rows:
        rows.sort(key=itemgetter("session", "question"))
        await unit.connection.execute(insert(given), rows)
    await unit.connection.execute(delete(given).where(among(given.c.session, "ids")), ids)
    await unit.connection.execute(delete(held).where(among(held.c.id, "ids")), ids)


def _parted(one: Held, fresh: str, began: datetime) -> dict[str, Any]:
    ended = began if one.finished else None
    return {**asdict(one), "id": fresh, "person": None, "started": began, "finished": ended}


async def _forget_said(
    unit: Unit, persons: set[str], survey: str, round_id: str, began: datetime
) -> None:
    known = select(people.c.key).where(among(people.c.id, "ids"), people.c.key.is_not(None))
    keys = list(await unit.connection.scalars(known, {"ids": sorted(persons)}))
    for table, kept in ((inbox, inbox.c.dead), (outbox, outbox.c.stuck)):
        done = (among(table.c.key, "keys"), table.c.at >= began, ~table.c.waiting, ~kept)
        await unit.connection.execute(delete(table).where(*done), {"keys": keys})
    talks = await conversations.locked(unit, keys)
    await conversations.save_all(
        unit, {key: _without(talk, survey, round_id) for key, talk in talks.items()}
    )


def _without(talk: Conversation, survey: str, round_id: str) -> Conversation:
    """The talk without a session of that round, running or laid aside."""

    def of_it(session: Session) -> bool:
        return (session.survey, session.round) == (survey, round_id)

    running = isinstance(talk.topic, Surveying) and of_it(talk.topic.session)
    return replace(
        talk,
        topic=Idle() if running else talk.topic,
        shelved=tuple(session for session in talk.shelved if not of_it(session)),
    )


async def sent_rounds(unit: Unit, survey: str) -> list[str]:
    """The rounds of a survey that have sessions of known people, the oldest first."""
    known = select(held.c.round).where(held.c.survey == survey, held.c.person.is_not(None))
    return list(await unit.connection.scalars(known.distinct().order_by(held.c.round)))


async def was_sent(unit: Unit, survey: str, round_id: str) -> bool:
    """Whether people were invited to that round."""
    sent = select(rounds.c.invited).where(rounds.c.survey == survey, rounds.c.round == round_id)
    return await unit.connection.scalar(sent) is not None


async def counts(unit: Unit) -> list[RoundCount]:
    """Every round that was sent."""
    finished = (
        select(func.count(held.c.finished))
        .where(held.c.survey == rounds.c.survey, held.c.round == rounds.c.round)
        .scalar_subquery()
    )
    query = select(rounds, finished).order_by(rounds.c.round, rounds.c.survey)
    return [RoundCount(*row) for row in await unit.connection.execute(query)]


async def claimed(unit: Unit, job: str, due: datetime) -> bool:
    """Whether somebody did what was to be done at this moment."""
    there = select(dues.c.job).where(dues.c.job == job, dues.c.due_at == due)
    return await unit.connection.scalar(there) is not None


async def claim_due(unit: Unit, job: str, due: datetime) -> bool:
    """Whether this moment of a job is ours to do: True once, however many ask at once."""
    claim = unless_there(dues).returning(dues.c.job)
    claimed = await unit.connection.execute(claim, {"job": job, "due_at": due})
    return claimed.one_or_none() is not None
