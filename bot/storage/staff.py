"""Staff accounts and the one-time codes that link a chat to one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.model.errors import CityvoiceError
from bot.model.number import one_time_code, plain
from bot.storage.database import Unit
from bot.storage.lists import replacing
from bot.storage.tables import codes, staff

VALID = timedelta(minutes=15)


class NoSuchStaff(CityvoiceError):
    """Nobody of that name works here: add the account first."""


async def add(unit: Unit, name: str, role: str) -> None:
    """Make an account, or change its role."""
    row = {"name": name, "role": role}
    await unit.connection.execute(replacing(staff, staff.c.name), row)


async def role_of(unit: Unit, name: str) -> str | None:
    """The role of an account, None when there is none."""
    role: str | None = await unit.connection.scalar(
        select(staff.c.role).where(staff.c.name == name)
    )
    return role


async def code(unit: Unit, name: str, now: datetime) -> str:
    """A code XXXX-XXXX that links a chat to the account once within 15 minutes.

    Only its mark is kept. Raises NoSuchStaff.
    """
    if await role_of(unit, name) is None:
        raise NoSuchStaff(f"There is no staff account {name}: add it first.")
    fresh = one_time_code(unit.mint())
    row = {"mark": _mark(unit, fresh), "staff": name, "until": now + VALID}
    await unit.connection.execute(codes.insert(), row)
    return fresh


async def redeem(unit: Unit, code: str, now: datetime) -> str | None:
    """Whose code it is, once; None when unknown, used or too old."""
    used = delete(codes).where(codes.c.mark == _mark(unit, code)).returning(codes)
    row = (await unit.connection.execute(used)).one_or_none()
    return row.staff if row and now < row.until else None


def _mark(unit: Unit, code: str) -> str:
    return unit.vault.mark(f"code {plain(code)}")
