"""Photos: which are to be fetched, which were kept, which files are to be deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, null, select, update

from bot.model.messages import Address
from bot.storage import people
from bot.storage.database import Unit
from bot.storage.lists import among
from bot.storage.tables import people as persons
from bot.storage.tables import photos

LEASE = timedelta(minutes=5)
"""How long fetching and cleaning may take before another process may repeat it."""

WAITING, KEPT, REFUSED, UNWANTED = "waiting", "kept", "refused", "unwanted"


@dataclass(frozen=True, slots=True)
class Fetching:
    """A photo to fetch from its channel by `ref`, leased; `attempts` counts this try too.

    `language` is that of the person who sent it.
    """

    photo: str
    address: Address
    ref: str
    attempts: int
    language: str | None


_first = (
    select(photos.c.id)
    .where(photos.c.state == WAITING, photos.c.due <= bindparam("now"))
    .order_by(photos.c.due)
    .limit(1)
    .with_for_update(skip_locked=True)
    .cte("first")
)
TAKE = (
    update(photos)
    .where(photos.c.id.in_(select(_first.c.id)))
    .values(due=bindparam("until"), attempts=photos.c.attempts + 1)
    .returning(photos)
)
LANGUAGE = select(persons.c.language).where(persons.c.id == bindparam("person"))
END = (
    update(photos)
    .where(photos.c.id == bindparam("which"), photos.c.state == WAITING)
    .values(state=bindparam("becomes"), address=null())
)
RETRY = (
    update(photos)
    .where(photos.c.id == bindparam("which"), photos.c.state == WAITING)
    .values(due=bindparam("again"))
)
NOT_WANTED = select(photos.c.id).where(photos.c.state == UNWANTED, photos.c.due <= bindparam("now"))
DELETED = delete(photos).where(among(photos.c.id, "ids"))


async def take(unit: Unit, now: datetime) -> Fetching | None:
    """The photo that waited longest, None when none is due."""
    values = {"now": now, "until": now + LEASE}
    row = (await unit.connection.execute(TAKE, values)).one_or_none()
    if row is None:
        return None
    language = await unit.connection.scalar(LANGUAGE, {"person": row.person})
    address = people.address(unit.vault.open(row.address))
    return Fetching(row.id, address, row.ref, row.attempts, language)


async def kept(unit: Unit, photo: str) -> None:
    """Its file is there."""
    await unit.connection.execute(END, {"which": photo, "becomes": KEPT})


async def refused(unit: Unit, photo: str) -> None:
    """It will never be there."""
    await unit.connection.execute(END, {"which": photo, "becomes": REFUSED})


async def retry(unit: Unit, photo: str, due: datetime) -> None:
    """It could not be fetched: try again at `due`."""
    await unit.connection.execute(RETRY, {"which": photo, "again": due})


async def unwanted(unit: Unit, now: datetime) -> list[str]:
    """Photos whose files are to be deleted; none that is still being fetched."""
    return list(await unit.connection.scalars(NOT_WANTED, {"now": now}))


async def deleted(unit: Unit, ids: Sequence[str]) -> None:
    """Their files are gone."""
    if ids:
        await unit.connection.execute(DELETED, {"ids": list(ids)})
