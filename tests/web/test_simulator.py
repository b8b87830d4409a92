"""What the two phones may send and what they hear."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry
from standins.doors import Echo, Store, client, doors

from bot.model.messages import Location, Photo, Tap, Text
from bot.web import pages, simulator
from bot.web.doors import Doors
from bot.web.simulator import PHOTO, SAID

HELLO = {"chat": "c1", "event": "e1", "content": {"kind": "text", "text": "路燈壞了"}}
PATHS = ("/simulator", "/simulator/feed", "/simulator/say", "/simulator/photo", "/simulator/staff")


def demo(echo: Echo | None = None, **changed: object) -> Doors:
    echo = echo or Echo()
    return doors(put=echo.put, simulator=echo.simulator, **changed)


async def say(handed: Doors, said: object, **headers: str) -> httpx.Response:
    async with client(replace(handed, registry=CollectorRegistry())) as web:
        return await web.post("/simulator/say", content=json.dumps(said), headers=headers)


@pytest.mark.parametrize("path", PATHS)
async def test_outside_the_demo_there_is_no_simulator(path: str) -> None:
    async with client(doors()) as web:
        answers = await web.get(path), await web.post(path)
    assert [a.status_code for a in answers] == [404, 404]


async def test_what_a_phone_says_is_stored_before_it_is_acknowledged() -> None:
    echo = Echo()
    assert (await say(demo(echo), HELLO)).status_code == 200
    assert echo.heard == [Text("路燈壞了")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"kind": "tap", "data": "send"}, Tap("send")),
        (
            {"kind": "location", "lat": 25.05, "lon": 121.5, "label": "臺北市大同區"},
            Location(25.05, 121.5, "臺北市大同區"),
        ),
    ],
)
async def test_buttons_and_places_reach_the_channel(content: object, expected: object) -> None:
    echo = Echo()
    await say(demo(echo), HELLO | {"content": content})
    assert echo.heard == [expected]


async def test_the_feed_gives_what_came_after_a_number() -> None:
    async with client(demo()) as web:
        await web.post("/simulator/say", json=HELLO)
        [first] = (await web.get("/simulator/feed?chat=c1")).json()["items"]
        tap = HELLO | {"event": "e2", "content": {"kind": "tap", "data": "send"}}
        await web.post("/simulator/say", json=tap)
        later = (await web.get(f"/simulator/feed?chat=c1&after={first['seq']}")).json()["items"]
    assert [first["title"], *(t["text"][:4] for t in later)] == ["幫您整理好了", "已經送出"]


@pytest.mark.parametrize("asked", ["", "?chat=c1&after=-1", "?chat=c1&after=x", "?chat=%2F"])
async def test_a_feed_asked_for_wrongly_gives_400(asked: str) -> None:
    async with client(demo()) as web:
        assert (await web.get(f"/simulator/feed{asked}")).status_code == 400


async def test_a_store_that_cannot_be_written_gives_503() -> None:
    echo = Echo()
    handed = doors(Store(fault=OSError("full")), simulator=echo.simulator)
    answer = await say(handed, HELLO)
    assert (answer.status_code, answer.json()) == (503, {"error": "not_stored"})


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        HELLO | {"chat": "../etc"},
        HELLO | {"chat": "c" * 65},
        HELLO | {"chat": ""},
        HELLO | {"event": 5},
        HELLO | {"content": "text"},
    ],
)
async def test_a_malformed_saying_gives_400(said: object) -> None:
    assert (await say(demo(), said)).status_code == 400


async def test_a_saying_that_is_far_too_long_gives_413() -> None:
    assert (await say(demo(), "x" * SAID)).status_code == 413


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"sec-fetch-site": "cross-site", "origin": "http://city.test"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": "http://city.test"}, 200),
        ({}, 200),
    ],
)
async def test_only_our_own_page_may_make_a_browser_speak(
    headers: dict[str, str], expected: int
) -> None:
    assert (await say(demo(), HELLO, **headers)).status_code == expected


async def test_a_photo_is_shelved_and_told_of() -> None:
    echo = Echo()
    async with client(demo(echo)) as web:
        await web.post("/simulator/photo?chat=c1&event=e1", content=b"\xff\xd8photo")
    [photo] = echo.heard
    assert isinstance(photo, Photo)
    assert await echo.simulator.fetch(photo.ref) == b"\xff\xd8photo"


async def test_a_photo_over_ten_mebibytes_gives_413() -> None:
    async with client(demo()) as web:
        length = {"content-length": str(PHOTO + 1)}
        answer = await web.post("/simulator/photo?chat=c1&event=e1", content=b"", headers=length)
    assert answer.status_code == 413


async def test_a_photo_that_never_ends_gives_408(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulator, "SECONDS", 0)

    async def trickling() -> AsyncIterator[bytes]:
        yield b"\xff\xd8"
        await asyncio.Event().wait()

    async with client(demo()) as web:
        answer = await web.post("/simulator/photo?chat=c1&event=e1", content=trickling())
    assert (answer.status_code, answer.json()) == (408, {"error": "too_slow"})


async def test_the_second_phone_gets_a_code_for_its_name() -> None:
    async def code(name: str) -> str:
        return f"{name}-1234"

    async with client(demo(staff_code=code)) as web:
        answer = await web.post("/simulator/staff", json={"name": "示範同仁"})
        nameless = await web.post("/simulator/staff", json={"name": ""})
    assert answer.json() == {"code": "示範同仁-1234"}
    assert nameless.status_code == 400


async def test_without_staff_codes_there_is_neither_a_code_nor_a_button_for_one() -> None:
    async with client(demo()) as web:
        answer = await web.post("/simulator/staff", json={"name": "x"})
        page = (await web.get("/simulator")).text
    assert answer.status_code == 404
    assert 'data-part="link"' not in page


async def test_the_needs_of_the_moment_are_told() -> None:
    async def needs() -> list[dict[str, object]]:
        return [{"title": "路燈不亮", "people": 3}]

    async with client(demo(needs=needs)) as web:
        assert (await web.get("/simulator/needs")).json() == {
            "needs": [{"title": "路燈不亮", "people": 3}]
        }


@pytest.mark.parametrize(
    ("asked", "lang"), [("", "zh-Hant-TW"), ("?lang=en", "en"), ("?lang=<", "zh-Hant-TW")]
)
async def test_the_page_speaks_the_language_that_is_asked_for(asked: str, lang: str) -> None:
    async with client(demo()) as web:
        page = (await web.get(f"/simulator{asked}")).text
    assert f'<html lang="{lang}">' in page


async def test_the_page_runs_no_inline_script_and_no_inline_style() -> None:
    async with client(demo()) as web:
        page = (await web.get("/simulator")).text
    scripts = re.findall(r"<script([^>]*)>", page)
    assert [s for s in scripts if "src=" not in s and "application/json" not in s] == []
    assert re.findall(r"\sstyle=|\son\w+=|<style", page) == []


def test_both_languages_have_the_same_words() -> None:
    def names(words: object, at: str = "") -> set[str]:
        if not isinstance(words, dict):
            return {at}
        return {n for k, v in words.items() for n in names(v, f"{at}.{k}")}

    chinese, english = (
        names(pages._TEMPLATES.get_template(f"words.{lang}.jinja").module.words)  # type: ignore[attr-defined]
        for lang in pages.LANGUAGES
    )
    assert chinese == english


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["chat", "event", "content", "kind", "text"]), inner)
    ),
    max_leaves=8,
)


@given(body=st.binary(max_size=200) | JSON.map(lambda v: json.dumps(v).encode("utf-8", "replace")))
async def test_garbage_from_a_phone_never_is_a_fault_of_ours(body: bytes) -> None:
    store = Store()
    handed = replace(demo(), put=store.put)
    async with client(handed) as web:
        answer = await web.post("/simulator/say", content=body)
    assert answer.status_code in {200, 400}
