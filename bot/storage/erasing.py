"""Taking back: words, photos, whole people, wherever they went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, false, null, select, update

from bot.model.person import Consent, Role
from bot.model.report import ReportStage
from bot.storage import invitations, multicasts, places, purposes
from bot.storage.database import Unit
from bot.storage.media import UNWANTED
from bot.storage.survey_tables import answers, sessions, statements
from bot.storage.tables import (
    conversations,
    corrections,
    inbox,
    moves,
    needs,
    outbox,
    people,
    photos,
    proposals,
    reports,
)

CHOICE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
"""How the id of a choice looks: an answer that is one names nobody."""

NOBODY = {
    "key": None,
    "address": None,
    "language": None,
    "chosen": False,
    "surveys": Consent.REFUSED.value,
    "surveys_at": None,
    "role": Role.CITIZEN.value,
    "staff": None,
    "reachable": False,
}

Report = RowMapping


async def take_back(unit: Unit, person: str, ref: str) -> None:
    """The message `ref` never was: reports made of it are withdrawn, its photo goes."""
    for report in await _with_ref(unit, person, ref):
        await _erase(unit, report, stage=ReportStage.WITHDRAWN.value, need=None)
    sent = select(photos.c.id).where(photos.c.person == person, photos.c.ref == ref)
    await _drop_photos(unit, person, (await unit.connection.scalars(sent)).all())


async def change(unit: Unit, person: str, ref: str, text: str) -> None:
    """The message `ref` says something else now, and so do the reports made of it."""
    for report in await _with_ref(unit, person, ref):
        fresh = _reworded(report, ref, text)
        await unit.connection.execute(
            update(reports).where(reports.c.id == report["id"]).values(text=fresh)
        )
        mine = (corrections.c.by == person, corrections.c.text == report["text"])
        await unit.connection.execute(update(corrections).where(*mine).values(text=fresh))
        await _unquote(unit, report["need"])


async def forget(unit: Unit, person: str, at: datetime) -> None:
    """Erase a person: what stays are counts of nobody.

    Their reports keep domain, kind, district and day, so that needs keep their numbers;
    their answers keep choices and numbers. Files of their photos wait in media.unwanted.
    """
    key = await unit.connection.scalar(select(people.c.key).where(people.c.id == person))
    if key is None:
        return
    for report in await _reports(unit, person):
        await _erase(unit, report)
    mine = (photos.c.person == person,)
    await unit.connection.execute(update(photos).where(*mine).values(_unwanted(at)))
    await _forget_answers(unit, person)
    await _forget_talk(unit, key)
    await invitations.forget(unit, person)
    await multicasts.forget(unit, person)
    await purposes.forget(unit, person)
    await unit.connection.execute(delete(corrections).where(corrections.c.by == person))
    await unit.connection.execute(update(moves).where(moves.c.by == person).values(by=""))
    await unit.connection.execute(update(people).where(people.c.id == person).values(NOBODY))


def _unwanted(at: datetime) -> dict[str, Any]:
    return {"state": UNWANTED, "address": None, "ref": None, "due": at}


async def _reports(unit: Unit, person: str) -> Sequence[Report]:
    mine = select(reports).where(reports.c.person == person, ~reports.c.erased)
    return (await unit.connection.execute(mine)).mappings().all()


async def _with_ref(unit: Unit, person: str, ref: str) -> list[Report]:
    return [report for report in await _reports(unit, person) if ref in report["refs"]]


async def _erase(unit: Unit, report: Report, **further: Any) -> None:
    """Take words, photos and the exact place out of a report and out of its need."""
    values = {"text": "", "refs": (), "photos": (), "erased": True, **_blurred(report), **further}
    await unit.connection.execute(
        update(reports).where(reports.c.id == report["id"]).values(values)
    )
    await _drop_photos(unit, report["person"], report["photos"])
    mine = (corrections.c.by == report["person"], corrections.c.text == report["text"])
    await unit.connection.execute(delete(corrections).where(*mine))
    await _unquote(unit, report["need"])
    await _settle(unit, report["need"])


def _blurred(row: Mapping[Any, Any]) -> dict[str, Any]:
    return places.columns(places.blurred(places.place(row)))


async def _drop_photos(unit: Unit, person: str, ids: Iterable[str]) -> None:
    """Have the files deleted, and show the photos in no report any more."""
    gone = set(ids)
    if not gone:
        return
    values = {"state": UNWANTED, "address": None, "ref": None}
    await unit.connection.execute(update(photos).where(photos.c.id.in_(gone)).values(values))
    for report in await _reports(unit, person):
        stay = tuple(photo for photo in report["photos"] if photo not in gone)
        if stay != report["photos"]:
            here = reports.c.id == report["id"]
            await unit.connection.execute(update(reports).where(here).values(photos=stay))


def _reworded(report: Report, ref: str, text: str) -> str:
    """One line stands for each message; where lines and messages differ, all is replaced."""
    lines = report["text"].split("\n")
    if len(lines) != len(report["refs"]):
        return text
    lines[report["refs"].index(ref)] = text
    return "\n".join(lines)


async def _unquote(unit: Unit, need: str | None) -> None:
    """Take all quotes out of the need's proposals: whose words they hold is not known."""
    if need is None:
        return
    made = select(proposals).where(proposals.c.need == need)
    for proposal in (await unit.connection.execute(made)).all():
        here = proposals.c.id == proposal.id
        clean = unquoted(proposal.document)
        await unit.connection.execute(update(proposals).where(here).values(document=clean))


def unquoted(document: Mapping[str, Any]) -> dict[str, Any]:
    """A proposal's document without quotes, those in its problem statement blanked."""
    evidence = document.get("evidence", {})
    statement = document.get("problem_statement", "")
    for quote in evidence.get("quotes", ()):
        statement = statement.replace(quote, "…")
    clean = {**document, "evidence": {**evidence, "quotes": []}}
    return {**clean, "problem_statement": statement} if statement else clean


async def _settle(unit: Unit, need: str | None) -> None:
    """Let the need lie where its first report lies that still has a place of its own."""
    if need is None:
        return
    here = (reports.c.need == need, ~reports.c.erased)
    query = select(reports).where(*here).order_by(reports.c.at).limit(1)
    first = (await unit.connection.execute(query)).mappings().one_or_none()
    if first is None:
        query = select(needs).where(needs.c.id == need)
        kept = (await unit.connection.execute(query)).mappings().one()
        values = places.spot(places.blurred(places.place(kept)))
    else:
        values = places.spot(places.place(first))
    await unit.connection.execute(update(needs).where(needs.c.id == need).values(values))


async def _forget_answers(unit: Unit, person: str) -> None:
    """Sessions are nobody's; answers in a person's own words are erased."""
    mine = select(sessions.c.id).where(sessions.c.person == person)
    given = select(answers).where(answers.c.session.in_(mine))
    for row in (await unit.connection.execute(given)).all():
        if not _impersonal(row.value):
            here: tuple[ColumnElement[bool], ...] = (
                answers.c.session == row.session,
                answers.c.question == row.question,
            )
            await unit.connection.execute(update(answers).where(*here).values(value=None))
    await unit.connection.execute(delete(statements).where(statements.c.session.in_(mine)))
    theirs = sessions.c.person == person
    await unit.connection.execute(update(sessions).where(theirs).values(person=null()))


def _impersonal(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_impersonal, value))
    return not isinstance(value, str) or CHOICE.fullmatch(value) is not None


async def _forget_talk(unit: Unit, key: str) -> None:
    """What was going to be said to them, what of theirs was laid aside, where they stood."""
    await unit.connection.execute(delete(outbox).where(outbox.c.key == key))
    dead = {"dead": false(), "key": None, "sealed": None, "error": None}
    laid_aside = (inbox.c.key == key, inbox.c.dead)
    await unit.connection.execute(update(inbox).where(*laid_aside).values(dead))
    stood = conversations.c.key == key
    await unit.connection.execute(update(conversations).where(stood).values(state="{}"))
