"""The same words to many chats, over SQLite and PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from standins.rows import ANN, BEN, NOW, later, met, remember

from bot.model.happenings import ConsentChanged, PersonForgotten, ReachChanged
from bot.model.messages import Bubble
from bot.model.person import Consent
from bot.storage import multicasts
from bot.storage.multicasts import Multicast

LEASE = timedelta(seconds=60)
SAID = (Bubble("問卷"),)


@pytest.fixture
async def both(database):
    """Ann and Ben, who agreed to surveys."""
    people = [await met(database, address) for address in (ANN, BEN)]
    for one in people:
        await remember(database, ConsentChanged(one.id, Consent.GIVEN, NOW))
    return people


async def put(database, people, **given):
    made = replace(Multicast(str(uuid4()), "line", SAID, NOW, later(days=7)), **given)
    async with database.unit() as unit:
        await multicasts.put(unit, made, [one.id for one in people], NOW)
    return made


async def take(database, at=NOW):
    async with database.unit() as unit:
        return await multicasts.take(unit, at, LEASE)


async def to(database, made):
    async with database.unit() as unit:
        return {one.address.id for one in await multicasts.to(unit, made.id)}


async def test_what_is_due_is_given_to_one_only(database, both):
    made = await put(database, both)
    first, second = await take(database), await take(database)
    assert (first and (first.id, first.bubbles), second) == ((made.id, SAID), None)


async def test_after_its_lease_it_is_given_out_again(database, both):
    await put(database, both)
    tries = [await take(database), await take(database, later(61))]
    assert [one and one.attempts for one in tries] == [1, 2]


async def test_it_is_said_to_those_who_are_still_there_and_agree(database, both):
    eve, gone, quiet = [
        await met(database, replace(ANN, id=f"U-{name}")) for name in ("eve", "gone", "quiet")
    ]
    for one in (eve, gone, quiet):
        await remember(database, ConsentChanged(one.id, Consent.GIVEN, NOW))
    made = await put(database, [*both, eve, gone, quiet])
    await remember(
        database,
        PersonForgotten(both[0].id, NOW),
        ReachChanged(gone.id, False),
        ConsentChanged(quiet.id, Consent.REFUSED, NOW),
    )
    assert await to(database, made) == {BEN.id, eve.address.id}


async def test_what_was_said_is_given_out_no_more_and_nobody_knows_to_whom(database, both):
    made = await put(database, both)
    async with database.unit() as unit:
        await multicasts.done(unit, made.id)
    assert (await take(database, later(days=1)), await to(database, made)) == (None, set())


async def test_a_retry_waits(database, both):
    made = await put(database, both)
    await take(database)
    async with database.unit() as unit:
        await multicasts.retry(unit, made.id, later(90), "busy")
    early, again = await take(database, later(89)), await take(database, later(90))
    assert (early, again and again.id) == (None, made.id)


async def test_what_is_too_late_is_given_up_and_counted(database, both):
    await put(database, both, due=later(days=8))
    async with database.unit() as unit:
        counted = [await multicasts.late(unit, later(days=days)) for days in (6, 7, 8)]
    assert counted == [0, 2, 0]


async def along(database, *addresses, at=NOW):
    async with database.unit() as unit:
        keys = [unit.vault.key_of(address) for address in addresses]
        return await multicasts.along(unit, keys, at)


async def test_what_is_put_off_can_go_along_with_an_answer_to_one_of_them(database, both):
    made = await put(database, both, due=later(days=3))
    found = await along(database, ANN)
    assert [(one.person, one.bubbles) for one in found] == [(both[0].id, SAID)]
    async with database.unit() as unit:
        await multicasts.told(unit, found)
    assert (await along(database, ANN), await to(database, made)) == ([], {BEN.id})


async def test_what_is_due_or_too_late_does_not_go_along(database, both):
    await put(database, both)
    due = await along(database, ANN)
    await put(database, both, due=later(days=9))
    assert (due, await along(database, ANN, at=later(days=8))) == ([], [])


async def test_after_a_crash_what_was_tried_is_due_at_once(database, both):
    made = await put(database, both)
    await take(database)
    async with database.unit() as unit:
        await multicasts.release(unit)
    again = await take(database)
    assert (again and again.id) == made.id
