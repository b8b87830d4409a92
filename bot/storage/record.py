"""What happened becomes rows: one arm for each happening, each harmless when repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import cache
from itertools import groupby
from typing import Any, assert_never

from sqlalchemy import (
    ColumnElement,
    Executable,
    Table,
    Update,
    bindparam,
    insert,
    select,
    update,
)

from bot.model.happenings import (
    AnswerWithdrawn,
    ConsentChanged,
    HandoverOffered,
    Happening,
    LanguageSet,
    PersonForgotten,
    PhotoAdded,
    PhotoSent,
    PlaceAdded,
    ProposalMade,
    PurposeChanged,
    QuestionAnswered,
    ReachChanged,
    ReportCorrected,
    ReportFiled,
    ReportGathered,
    ReportJoined,
    ReportMoved,
    SessionTaken,
    StaffLinked,
    SurveyBegun,
    SurveyFinished,
    SurveyFull,
    WordsChanged,
    WordsTakenBack,
)
from bot.model.person import Role
from bot.model.report import ReportStage
from bot.storage import erasing, handovers, invitations, places, purposes, surveys
from bot.storage.database import Unit
from bot.storage.lists import replacing, unless_there
from bot.storage.media import WAITING
from bot.storage.reports import row_of
from bot.storage.survey_tables import answers, sessions
from bot.storage.tables import (
    corrections,
    forwardings,
    joins,
    moves,
    needs,
    people,
    photos,
    proposals,
    reports,
)

FILE = unless_there(reports, reports.c.id)
JOIN = unless_there(joins)
KNOWN = people.c.key.is_not(None)
WHOLE = ~reports.c.erased
STANDS = reports.c.stage != ReportStage.WITHDRAWN.value
GATHER = (
    update(reports)
    .where(reports.c.id == bindparam("which"), STANDS, WHOLE)
    .values(need=bindparam("into"))
)


async def record_all(unit: Unit, happenings: Iterable[Happening]) -> None:
    """Remember these, in order; of the commonest those that follow each other in one statement."""
    for way, group in groupby(happenings, _together):
        some = list(group)
        if way is None:
            for happening in some:
                await record(unit, happening)
        else:
            statement, row = way
            await unit.connection.execute(statement, [row(happening) for happening in some])


def _together(happening: Happening) -> tuple[Executable, Callable[[Any], dict[str, Any]]] | None:
    """The statement that remembers many such happenings, and how each becomes its row."""
    match happening:
        case ReportFiled():
            return FILE, _filed
        case ConsentChanged():
            return CONSENT, _consent
        case ReportGathered(title=""):  # only a new need has a title
            return GATHER, _into
        case _:
            return None


def _filed(filed: ReportFiled) -> dict[str, Any]:
    return row_of(filed.report)


def _consent(changed: ConsentChanged) -> dict[str, Any]:
    """A person who was forgotten meanwhile is left as they are."""
    values = {"surveys": changed.consent.value, "surveys_at": changed.at}
    return _given(changed.person, values)


def _into(gathered: ReportGathered) -> dict[str, Any]:
    return {"which": gathered.report, "into": gathered.need}


async def record(unit: Unit, happening: Happening) -> None:
    """Remember one happening.

    Raises sqlalchemy's IntegrityError when a new report's case number is taken.
    """
    match happening:
        case LanguageSet(person, language, chosen):
            await _person(unit, person, language=language, chosen=chosen)
        case ReachChanged(person, reachable):
            await _person(unit, person, reachable=reachable)
        case ConsentChanged():
            await unit.connection.execute(CONSENT, _consent(happening))
        case PurposeChanged(person, purpose, True, _):
            await purposes.allow(unit, person, purpose)
        case PurposeChanged(person, purpose, _, at):
            await purposes.refuse(unit, person, purpose, at)
        case ReportFiled():
            await unit.connection.execute(FILE, _filed(happening))
        case ReportJoined():
            await _add(unit, JOIN, **asdict(happening))
        case ReportCorrected():
            await _add(unit, insert(corrections), **asdict(happening))
        case PhotoSent():
            await _photo_sent(unit, happening)
        case PhotoAdded(report, photo):
            await _photo_added(unit, report, photo)
        case PlaceAdded(report, place):
            await _report(unit, report, **places.columns(place))
        case ReportMoved():
            await _moved(unit, happening)
        case WordsTakenBack(person, ref, _):
            await erasing.take_back(unit, person, ref)
        case WordsChanged(person, ref, text, _):
            await erasing.change(unit, person, ref, text)
        case SurveyBegun():
            await _begun(unit, happening)
        case QuestionAnswered():
            await _answered(unit, happening)
        case AnswerWithdrawn(session, question):
            mine = (answers.c.session == session, answers.c.question == question)
            await unit.connection.execute(answers.delete().where(*mine))
        case SurveyFinished(_, session, at):
            done = update(sessions).where(sessions.c.id == session).values(finished=at)
            await unit.connection.execute(done)
        case HandoverOffered(session, code, at):
            await handovers.offer(unit, session, code, at)
        case SessionTaken(person, session):
            await surveys.move(unit, session, person)
            await handovers.drop(unit, session.id)
        case SurveyFull(person, session):
            await surveys.drop(unit, session.id)
            await invitations.drop(unit, person, session.survey, session.round)
        case StaffLinked(person, _, staff, _):
            await _person(unit, person, role=Role.STAFF.value, staff=staff)
        case PersonForgotten(person, at):
            await erasing.forget(unit, person, at)
        case ProposalMade():
            await _proposed(unit, happening)
        case ReportGathered():
            await _gathered(unit, happening)
        case _:
            assert_never(happening)


async def _add(unit: Unit, statement: Executable, **row: Any) -> None:
    await unit.connection.execute(statement, row)


async def _person(unit: Unit, person: str, **values: Any) -> None:
    """A person who was forgotten meanwhile is left as they are."""
    change = _change(people, KNOWN, tuple(values))
    await unit.connection.execute(change, _given(person, values))


async def _report(unit: Unit, report: str, **values: Any) -> None:
    """A report whose words were erased meanwhile is left as it is."""
    change = _change(reports, WHOLE, tuple(values))
    await unit.connection.execute(change, _given(report, values))


@cache
def _change(table: Table, known: ColumnElement[bool], names: tuple[str, ...]) -> Update:
    """Made once: to put a statement together costs more than to run it."""
    fresh: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return update(table).where(table.c.id == bindparam("which"), known).values(fresh)


def _given(which: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"which": which, **{f"new_{name}": value for name, value in values.items()}}


CONSENT = _change(people, KNOWN, ("surveys", "surveys_at"))


async def _photo_sent(unit: Unit, sent: PhotoSent) -> None:
    await _add(
        unit,
        unless_there(photos, photos.c.id),
        id=sent.photo,
        person=sent.person,
        address=unit.vault.seal(str(sent.address)),
        ref=sent.ref,
        state=WAITING,
        due=sent.at,
        at=sent.at,
    )


async def _photo_added(unit: Unit, report: str, photo: str) -> None:
    query = select(reports.c.photos).where(reports.c.id == report).with_for_update()
    before = await unit.connection.scalar(query)
    if before is not None and photo not in before:
        await _report(unit, report, photos=(*before, photo))


async def _moved(unit: Unit, moved: ReportMoved) -> None:
    """A withdrawn report stays withdrawn; a move to where it stands is none."""
    change = update(reports).where(
        reports.c.id == moved.report, STANDS, reports.c.stage != moved.stage.value
    )
    result = await unit.connection.execute(change.values(stage=moved.stage.value))
    if result.rowcount:
        stage = moved.stage.value
        await _add(unit, insert(moves), subject=moved.report, stage=stage, by=moved.by, at=moved.at)


async def _begun(unit: Unit, begun: SurveyBegun) -> None:
    session = begun.session
    await _add(
        unit,
        unless_there(sessions, sessions.c.id),
        id=session.id,
        person=begun.person,
        survey=session.survey,
        version=session.version,
        round=session.round,
        language=session.language,
        started=session.started,
    )


async def _answered(unit: Unit, answered: QuestionAnswered) -> None:
    answer = answered.answer
    await _add(
        unit,
        replacing(answers, answers.c.session, answers.c.question),
        session=answered.session,
        question=answer.question,
        value=answer.value,
        at=answer.at,
    )


async def _proposed(unit: Unit, made: ProposalMade) -> None:
    """Repeated, it neither changes the proposal nor forwards it a second time."""
    proposal = made.proposal
    row = {**asdict(proposal), "document": dict(proposal.document), "stage": proposal.stage.value}
    adding = unless_there(proposals, proposals.c.id).returning(proposals.c.id)
    if (await unit.connection.execute(adding, row)).one_or_none() is None:
        return
    stage, at = proposal.stage.value, proposal.at
    await _add(unit, insert(moves), subject=proposal.id, stage=stage, by=made.by, at=at)
    for forwarder in made.forwarders:
        row = {"id": unit.mint(), "proposal": proposal.id, "forwarder": forwarder, "due": at}
        await _add(unit, insert(forwardings), **row)


async def _gathered(unit: Unit, gathered: ReportGathered) -> None:
    """A new need is about what its first report is about."""
    if gathered.title and not await _begin_need(unit, gathered):
        return
    await unit.connection.execute(GATHER, _into(gathered))


async def _begin_need(unit: Unit, gathered: ReportGathered) -> bool:
    """False when its report was taken back meanwhile."""
    query = select(reports).where(reports.c.id == gathered.report, STANDS)
    report = (await unit.connection.execute(query)).mappings().one_or_none()
    if report is None:
        return False
    await _add(
        unit,
        unless_there(needs, needs.c.id),
        id=gathered.need,
        title=gathered.title,
        domain=report["domain"],
        kind=report["kind"],
        at=gathered.at,
        **places.spot(places.place(report)),
    )
    return True
