"""Proposals as signed webhooks, over a real loopback connection."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook as Verifier
from standins.receiver import Receiver
from standins.serving import serve

from bot.forwarders.webhook import Webhook
from bot.model.errors import CityvoiceError, TryLater, Undeliverable
from bot.model.proposal import Forwarding

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
AT = datetime(2026, 3, 20, 12, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def receiver() -> Receiver:
    return Receiver(SECRET)


@pytest.fixture
async def url(receiver: Receiver) -> AsyncIterator[str]:
    async with serve(receiver) as base:
        yield f"{base}/proposals"


@pytest.fixture
async def webhook(url: str) -> AsyncIterator[Webhook]:
    made = Webhook(url, SECRET, "/cityvoice/taipei", lambda: AT)
    yield made
    await made.close()


async def test_a_proposal_arrives_as_a_cloud_event(
    webhook: Webhook, receiver: Receiver, forwarding: Forwarding
) -> None:
    await webhook.forward(forwarding)
    assert receiver.events["key-1"] == {
        "specversion": "1.0",
        "id": "key-1",
        "source": "/cityvoice/taipei",
        "type": "tw.cityvoice.proposal.collected.v1",
        "subject": "P1",
        "time": "2026-03-20T04:00:00+00:00",
        "datacontenttype": "application/json",
        "data": forwarding.proposal.document,
    }


async def test_the_headers_are_those_of_standard_webhooks(
    webhook: Webhook, receiver: Receiver, forwarding: Forwarding
) -> None:
    await webhook.forward(forwarding)
    sent = receiver.headers[0]
    assert (sent["webhook-id"], sent["webhook-timestamp"], sent["content-type"]) == (
        "key-1",
        str(int(AT.timestamp())),
        "application/cloudevents+json; charset=utf-8",
    )


async def test_the_librarys_own_check_accepts_the_signature(
    url: str, receiver: Receiver, forwarding: Forwarding
) -> None:
    webhook = Webhook(url, SECRET, "/cityvoice", lambda: datetime.now(UTC))
    await webhook.forward(forwarding)
    await webhook.close()
    event = Verifier(SECRET).verify(receiver.bodies[0], receiver.headers[0])
    assert event["subject"] == "P1"


async def test_a_repeat_is_recognised_and_counts_as_delivered(
    webhook: Webhook, receiver: Receiver, forwarding: Forwarding
) -> None:
    await webhook.forward(forwarding)
    await webhook.forward(replace(forwarding, attempts=1))
    assert (list(receiver.events), receiver.bodies[0]) == (["key-1"], receiver.bodies[1])


async def test_a_wrong_secret_is_told_as_undeliverable(
    url: str, receiver: Receiver, forwarding: Forwarding
) -> None:
    other = Webhook(url, "whsec_d3Jvbmc=", "/cityvoice", lambda: AT)
    with pytest.raises(Undeliverable, match="401"):
        await other.forward(forwarding)
    await other.close()
    assert (receiver.forged, receiver.events) == (1, {})


@pytest.mark.parametrize("status", [400, 403, 404, 410, 413, 422])
async def test_a_refusal_is_final(
    webhook: Webhook, receiver: Receiver, forwarding: Forwarding, status: int
) -> None:
    receiver.script = [(status, {})]
    with pytest.raises(Undeliverable, match=str(status)):
        await webhook.forward(forwarding)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
async def test_a_busy_receiver_is_tried_later_and_then_takes_it(
    webhook: Webhook, receiver: Receiver, forwarding: Forwarding, status: int
) -> None:
    receiver.script = [(status, {})]
    with pytest.raises(TryLater, match=str(status)):
        await webhook.forward(forwarding)
    await webhook.forward(forwarding)
    assert list(receiver.events) == ["key-1"]


@pytest.mark.parametrize(
    "told, after",
    [
        ("120", 120.0),
        ("Fri, 20 Mar 2026 04:01:30 GMT", 90.0),
        ("Fri, 20 Mar 2026 03:00:00 GMT", 0.0),
        ("-5", 0.0),
        ("inf", 86_400.0),
        ("nan", None),
        ("soon", None),
        ("", None),
    ],
)
async def test_the_wait_is_the_one_that_the_receiver_asks_for(
    webhook: Webhook, receiver: Receiver, forwarding: Forwarding, told: str, after: float | None
) -> None:
    receiver.script = [(503, {"retry-after": told})]
    with pytest.raises(TryLater) as raised:
        await webhook.forward(forwarding)
    assert raised.value.after == after


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(
    webhook: Webhook, receiver: Receiver, forwarding: Forwarding, url: str, status: int
) -> None:
    receiver.script = [(status, {"location": f"{url}/elsewhere"})]
    with pytest.raises(Undeliverable, match="moved"):
        await webhook.forward(forwarding)
    assert len(receiver.headers) == 1


async def test_nobody_listening_is_tried_later(forwarding: Forwarding) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    webhook = Webhook(f"http://127.0.0.1:{port}/", SECRET, "/cityvoice", lambda: AT)
    with pytest.raises(TryLater, match="not reached"):
        await webhook.forward(forwarding)
    await webhook.close()


async def test_a_connection_that_breaks_is_tried_later(forwarding: Forwarding) -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    webhook = Webhook(f"http://127.0.0.1:{port}/", SECRET, "/cityvoice", lambda: AT)
    with pytest.raises(TryLater, match="not reached"):
        await webhook.forward(forwarding)
    await webhook.close()
    server.close()


async def test_the_check_delivers_nothing(webhook: Webhook, receiver: Receiver, url: str) -> None:
    told = await webhook.check()
    assert (told, receiver.bodies) == (f"{url.split('/')[2]} (405)", [])


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_???", "MfKQ9r8GKYqrTwjU", "whsec_路燈"])
def test_a_bad_secret_is_refused_and_not_told(secret: str) -> None:
    with pytest.raises(CityvoiceError) as raised:
        Webhook("https://example.org/", secret, "/cityvoice", lambda: AT)
    assert str(raised.value) == "the webhook secret must be whsec_ and 24–64 bytes in base64"


@pytest.mark.parametrize("address", ["", "example.org/hook", "ftp://example.org/", "https://"])
def test_an_address_that_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(CityvoiceError, match="no http"):
        Webhook(address, SECRET, "/cityvoice", lambda: AT)
