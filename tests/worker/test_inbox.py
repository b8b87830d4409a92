"""How long the inbox works before it lets in a platform that waits for its 200."""

from __future__ import annotations

import asyncio

import pytest

from bot.house import House
from bot.talk import Talk
from bot.worker.inbox import FEWEST

CITIZENS = FEWEST + 4


@pytest.fixture
async def waiting(house: House) -> House:
    """A house to which more citizens have spoken than the fewest of one transaction."""
    talk = Talk.begin(house, "nobody")
    for number in range(CITIZENS):
        content = {"kind": "text", "text": "路燈壞了"}
        await house.put((talk.simulator.arrival(f"citizen-{number}", content, f"e{number}"),))
    return house


async def test_all_who_wait_share_a_transaction_while_nobody_is_at_the_door(waiting: House) -> None:
    assert await waiting.inbox.once() == CITIZENS


async def test_a_platform_at_the_door_ends_the_transaction_and_the_rest_follows(
    waiting: House,
) -> None:
    platform = Talk.begin(waiting, "late").simulator.arrival(
        "late", {"kind": "text", "text": "嗨"}, "e"
    )
    first, _ = await asyncio.gather(waiting.inbox.once(), waiting.put((platform,)))
    rest = await waiting.inbox.once()
    assert (FEWEST <= first < CITIZENS, first + rest) == (True, CITIZENS + 1)
