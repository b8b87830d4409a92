"""One-time codes by which a survey is gone on with in another chat."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select

from bot.model.number import plain
from bot.storage import surveys
from bot.storage.database import Unit
from bot.storage.survey_tables import handovers
from surveys.session import Session

VALID = timedelta(minutes=15)


async def offer(unit: Unit, session: str, code: str, now: datetime) -> None:
    """Whoever has the code within 15 minutes may go on with the session. Only its mark is kept;
    an earlier code for the same session is no longer good."""
    await drop(unit, session)
    row = {"mark": _mark(unit, code), "session": session, "until": now + VALID}
    await unit.connection.execute(insert(handovers), row)


async def find(unit: Unit, code: str, now: datetime, tz: ZoneInfo) -> Session | None:
    """The session that a code is for, None when it is unknown, used or too old."""
    good = (handovers.c.mark == _mark(unit, code), handovers.c.until > now)
    session = await unit.connection.scalar(select(handovers.c.session).where(*good))
    return await surveys.get(unit, session, tz) if session else None


async def drop(unit: Unit, session: str) -> None:
    """No code is good for the session."""
    await unit.connection.execute(delete(handovers).where(handovers.c.session == session))


def _mark(unit: Unit, code: str) -> str:
    return unit.vault.mark(f"handover {plain(code)}")
