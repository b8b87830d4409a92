"""What people do not want to be asked for, over SQLite and PostgreSQL alike."""

from __future__ import annotations

import pytest
from standins.rows import ANN, BEN, NOW, later, met, remember

from bot.model.happenings import ConsentChanged, PersonForgotten, PurposeChanged
from bot.model.messages import Bubble
from bot.model.person import Consent
from bot.storage import multicasts, people, purposes
from bot.storage.multicasts import Multicast


@pytest.fixture
async def ann(database):
    """Somebody who agreed to surveys, but not about plans."""
    ann = await met(database)
    await remember(
        database,
        ConsentChanged(ann.id, Consent.GIVEN, NOW),
        PurposeChanged(ann.id, "plans", False, NOW),
        PurposeChanged(ann.id, "plans", False, later(5)),
    )
    return ann


async def refused(database, person):
    async with database.unit() as unit:
        return await purposes.refused(unit, person.id)


async def test_what_was_refused_is_remembered(database, ann):
    async with database.unit() as unit:
        who = await purposes.refusing(unit, "plans"), await purposes.refusing(unit, "life")
    assert (await refused(database, ann), who) == ({"plans"}, ({ann.id}, set()))


async def test_what_is_wanted_again_is_refused_no_longer(database, ann):
    await remember(database, PurposeChanged(ann.id, "plans", True, later(9)))
    assert await refused(database, ann) == set()


async def test_it_is_told_to_whom_asks_what_is_kept_of_them(database, ann):
    async with database.unit() as unit:
        assert (await people.export(unit, ANN))["refused"] == ["plans"]


async def test_it_is_forgotten_with_the_person(database, ann):
    await remember(database, PersonForgotten(ann.id, later(9)))
    assert await refused(database, ann) == set()


@pytest.mark.parametrize(("purpose", "reached"), [("plans", 1), ("life", 2), ("", 2)])
async def test_what_waits_to_be_said_passes_by_who_refused_it_meanwhile(
    database, ann, purpose, reached
):
    ben = await met(database, BEN)
    await remember(database, ConsentChanged(ben.id, Consent.GIVEN, NOW))
    said = Multicast("m1", "line", (Bubble("問卷"),), later(days=1), later(days=9), purpose=purpose)
    keys = []
    async with database.unit() as unit:
        await multicasts.put(unit, said, [ann.id, ben.id], NOW)
        keys = [unit.vault.key_of(address) for address in (ANN, BEN)]
        along = await multicasts.along(unit, keys, NOW)
        assert (len(await multicasts.to(unit, "m1")), len(along)) == (reached, reached)
