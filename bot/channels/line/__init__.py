"""LINE Messaging API: one-to-one chats, and groups where the bot is addressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_OID, uuid5

from linebot.v3.webhook import SignatureValidator

from bot.channels.base import Capabilities
from bot.channels.fitting import fit
from bot.channels.line.calls import Api, Refused
from bot.channels.line.read import read
from bot.channels.line.receive import receive
from bot.channels.line.show import show
from bot.model.errors import CityvoiceError
from bot.model.messages import Address, Arrival, Inbound, Outbound

REPLY = "/v2/bot/message/reply"
PUSH = "/v2/bot/message/push"
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

    async def check(self) -> str:
        try:
            info = await self._api.get(INFO)
        except Refused as refused:
            raise refused.fault() from refused
        return str(info.get("displayName", ""))

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
        key = outbound.id if number == 0 else str(uuid5(NAMESPACE_OID, f"{outbound.id}/{number}"))
        try:
            await self._api.post(PUSH, {"to": outbound.to.id, "messages": messages}, key)
        except Refused as refused:
            if not refused.already_accepted:
                raise refused.fault() from refused
