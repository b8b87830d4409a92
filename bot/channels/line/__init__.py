"""LINE Messaging API: one-to-one chats, and groups where the bot is addressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_OID, uuid5

from linebot.v3.webhook import SignatureValidator

from bot.channels.base import Capabilities, Quota
from bot.channels.fitting import fit
from bot.channels.line.calls import Api, Refused
from bot.channels.line.read import read
from bot.channels.line.receive import receive
from bot.channels.line.show import show
from bot.model.errors import CityvoiceError
from bot.model.messages import Address, Arrival, Bubble, Inbound, Outbound

REPLY = "/v2/bot/message/reply"
PUSH = "/v2/bot/message/push"
MULTICAST = "/v2/bot/message/multicast"
QUOTA = "/v2/bot/message/quota"
CONSUMPTION = "/v2/bot/message/quota/consumption"
LOADING = "/v2/bot/chat/loading/start"
INFO = "/v2/bot/info"
CONTENT = "/v2/bot/message/{}/content"
LOADING_SECONDS = 20
REFUSED_REPLIES = 1000
"""Outbounds remembered whose reply token was refused before anything was sent."""


class Line:
    """A Channel. `clock` tells the time (aware) that a reply token's end is compared with."""

    name = "line"
    # Thirteen choices are quick replies; more are shown as a card of buttons (show.py).
    capabilities = Capabilities(
        text=5000,
        bubbles=5,
        choices=40,
        label=20,
        data=300,
        alt_text=1500,
        photo_bytes=20 * 1024 * 1024,
        cards=True,
        pickers=True,
        per_second=2000,
        per_chat=None,
    )

    together = 500
    calls = 200

    def __init__(
        self,
        secret: str,
        token: str,
        api_base: str,
        data_api_base: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._signatures = SignatureValidator(secret)
        self._clock = clock
        self._spent: dict[str, None] = {}
        self._api = Api(token, api_base)
        # The SDK sends everything to one host, so photos need a second client.
        self._data = Api(token, data_api_base)

    def receive(self, headers: Mapping[str, str], body: bytes) -> tuple[Arrival, ...]:
        return receive(self._signatures, headers, body)

    def read(self, payload: str) -> Inbound | None:
        return read(payload)

    async def deliver(self, outbound: Outbound, repeated: bool) -> None:
        """The first call goes by the free reply while its token holds, the rest is pushed."""
        for number, bubbles in enumerate(fit(outbound, self.capabilities)):
            messages = show(bubbles, self.capabilities)
            free = number == 0 and outbound.id not in self._spent
            if not (free and await self._reply(outbound, messages, repeated)):
                await self._push(outbound, number, messages)
        self._spent.pop(outbound.id, None)

    async def fetch(self, ref: str) -> bytes:
        path = CONTENT.format(quote(ref, safe=""))
        try:
            return await self._data.download(path, self.capabilities.photo_bytes)
        except Refused as refused:
            raise refused.fault() from refused

    async def busy(self, address: Address) -> None:
        body = {"chatId": address.id, "loadingSeconds": LOADING_SECONDS}
        try:
            await self._api.post(LOADING, body)
        except (Refused, CityvoiceError):
            return  # a decoration: the answer itself follows

    async def multicast(self, key: str, chats: Sequence[str], bubbles: Sequence[Bubble]) -> None:
        whole = Outbound(key, Address(self.name, ""), tuple(bubbles))
        for number, some in enumerate(fit(whole, self.capabilities)):
            body = {"to": list(chats), "messages": show(some, self.capabilities)}
            await self._paid(MULTICAST, body, _nth(key, number))

    async def quota(self) -> Quota | None:
        allowed = await self._asked(QUOTA)
        if allowed.get("type") != "limited":
            return None
        used = await self._asked(CONSUMPTION)
        return Quota(int(allowed["value"]), int(used["totalUsage"]))

    async def check(self) -> str:
        return str((await self._asked(INFO)).get("displayName", ""))

    async def close(self) -> None:
        await self._api.close()
        await self._data.close()

    async def _reply(
        self, outbound: Outbound, messages: list[dict[str, Any]], repeated: bool
    ) -> bool:
        """Whether the reply stands in the chat, by this try or by an earlier one."""
        reply = outbound.reply
        if reply is None:
            return False
        try:
            await self._api.post(REPLY, {"replyToken": reply.token, "messages": messages})
        except Refused as refused:
            if not refused.token_spent:
                raise refused.fault() from refused
            # Within its time a token is refused only when used: our earlier try went through.
            if repeated and self._clock() < reply.until:
                return True
            self._remember_spent(outbound.id)
            return False
        return True

    def _remember_spent(self, outbound: str) -> None:
        """Refused at once, so no try of ours used it: further tries must push too."""
        self._spent[outbound] = None
        if len(self._spent) > REFUSED_REPLIES:
            del self._spent[next(iter(self._spent))]

    async def _push(self, outbound: Outbound, number: int, messages: list[dict[str, Any]]) -> None:
        body = {"to": outbound.to.id, "messages": messages}
        await self._paid(PUSH, body, _nth(outbound.id, number))

    async def _paid(self, path: str, body: dict[str, Any], key: str) -> None:
        try:
            await self._api.post(path, body, key)
        except Refused as refused:
            if not refused.already_accepted:
                raise refused.fault() from refused

    async def _asked(self, path: str) -> dict[str, Any]:
        try:
            return await self._api.get(path)
        except Refused as refused:
            raise refused.fault() from refused


def _nth(key: str, number: int) -> str:
    """A retry key for each of the calls that one message takes; the first has its own."""
    return str(uuid5(NAMESPACE_OID, f"{key}/{number}")) if number else key
