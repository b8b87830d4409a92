"""What nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String, cast, delete, exists, literal, text, update

from bot.storage.database import Unit
from bot.storage.invitations import MATTERS
from bot.storage.media import KEPT, UNWANTED
from bot.storage.survey_tables import answers, handovers, invitations, multicasts, sessions
from bot.storage.tables import codes, conversations, dues, inbox, outbox, people, photos, reports

REMEMBERED = timedelta(days=30)
"""Platforms repeat an event within days; after this long, that it came may be forgotten."""

UNUSED = timedelta(days=7)
"""A photo that came into no report after this long belongs to a draft never sent."""

NO_NEW_ROWS = text("LOCK TABLE inbox IN SHARE MODE")


async def tidy(unit: Unit, now: datetime) -> None:
    """Delete done rows that are old, codes that expired, photos and talks that nobody has."""
    old = now - REMEMBERED
    for statement in (
        delete(inbox).where(inbox.c.at < old, ~inbox.c.waiting, ~inbox.c.dead),
        delete(outbox).where(outbox.c.at < old, ~outbox.c.waiting, ~outbox.c.stuck),
        delete(dues).where(dues.c.due_at < old),
        delete(multicasts).where(multicasts.c.at < old, ~multicasts.c.waiting),
        delete(invitations).where(invitations.c.at < now - MATTERS),
        delete(handovers).where(handovers.c.until < now),
        delete(codes).where(codes.c.until < now),
    ):
        await unit.connection.execute(statement)
    await _unused_photos(unit, now)
    await _empty_talks(unit)


async def _unused_photos(unit: Unit, now: datetime) -> None:
    mentions = cast(reports.c.photos, String).like(literal('%"') + photos.c.id + literal('"%'))
    used = exists().where(reports.c.person == photos.c.person, mentions)
    says = cast(answers.c.value, String) == literal('"photo:') + photos.c.id + literal('"')
    asked = exists().where(
        sessions.c.person == photos.c.person, answers.c.session == sessions.c.id, says
    )
    unused = (photos.c.state == KEPT, photos.c.at < now - UNUSED, ~used, ~asked)
    gone = {"state": UNWANTED, "ref": None, "due": now}
    await unit.connection.execute(update(photos).where(*unused).values(gone))


async def _empty_talks(unit: Unit) -> None:
    """Conversations of people who were forgotten, unless something of theirs waits.

    New rows are kept out meanwhile: a writer stores its rows first and then makes the
    conversations that are missing, so none can be left without.
    """
    if unit.connection.dialect.name == "postgresql":
        await unit.connection.execute(NO_NEW_ROWS)
    known = exists().where(people.c.key == conversations.c.key)
    waits = exists().where(inbox.c.key == conversations.c.key, inbox.c.waiting)
    await unit.connection.execute(delete(conversations).where(~known, ~waits))
