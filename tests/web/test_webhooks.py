"""The webhook promises: 200 only after storing, and a plain refusal for all else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins.doors import Store, client, doors

from bot.channels.line import Line
from bot.web import webhooks
from bot.web.app import build
from bot.web.webhooks import LIMIT

SIGNED = {"x-pigeon-secret": "coo"}


async def post(body: object, store: Store, path: str = "pigeon", **more: object) -> httpx.Response:
    async with client(doors(store)) as web:
        return await web.post(f"/webhooks/{path}", content=body, headers=SIGNED | more)


async def test_events_are_stored_before_the_request_is_acknowledged() -> None:
    store = Store()
    answer = await post(b'["e1", "e2"]', store)
    assert answer.status_code == 200
    assert [a.event for a in store.kept] == ["e1", "e2"]


async def test_a_request_without_events_is_acknowledged_and_stores_nothing() -> None:
    store = Store(fault=OSError("must not be asked"))
    assert (await post(b"[]", store)).status_code == 200


async def test_a_store_that_cannot_be_written_gives_503_and_when_to_try_again() -> None:
    answer = await post(b'["e1"]', Store(fault=OSError("disk full")))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "disk full" not in answer.text


async def test_a_wrong_secret_gives_401_and_stores_nothing() -> None:
    store = Store()
    answer = await post(b'["e1"]', store, **{"x-pigeon-secret": "guess"})
    assert (answer.status_code, store.kept) == (401, [])


async def test_a_malformed_body_gives_400() -> None:
    assert (await post(b"{", Store())).status_code == 400


async def test_a_channel_that_breaks_its_promise_gives_503_without_its_words() -> None:
    answer = await post(b"[]", Store(), "broken")
    assert answer.status_code == 503
    assert "0912" not in answer.text


@pytest.mark.parametrize("path", ["nobody", "", "pigeon/", "pigeon/x", "../pigeon"])
async def test_a_channel_that_is_not_there_gives_404(path: str) -> None:
    assert (await post(b"[]", Store(), path)).status_code == 404


async def test_looking_at_a_webhook_gives_405() -> None:
    async with client(doors()) as web:
        answer = await web.get("/webhooks/pigeon")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_a_body_of_exactly_two_mebibytes_is_read() -> None:
    body = b"[" + b" " * (LIMIT - 2) + b"]"
    assert (await post(body, Store())).status_code == 200


async def test_one_byte_over_two_mebibytes_gives_413() -> None:
    assert (await post(b" " * (LIMIT + 1), Store())).status_code == 413


async def test_a_body_of_no_announced_length_gives_413_as_soon_as_it_is_too_long() -> None:
    sent = 0

    async def endless() -> object:
        nonlocal sent
        while True:
            sent += 1
            yield b" " * (LIMIT // 4)

    assert (await post(endless(), Store())).status_code == 413
    assert sent <= 6


async def test_a_sender_who_hangs_up_is_not_answered_and_nothing_is_stored() -> None:
    store, said = Store(), []

    pieces = iter([{"type": "http.request", "body": b'["e', "more_body": True}])
    scope = {"type": "http", "method": "POST", "path": "/webhooks/pigeon", "headers": []}

    async def receive() -> dict[str, object]:
        return next(pieces, {"type": "http.disconnect"})

    async def send(message: object) -> None:
        said.append(message)

    await build(doors(store))(scope, receive, send)
    assert (said, store.kept) == ([], [])


async def test_a_sender_who_never_ends_the_body_gives_408_and_stores_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webhooks, "SECONDS", 0)
    store = Store()

    async def trickling() -> object:
        yield b'["e1"'
        await asyncio.Event().wait()

    answer = await post(trickling(), store)
    assert (answer.status_code, answer.headers["connection"], store.kept) == (408, "close", [])


async def test_a_body_that_is_there_at_once_needs_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "SECONDS", 0)
    assert (await post(b'["e1"]', Store())).status_code == 200


async def test_counters_and_seconds_tell_what_became_of_requests() -> None:
    handed = doors()
    async with client(handed) as web:
        await web.post("/webhooks/pigeon", content=b'["a", "b"]', headers=SIGNED)
        await web.post("/webhooks/pigeon", content=b"[]")
        page = (await web.get("/metrics")).text
    assert 'cityvoice_webhook_events_total{channel="pigeon",outcome="stored"} 2.0' in page
    assert 'cityvoice_webhook_requests_total{channel="pigeon",outcome="forged"} 1.0' in page
    assert 'cityvoice_webhook_acknowledge_seconds_sum{channel="pigeon"} 1.0' in page


@given(body=st.binary(max_size=300), secret=st.sampled_from(["coo", "no", "\xff", ""]))
async def test_garbage_is_refused_or_taken_but_never_a_fault_of_ours(
    body: bytes, secret: str
) -> None:
    line = Line("s", "t", "http://a.test", "http://b.test", lambda: datetime.now(UTC))
    handed = doors()
    handed.channels["line"] = line  # type: ignore[index]
    async with client(handed) as web:
        headers = {"x-pigeon-secret": secret.encode("latin-1"), "x-line-signature": "c29v"}
        got = [
            (await web.post(f"/webhooks/{n}", content=body, headers=headers)).status_code
            for n in ("pigeon", "line")
        ]
    assert set(got) <= {200, 400, 401}
