from datetime import timedelta

from sqlalchemy import select
from standins.rows import ANN, BEN, NOW, later, outbound

from bot.model.messages import Outbound
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.tables import outbox as rows

LEASE = timedelta(seconds=60)


async def put(database: Database, *outbounds: Outbound, due=None) -> None:
    async with database.unit() as unit:
        await outbox.put(unit, outbounds, NOW, due)


async def take(database: Database, at=NOW, limit: int = 20) -> list[outbox.Sending]:
    async with database.unit() as unit:
        return await outbox.take(unit, limit, at, LEASE)


def said(sendings: list[outbox.Sending]) -> list[str]:
    return [sending.outbound.bubbles[0].text for sending in sendings]


async def test_what_was_put_is_taken_unchanged(database):
    hello = outbound("hello")
    await put(database, hello)
    assert await take(database) == [outbox.Sending(hello.id, hello, 1)]


async def test_the_first_of_each_conversation_is_taken_alone(database):
    await put(database, outbound("a1"), outbound("a2"), outbound("b1", BEN))
    assert said(await take(database)) == ["a1", "b1"]


async def test_the_next_follows_when_the_first_is_delivered(database):
    await put(database, outbound("a1"), outbound("a2"))
    (first,) = await take(database)
    async with database.unit() as unit:
        await outbox.delivered(unit, [first.id], NOW)
    assert said(await take(database)) == ["a2"]


async def test_what_is_leased_is_nobody_elses(database):
    await put(database, outbound("a1"))
    await take(database)
    assert await take(database, later(59)) == []


async def test_a_lease_that_ended_is_taken_again_and_counted(database):
    await put(database, outbound("a1"))
    await take(database)
    assert [sending.attempts for sending in await take(database, later(60))] == [2]


async def test_a_retry_waits_and_holds_back_the_next(database):
    await put(database, outbound("a1"), outbound("a2"))
    (first,) = await take(database)
    async with database.unit() as unit:
        await outbox.retry(unit, first.id, later(5), "busy")
    assert (said(await take(database, later(4))), said(await take(database, later(5)))) == (
        [],
        ["a1"],
    )


async def test_what_was_given_up_is_seen_and_lets_the_next_go(database):
    await put(database, outbound("a1"), outbound("a2"))
    (first,) = await take(database)
    async with database.unit() as unit:
        await outbox.give_up(unit, first.id, "gone")
        stuck = await outbox.stuck(unit)
    assert (stuck, said(await take(database))) == (
        [outbox.Stuck(first.id, NOW, 1, "gone")],
        ["a2"],
    )


async def test_what_is_due_later_waits(database):
    await put(database, outbound("a1"), due=later(30))
    assert (await take(database), said(await take(database, later(30)))) == ([], ["a1"])


async def test_the_same_outbound_twice_is_said_once(database):
    hello = outbound("hello")
    await put(database, hello)
    await put(database, hello)
    async with database.unit() as unit:
        assert (await outbox.depth(unit)).waiting == 1


async def test_nothing_is_left_of_what_was_delivered(database):
    hello = outbound("hello")
    await put(database, hello)
    async with database.unit() as unit:
        before = await unit.connection.scalar(select(rows.c.sealed))
        await outbox.delivered(unit, [hello.id], NOW)
        after = (await unit.connection.execute(select(rows.c.sealed, rows.c.key))).one()
    assert (b"hello" in before, tuple(after)) == (False, (None, None))


async def test_a_process_that_starts_alone_frees_what_the_last_one_leased(database):
    await put(database, outbound("a1"))
    await take(database)
    async with database.unit() as unit:
        await outbox.release(unit)
    assert said(await take(database)) == ["a1"]


async def test_no_more_than_asked_are_taken_the_oldest_first(database):
    await put(database, outbound("b1", BEN), outbound("a1", ANN))
    assert said(await take(database, limit=1)) == ["b1"]


async def test_two_takers_at_once_never_share_one(database):
    await put(database, outbound("a1", ANN), outbound("b1", BEN))
    if database.dialect == "sqlite":
        first, second = await take(database, limit=1), await take(database)
    else:
        async with database.unit() as one, database.unit() as other:
            first = await outbox.take(one, 1, NOW, LEASE)
            second = await outbox.take(other, 20, NOW, LEASE)
    assert (said(first), said(second)) == (["a1"], ["b1"])


async def test_depth_counts_what_waits_and_what_is_stuck(database):
    await put(database, outbound("a1"), outbound("a2"))
    (first,) = await take(database)
    async with database.unit() as unit:
        await outbox.give_up(unit, first.id, "gone")
        assert await outbox.depth(unit) == outbox.Depth(waiting=1, stuck=1, oldest=NOW)
