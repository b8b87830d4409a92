"""Telegram Bot API: private chats only, by webhook or by long polling."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from telegram import BotCommand
from telegram.error import BadRequest, TelegramError

from bot.channels.base import Capabilities
from bot.channels.fitting import fit
from bot.channels.telegram.calls import Wire, connect, fault
from bot.channels.telegram.polling import poll
from bot.channels.telegram.read import TAPPED, read
from bot.channels.telegram.receive import receive
from bot.channels.telegram.show import show
from bot.model.errors import CityvoiceError, Undeliverable
from bot.model.messages import Address, Arrival, Inbound, Outbound

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 30
HALF_SENT = 1000
"""Outbounds whose bubbles are remembered as shown, so that a further try omits them."""


class Telegram:
    """A Channel. `clock` tells when a button was pressed, which the platform does not.

    The token is part of every address that is called, so nothing here logs or raises an
    address. Without `webhook_secret` every webhook request is Forged.
    """

    name = "telegram"
    capabilities = Capabilities(
        text=4096,
        bubbles=1,
        choices=32,
        label=40,
        data=64,
        alt_text=4096,
        photo_bytes=20 * 1024 * 1024,
        cards=True,
        pickers=False,
        per_second=29,  # of about 30: what is sent in time may arrive a little later
        per_chat=1,
    )

    def __init__(
        self,
        token: str,
        webhook_secret: str | None,
        api_base: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._secret = webhook_secret
        self._clock = clock
        self._wire = Wire(self.capabilities.photo_bytes)
        self._updates_url = f"{api_base.rstrip('/')}/bot{token}/getUpdates"
        self._bot = connect(token, api_base, self._wire)
        self._shown: dict[str, int] = {}

    def receive(self, headers: Mapping[str, str], body: bytes) -> tuple[Arrival, ...]:
        return receive(self._secret, headers, body)

    def read(self, payload: str) -> Inbound | None:
        return read(payload, self._clock, self.capabilities.photo_bytes)

    async def deliver(self, outbound: Outbound, repeated: bool) -> None:
        """Answer the pressed button first, then send each bubble that is not shown yet.

        The platform has no retry keys: a try of another process that ended in the dark may
        show a bubble twice, a try of this one does not.
        """
        shown = self._shown.pop(outbound.id, None)
        try:
            if shown is None:
                await self._answer(outbound.answers)
                shown = 0
            for (bubble,) in fit(outbound, self.capabilities)[shown:]:
                text, more = show(bubble)
                await self._bot.send_message(int(outbound.to.id), text, api_kwargs=more)
                shown += 1
        except TelegramError as error:
            self._remember(outbound.id, shown)
            raise fault(error) from None

    async def fetch(self, ref: str) -> bytes:
        limit = self.capabilities.photo_bytes
        try:
            file = await self._bot.get_file(ref)
            if (file.file_size or 0) > limit:
                raise Undeliverable(f"the photo has more than {limit} bytes")
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise fault(error) from None

    async def busy(self, address: Address) -> None:
        with suppress(TelegramError, ValueError):
            await self._bot.send_chat_action(int(address.id), "typing")

    async def quota(self) -> None:
        return None

    async def check(self) -> str:
        try:
            return (await self._bot.get_me()).username or ""
        except TelegramError as error:
            raise fault(error) from None

    async def close(self) -> None:
        await self._wire.shutdown()

    async def setup(
        self, url: str | None, commands: Mapping[str, tuple[tuple[str, str], ...]]
    ) -> None:
        """Set the webhook (none: leave it alone) and the command menu.

        `commands` holds (name, description) by language; the first language also serves
        everybody whose own is missing. Raises CityvoiceError.
        """
        if url is not None and not self._secret:
            raise CityvoiceError("A Telegram webhook needs a secret: set TELEGRAM__WEBHOOK_SECRET")
        try:
            if url is not None:
                await self._bot.set_webhook(url, allowed_updates=UPDATES, secret_token=self._secret)
            await self._set_menus(commands)
        except TelegramError as error:
            raise fault(error) from None

    async def poll(
        self, put: Callable[[tuple[Arrival, ...]], Awaitable[None]], stop: asyncio.Event
    ) -> None:
        """Ask for updates until `stop` is set; what `put` returned from is acknowledged.

        `put` must store durably. Network errors and errors of `put` are waited out.
        """
        await poll(self._bot.delete_webhook, self._ask, put, stop)

    async def _ask(self, offset: int) -> list[Any]:
        query = {
            "offset": offset,
            "timeout": POLL_SECONDS,
            "allowed_updates": orjson.dumps(UPDATES).decode(),
        }
        url = f"{self._updates_url}?{urlencode(query)}"
        # Raw updates: what is stored is what the platform sent, known to the library or not.
        found = await self._wire.post(url, read_timeout=POLL_SECONDS + 10)
        return found if isinstance(found, list) else []

    async def _answer(self, answers: str) -> None:
        """Stop the pressed button from waiting; too late is no fault."""
        if answers.startswith(TAPPED):
            with suppress(BadRequest):
                await self._bot.answer_callback_query(answers.split(":")[1])

    def _remember(self, outbound: str, shown: int | None) -> None:
        if shown is None:
            return
        self._shown[outbound] = shown
        if len(self._shown) > HALF_SENT:
            del self._shown[next(iter(self._shown))]

    async def _set_menus(self, commands: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        for number, (language, entries) in enumerate(commands.items()):
            menu = [BotCommand(name, description) for name, description in entries]
            if number == 0:
                await self._bot.set_my_commands(menu)
            # The platform knows languages by two letters alone.
            await self._bot.set_my_commands(menu, language_code=language.split("-")[0])
