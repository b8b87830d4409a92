"""Needs: a row for what they are about, their numbers counted from their reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Row,
    and_,
    func,
    literal,
    select,
    union_all,
)

from bot.model.need import Candidate, Need
from bot.model.report import ReportStage
from bot.storage.database import Unit
from bot.storage.lists import among
from bot.storage.places import place
from bot.storage.tables import joins, needs, proposals, reports

HALF_LIFE = timedelta(days=14)
"""After this long without a word from them, a person counts half in a need's heat."""

TEXTS = 5
"""Latest texts by which a new report is compared with a need."""

_stands = and_(reports.c.stage != ReportStage.WITHDRAWN.value, among(reports.c.need, "ids"))
_filed = select(reports.c.need, reports.c.person, reports.c.at, literal(1).label("filed"))
_joined = select(reports.c.need, joins.c.person, joins.c.at, literal(0)).join(
    joins, joins.c.report == reports.c.id
)
_spoke = union_all(_filed.where(_stands), _joined.where(_stands)).subquery()
SPOKE = select(
    _spoke.c.need,
    func.min(_spoke.c.at).label("first"),
    func.max(_spoke.c.at).label("last"),
    func.sum(_spoke.c.filed).label("filed"),
).group_by(_spoke.c.need, _spoke.c.person)
"""For each need and person when they first and last spoke, and how often they reported."""

COUNTED = select(
    _spoke.c.need,
    func.count(_spoke.c.person.distinct()).label("people"),
    func.max(_spoke.c.at).label("last"),
).group_by(_spoke.c.need)
"""The same in numbers: a need of thousands must not be read person by person for each report."""

_standing = and_(reports.c.stage != ReportStage.WITHDRAWN.value, reports.c.need.is_not(None))
_voiced = union_all(_filed.where(_standing), _joined.where(_standing)).subquery()
_new = (
    select(_voiced.c.need, func.min(_voiced.c.at).label("first"))
    .group_by(_voiced.c.need, _voiced.c.person)
    .subquery()
)
GAINED = select(_new.c.need, func.count()).group_by(_new.c.need)
"""For each need how many people first spoke of it."""

STAGES = (
    select(proposals.c.need, proposals.c.id, proposals.c.stage)
    .where(among(proposals.c.need, "ids"))
    .order_by(proposals.c.at)
)

_nth = (
    func.row_number().over(partition_by=reports.c.need, order_by=reports.c.at.desc()).label("nth")
)
_said = (
    select(reports.c.need, reports.c.text, reports.c.at, _nth)
    .where(_stands, ~reports.c.erased)
    .subquery()
)
SAID = select(_said).where(_said.c.nth <= TEXTS).order_by(_said.c.at)

THESE = select(needs).where(among(needs.c.id, "ids"))


@dataclass(slots=True)
class Voices:
    """What is counted of a need: when each person first and last spoke, and all reports."""

    firsts: list[datetime] = field(default_factory=list)
    lasts: list[datetime] = field(default_factory=list)
    reports: int = 0


async def all(unit: Unit, now: datetime) -> list[Need]:
    """Every need that somebody has, the hottest first."""
    found = await _needs(unit, (await unit.connection.execute(select(needs))).all(), now)
    return sorted(found, key=lambda need: (-need.heat, need.id))


async def gained(unit: Unit, since: datetime) -> dict[str, int]:
    """How many people each need won since then; needs that won none are left out."""
    rows = await unit.connection.execute(GAINED.where(_new.c.first >= since))
    return {row.need: row[1] for row in rows}


async def get(unit: Unit, need_id: str, now: datetime) -> Need | None:
    """The need of that id, None when unknown or when nobody has it any more."""
    rows = (await unit.connection.execute(select(needs).where(needs.c.id == need_id))).all()
    return next(iter(await _needs(unit, rows, now)), None)


async def candidates(unit: Unit, ids: Collection[str]) -> list[Candidate]:
    """The needs of these ids, as far as somebody has them, with their latest texts."""
    if not ids:
        return []
    these = {"ids": list(ids)}
    rows = {row.id: row for row in await unit.connection.execute(THESE, these)}
    texts = await _texts(unit, ids)
    return [
        _candidate(rows[counted.need], counted, texts[counted.need])
        for counted in await unit.connection.execute(COUNTED, these)
    ]


def _candidate(row: Row[Any], counted: Row[Any], texts: tuple[str, ...]) -> Candidate:
    where = place(row._mapping)
    return Candidate(row.id, row.domain, row.kind, where, counted.people, counted.last, texts)


async def _needs(unit: Unit, rows: Iterable[Row[Any]], now: datetime) -> list[Need]:
    found = {row.id: row for row in rows}
    if not found:
        return []
    voices, stages = await _voices(unit, found), await _stages(unit, found)
    return [
        _need(row, voices[key], stages.get(key, (None, None)), now)
        for key, row in found.items()
        if key in voices
    ]


async def _voices(unit: Unit, ids: Collection[str]) -> dict[str, Voices]:
    voices = defaultdict[str, Voices](Voices)
    for row in await unit.connection.execute(SPOKE, {"ids": list(ids)}):
        voices[row.need].firsts.append(row.first)
        voices[row.need].lasts.append(row.last)
        voices[row.need].reports += row.filed
    return voices


async def _stages(unit: Unit, ids: Collection[str]) -> dict[str, tuple[str | None, str | None]]:
    rows = await unit.connection.execute(STAGES, {"ids": list(ids)})
    return {row.need: (row.stage, row.id) for row in rows}


async def _texts(unit: Unit, ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    texts = defaultdict[str, tuple[str, ...]](tuple)
    for row in await unit.connection.execute(SAID, {"ids": list(ids)}):
        texts[row.need] += (row.text,)
    return texts


def _need(
    row: Row[Any], voices: Voices, stage: tuple[str | None, str | None], now: datetime
) -> Need:
    ages = (max(now - last, timedelta(0)) / HALF_LIFE for last in voices.lasts)
    return Need(
        id=row.id,
        title=row.title,
        domain=row.domain,
        kind=row.kind,
        place=place(row._mapping),
        people=len(voices.lasts),
        reports=voices.reports,
        first=min(voices.firsts),
        last=max(voices.lasts),
        heat=sum(0.5**age for age in ages),
        stage=stage[0],
        proposal=stage[1],
    )
