"""Doors for the web with nothing behind them: what was put is kept in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
import orjson
from prometheus_client import CollectorRegistry

from bot.channels.simulator import Simulator
from bot.model.errors import Forged, Malformed
from bot.model.messages import Address, Arrival, Bubble, Choice, Outbound, Style
from bot.web.app import build
from bot.web.doors import Doors

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


class Pigeon:
    """A channel whose secret is one header and whose body is a JSON list of event ids."""

    name = "pigeon"

    def receive(self, headers: Mapping[str, str], body: bytes) -> tuple[Arrival, ...]:
        if headers.get("x-pigeon-secret") != "coo":
            raise Forged("wrong secret")
        try:
            events = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise Malformed("not JSON") from error
        if not isinstance(events, list):
            raise Malformed("not a list")
        return tuple(Arrival(Address("pigeon", "p1"), str(e), "{}") for e in events)


class Broken:
    """A channel that breaks its promise about what it raises."""

    name = "broken"

    def receive(self, headers: Mapping[str, str], body: bytes) -> tuple[Arrival, ...]:
        raise RecursionError("too deep, said by 0912345678")


@dataclass
class Store:
    """What was put; `fault` is raised instead when set."""

    kept: list[Arrival] = field(default_factory=list)
    fault: Exception | None = None

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        if self.fault is not None:
            raise self.fault
        self.kept.extend(arrivals)


async def all_ready() -> dict[str, bool]:
    return {"database": True, "models": True}


def doors(store: Store | None = None, **changed: Any) -> Doors:
    """Doors with a pigeon and a broken channel; a clock that ticks a second a look."""
    plain = Doors(
        channels={"pigeon": Pigeon(), "broken": Broken()},  # type: ignore[dict-item]
        put=(store or Store()).put,
        ready=all_ready,
        registry=CollectorRegistry(),
        clock=count().__next__,
    )
    return replace(plain, **changed)


def client(handed: Doors) -> httpx.AsyncClient:
    """A client that talks to the application without a network; faults do not come through."""
    wire = httpx.ASGITransport(app=build(handed), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=wire, base_url="http://city.test")


class Echo:
    """A simulator with a bot behind it that answers at once, by rote."""

    def __init__(self) -> None:
        self.simulator = Simulator("", lambda: NOW)
        self.heard: list[Any] = []
        self._ids = count(1)

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            heard = self.simulator.read(arrival.payload)
            assert heard is not None
            self.heard.append(heard.content)
            said = Outbound(f"o{next(self._ids)}", heard.address, _answer(heard.content))
            await self.simulator.deliver(said, False)


def _answer(content: Any) -> tuple[Bubble, ...]:
    match type(content).__name__:
        case "Text":
            return (_card(content.text),)
        case "Tap":
            return (Bubble("已經送出，謝謝您！\n案件編號：TPE-7Q4M2KX"),)
        case "Location":
            return (Bubble(f"收到位置：{content.label}"),)
        case "Photo":
            return (Bubble("照片收到了。"),)
        case _:
            return (Bubble("您好，這裡是臺北市的市民之聲 👋\n看到什麼問題，用一句話告訴我就好。"),)


def _card(text: str) -> Bubble:
    facts = (("分類", "都市建設"), ("地點", "松山區民生東路三段"), ("內容", text))
    choices = (
        Choice("送出", "send", Style.PRIMARY),
        Choice("改地點", "place", shares_location=True),
        Choice("改分類", "domain"),
        Choice("取消", "cancel", Style.DANGER),
    )
    return Bubble("這樣對嗎？沒問題就按「送出」。", "幫您整理好了", facts, choices)
