"""Who stands in line is let in one at a time, the hurried first."""

from __future__ import annotations

import asyncio

from bot.storage.line import Line


async def order(line: Line, *who: tuple[str, bool], leaving: str = "") -> list[str]:
    """The order in which they get in, when all come while somebody else is in."""
    came: list[str] = []

    async def come(name: str, hurry: bool) -> None:
        async with line.turn(hurry):
            came.append(name)

    async with line.turn():
        tasks = {name: asyncio.create_task(come(name, hurry)) for name, hurry in who}
        await asyncio.sleep(0)
        if leaving:
            tasks[leaving].cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    return came


async def test_the_patient_go_in_the_order_they_came() -> None:
    assert await order(Line(), ("a", False), ("b", False)) == ["a", "b"]


async def test_the_hurried_go_before_the_patient() -> None:
    assert await order(Line(), ("a", False), ("b", False), ("c", True)) == ["c", "a", "b"]


async def test_who_leaves_the_line_holds_nobody_up() -> None:
    assert await order(Line(), ("a", False), ("b", False), leaving="a") == ["b"]


async def test_who_is_called_and_leaves_at_once_calls_the_next() -> None:
    line = Line()
    async with line.turn():
        called = asyncio.create_task(line.turn().__aenter__())
        await asyncio.sleep(0)
    called.cancel()  # it was called, but has not run since
    await asyncio.gather(called, return_exceptions=True)
    assert await order(line, ("a", False)) == ["a"]


async def test_a_unit_that_fails_lets_the_next_in() -> None:
    line = Line()
    try:
        async with line.turn():
            raise ValueError
    except ValueError:
        pass
    assert await order(line, ("a", False)) == ["a"]


async def test_the_line_is_pressed_while_a_hurried_one_waits_and_by_no_patient_one() -> None:
    line = Line()
    async with line.turn():
        patient = asyncio.create_task(line.turn().__aenter__())
        await asyncio.sleep(0)
        before = line.pressed
        hurried = asyncio.create_task(line.turn(hurry=True).__aenter__())
        await asyncio.sleep(0)
        assert (before, line.pressed) == (False, True)
    await hurried
    assert line.pressed is False
    patient.cancel()
