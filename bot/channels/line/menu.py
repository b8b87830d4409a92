"""The rich menu: a picture with buttons under every chat, and where events are sent.

Set when the operator asks for it, never while people talk; hence through the SDK's own
methods, which are slow but know the paths.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.channels.fitting import clip_label, clip_text
from bot.channels.line.picture import SIZE, draw
from bot.model.errors import CityvoiceError, TryLater

if TYPE_CHECKING:
    from linebot.v3.messaging import AsyncApiClient

PREFIX = "cityvoice-"
"""How our menus' names begin; those that somebody else made are left alone."""

BAR = 14
LABEL = 20
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Button:
    """A field of the menu: `icon` names its drawing; pressing it types `label`."""

    icon: str
    label: str


@dataclass(frozen=True, slots=True)
class Menu:
    """What stands on the bar that opens the menu, and its buttons from left to right."""

    bar: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A bot of the platform: its access token and the platform's two hosts."""

    token: str
    api_base: str
    data_api_base: str

    async def set_webhook(self, url: str) -> None:
        """Have events sent to `url`. Raises CityvoiceError."""
        from linebot.v3.messaging import AsyncMessagingApi, SetWebhookEndpointRequest

        async with _client(self.token, self.api_base) as client:
            wanted = SetWebhookEndpointRequest(endpoint=url)
            await _asked(AsyncMessagingApi(client).set_webhook_endpoint, wanted)

    async def set_menu(self, menu: Menu, font: Path | None) -> None:
        """Make `menu` everybody's default and remove the one before; the same stays as it is.

        Without a `font` the buttons bear pictures only. Raises CityvoiceError.
        """
        from linebot.v3.messaging import AsyncMessagingApi, AsyncMessagingApiBlob

        picture = draw([(button.icon, button.label) for button in menu.buttons], font)
        async with (
            _client(self.token, self.api_base) as client,
            # The SDK sends everything of a client to one host.
            _client(self.token, self.data_api_base) as data,
        ):
            api, blob = AsyncMessagingApi(client), AsyncMessagingApiBlob(data)
            await _replace(api, blob, _request(menu, picture), picture)


async def _replace(api: Any, blob: Any, wanted: Any, picture: bytes) -> None:
    """The old one goes last, so that nobody is without a menu meanwhile.

    A menu of ours that is not the default, of whatever name, is left from a try that failed.
    """
    listed = (await _asked(api.get_rich_menu_list)).richmenus
    ours = {m.rich_menu_id: m.name for m in listed if m.name.startswith(PREFIX)}
    shown = await _default(api)
    if ours.get(shown) != wanted.name:
        shown = (await _asked(api.create_rich_menu, wanted)).rich_menu_id
        kind = {"Content-Type": "image/png"}
        await _asked(blob.set_rich_menu_image, shown, body=picture, _headers=kind)
        await _asked(api.set_default_rich_menu, shown)
    for menu in ours:
        if menu != shown:
            await _asked(api.delete_rich_menu, menu)


async def _default(api: Any) -> str:
    """The id of the default menu, empty when none is set."""
    try:
        return str((await _asked(api.get_default_rich_menu_id)).rich_menu_id)
    except _NotThere:
        return ""


def _request(menu: Menu, picture: bytes) -> Any:
    """The menu in the platform's words, named after all that it shows and does."""
    from linebot.v3.messaging import (
        MessageAction,
        RichMenuArea,
        RichMenuBounds,
        RichMenuRequest,
        RichMenuSize,
    )

    width, height = SIZE
    edges = [width * at // len(menu.buttons) for at in range(len(menu.buttons) + 1)]
    areas = [
        RichMenuArea(
            bounds=RichMenuBounds(x=left, y=0, width=right - left, height=height),
            action=MessageAction(label=clip_label(button.label, LABEL), text=button.label),
        )
        for button, left, right in zip(menu.buttons, edges[:-1], edges[1:], strict=True)
    ]
    mark = sha256(repr(menu).encode() + picture).hexdigest()[:16]
    return RichMenuRequest(
        size=RichMenuSize(width=width, height=height),
        selected=True,
        name=f"{PREFIX}{mark}",
        chatBarText=clip_text(menu.bar, BAR),
        areas=areas,
    )


class _NotThere(CityvoiceError):
    """The platform has no such thing."""


async def _asked(method: Callable[..., Any], *given: Any, **more: Any) -> Any:
    """The answer of one of the SDK's methods, its failures in the house's words."""
    from linebot.v3.messaging.exceptions import ApiException

    try:
        return await method(*given, **more, _request_timeout=SECONDS)
    except ApiException as refused:
        told = f"LINE refuses to be set up: {refused.status} {refused.body or refused.reason}"
        raise (_NotThere if refused.status == 404 else CityvoiceError)(told) from None
    except (aiohttp.ClientError, OSError) as error:
        raise TryLater(f"LINE cannot be reached: {type(error).__name__}") from None


@asynccontextmanager
async def _client(token: str, base: str) -> AsyncIterator[AsyncApiClient]:
    from linebot.v3.messaging import AsyncApiClient, Configuration

    client = AsyncApiClient(Configuration(host=base.rstrip("/"), access_token=token))
    try:
        yield client
    finally:
        await client.close()
