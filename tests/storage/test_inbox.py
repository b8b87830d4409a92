import asyncio
import signal
import subprocess
import sys

import pytest
from sqlalchemy import select
from standins.rows import ANN, BEN, NOW, arrival, events, later, stored, taken

from bot.model.conversation import Conversation, Idle
from bot.storage import conversations, inbox
from bot.storage.database import Database, Unit
from bot.storage.tables import inbox as rows


async def count_up(unit: Unit) -> None:
    """Take one conversation and add one to the number in its state."""
    (talk,) = await inbox.take(unit, 1, NOW)
    assert isinstance(talk.conversation.topic, Idle)
    number = int(talk.conversation.topic.last_report or 0) + 1
    await asyncio.sleep(0)
    await conversations.save_all(unit, {talk.key: Conversation(Idle(str(number)))})
    await inbox.finish(unit, [talk.waiting[0].id])


async def count_until_done(database: Database) -> None:
    while (await depth(database)).waiting:
        try:
            async with database.unit() as unit:
                await count_up(unit)
        except ValueError:  # another has the only conversation
            await asyncio.sleep(0.001)


async def depth(database: Database) -> inbox.Depth:
    async with database.unit() as unit:
        return await inbox.depth(unit)


async def test_what_was_stored_is_taken_as_it_was(database):
    await stored(database, arrival("e1", payload='{"說": "路燈不亮"}'))
    (talk,) = await taken(database)
    assert (talk.person.address, talk.waiting[0].payload) == (ANN, '{"說": "路燈不亮"}')


async def test_an_event_stored_twice_waits_once(database):
    await stored(database, arrival("e1"))
    await stored(database, arrival("e1"))
    assert events(await taken(database)) == [["e1"]]


async def test_an_event_twice_in_one_group_waits_once(database):
    await stored(database, arrival("e1"), arrival("e1"), arrival("e2"))
    assert events(await taken(database)) == [["e1", "e2"]]


async def test_an_event_repeated_after_it_was_done_stays_done(database):
    await stored(database, arrival("e1"))
    async with database.unit() as unit:
        (talk,) = await inbox.take(unit, 1, NOW)
        await inbox.finish(unit, [talk.waiting[0].id])
    await stored(database, arrival("e1"))
    assert await taken(database) == []


async def test_events_of_one_conversation_come_in_their_order(database):
    await stored(database, arrival("e1"), arrival("e2"))
    await stored(database, arrival("e3"))
    assert events(await taken(database)) == [["e1", "e2", "e3"]]


async def test_conversations_come_in_the_order_of_their_first_event(database):
    await stored(database, arrival("b", BEN), arrival("a", ANN), arrival("b2", BEN))
    assert events(await taken(database)) == [["b", "b2"], ["a"]]


async def test_one_unit_takes_no_more_conversations_than_asked(database):
    await stored(database, arrival("a", ANN), arrival("b", BEN))
    assert events(await taken(database, limit=1)) == [["a"]]


async def test_one_conversation_gives_at_most_ten_events_at_once(database):
    await stored(database, *(arrival(f"e{n}") for n in range(12)))
    assert [len(waiting) for waiting in events(await taken(database))] == [10]


async def test_a_person_keeps_the_same_id_in_every_talk(database):
    await stored(database, arrival("e1"))
    before = (await taken(database))[0].person.id
    await stored(database, arrival("e2"))
    assert (await taken(database))[0].person.id == before


async def test_nothing_personal_is_left_of_an_event_that_is_done(database):
    await stored(database, arrival("e1", payload="secret"))
    async with database.unit() as unit:
        (talk,) = await inbox.take(unit, 1, NOW)
        await inbox.finish(unit, [talk.waiting[0].id])
        row = (await unit.connection.execute(select(rows))).one()
    assert (row.key, row.sealed, row.event) == (None, None, "e1")


async def test_a_waiting_event_lies_sealed(database):
    await stored(database, arrival("e1", payload="secret"))
    async with database.unit() as unit:
        sealed = await unit.connection.scalar(select(rows.c.sealed))
    assert (b"secret" in sealed, b"U-ann" in sealed) == (False, False)


async def test_a_unit_that_fails_leaves_everything_waiting(database):
    await stored(database, arrival("e1"))

    async def failing():
        async with database.unit() as unit:
            await count_up(unit)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    (talk,) = await taken(database)
    assert (events([talk]), talk.conversation) == ([["e1"]], Conversation())


KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.vault import Vault
async def main():
    database = Database.open(sys.argv[1], Vault("a secret for tests"), str)
    async with database.unit() as unit:
        talks = await inbox.take(unit, 20, datetime.now(UTC))
        await inbox.finish(unit, [waiting.id for talk in talks for waiting in talk.waiting])
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


async def test_a_killed_process_leaves_its_events_waiting(database, database_url):
    await stored(database, arrival("e1"))
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", KILLED, database_url], check=False
    )
    assert (killed.returncode, await let_go(database)) == (-signal.SIGKILL, [["e1"]])


async def let_go(database):
    """What waits, once the server has seen that the one who locked it is dead."""
    async with asyncio.timeout(20):
        while not (talks := await taken(database)):
            pass
    return events(talks)


async def test_a_postponed_event_holds_back_the_later_ones(database):
    await stored(database, arrival("e1"), arrival("e2"))
    (talk,) = await taken(database)
    async with database.unit() as unit:
        await inbox.postpone(unit, talk.waiting[0].id, "no", later(10), dead=False)
    early, due = await taken(database, at=later(9)), await taken(database, at=later(10))
    assert (events(early), events(due)) == ([], [["e1", "e2"]])
    assert [waiting.attempts for waiting in due[0].waiting] == [1, 0]


async def test_a_later_event_that_was_postponed_ends_what_is_taken(database):
    await stored(database, arrival("e1"), arrival("e2"), arrival("e3"))
    (talk,) = await taken(database)
    async with database.unit() as unit:
        await inbox.postpone(unit, talk.waiting[1].id, "no", later(10), dead=False)
    assert events(await taken(database)) == [["e1"]]


async def test_a_dead_event_keeps_its_content_and_lets_the_later_ones_go(database):
    await stored(database, arrival("e1"), arrival("e2"))
    (talk,) = await taken(database)
    async with database.unit() as unit:
        await inbox.postpone(unit, talk.waiting[0].id, "no", later(10), dead=True)
        sealed = await unit.connection.scalar(select(rows.c.sealed).where(rows.c.dead))
    assert (events(await taken(database)), sealed is not None) == ([["e2"]], True)


async def test_an_event_that_is_done_cannot_be_postponed(database):
    await stored(database, arrival("e1"))
    (talk,) = await taken(database)
    async with database.unit() as unit:
        await inbox.finish(unit, [talk.waiting[0].id])
        assert not await inbox.postpone(unit, talk.waiting[0].id, "no", NOW, dead=False)


async def test_depth_counts_what_waits_and_what_is_dead(database):
    await stored(database, arrival("e1"), arrival("e2"))
    (talk,) = await taken(database)
    async with database.unit() as unit:
        await inbox.postpone(unit, talk.waiting[0].id, "no", NOW, dead=True)
    assert await depth(database) == inbox.Depth(waiting=1, dead=1, oldest=NOW)


async def test_many_who_count_at_once_lose_no_count(database):
    await stored(database, *(arrival(f"e{n}") for n in range(60)))
    await asyncio.gather(*(count_until_done(database) for _ in range(8)))
    await stored(database, arrival("last"))
    assert (await taken(database))[0].conversation == Conversation(Idle("60"))


async def test_two_takers_never_share_a_conversation(database):
    await stored(database, arrival("a", ANN), arrival("b", BEN), arrival("a2", ANN))
    if database.dialect == "sqlite":  # the second stands in line until the first is done
        first = second = []
        async with database.unit() as unit:
            first = await inbox.take(unit, 1, NOW)
            waiter = asyncio.create_task(taken(database, 1))
            await asyncio.sleep(0)
            await inbox.finish(unit, [w.id for talk in first for w in talk.waiting])
        second = await waiter
    else:
        async with database.unit() as one, database.unit() as other:
            first, second = await inbox.take(one, 1, NOW), await inbox.take(other, 20, NOW)
    assert (events(first), events(second)) == ([["a", "a2"]], [["b"]])


async def test_storing_does_not_wait_for_a_taker_on_postgresql_nor_lose_on_sqlite(database):
    await stored(database, arrival("e1"))
    async with database.unit() as unit:
        await inbox.take(unit, 1, NOW)
        storing = asyncio.create_task(stored(database, arrival("e2")))
        if database.dialect == "postgresql":
            await storing
    await storing
    assert events(await taken(database)) == [["e1", "e2"]]


async def test_a_flood_from_one_chat_does_not_hide_the_others(database):
    await stored(database, *(arrival(f"e{n}") for n in range(500)), arrival("b", BEN))
    assert events(await taken(database))[1] == ["b"]
