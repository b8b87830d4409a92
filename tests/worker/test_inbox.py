"""Many conversations in one transaction, and who ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from bot.house import House
from bot.model.happenings import Happening, LanguageSet, ReachChanged
from bot.storage.database import Unit
from bot.storage.record import record_all
from bot.talk import NUMBER, Talk
from bot.worker.inbox import FEWEST, alike

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


async def test_what_one_citizen_said_at_once_is_answered_in_order(house: House) -> None:
    talk = Talk.begin(house, "quick")
    texts = ("民生東路三段的路燈壞了三天", "送出", "進度")
    for n, text in enumerate(texts):
        await house.put((talk.simulator.arrival("quick", {"kind": "text", "text": text}, f"q{n}"),))
    handled = await house.inbox.once()
    said = [bubble["text"] for bubble in await talk.hear()]
    number = NUMBER.search("\n".join(said))
    assert number is not None
    assert (handled, number[0] in said[-1]) == (3, True)


async def test_one_who_cannot_be_saved_waits_alone_and_the_others_are_answered(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def picky(unit: Unit, happenings: Iterable[Happening]) -> None:
        kept = list(happenings)
        if any(isinstance(h, LanguageSet) for h in kept):
            raise ValueError("no room for a language")
        await record_all(unit, kept)

    monkeypatch.setattr("bot.worker.inbox.record_all", picky)
    talk = Talk.begin(house, "zoe")
    for chat, text in (("ann", "路燈壞了"), ("zoe", "the lamp is dark"), ("ben", "路燈壞了")):
        await house.put((talk.simulator.arrival(chat, {"kind": "text", "text": text}, chat),))
    await talk.house.settle()
    heard = {chat: bool(talk.simulator.feed(chat, 0)) for chat in ("ann", "zoe", "ben")}
    assert heard == {"ann": True, "zoe": False, "ben": True}


def test_the_same_happenings_of_several_come_together_and_each_ones_own_in_order() -> None:
    reach = [ReachChanged(str(n), True) for n in range(3)]
    language = [LanguageSet(str(n), "en", True) for n in range(3)]
    turns = [(reach[0], language[0]), (language[1], reach[1]), (reach[2],)]
    assert list(alike(turns)) == [language[1], reach[0], reach[2], language[0], reach[1]]
