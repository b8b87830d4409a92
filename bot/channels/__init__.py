"""The ways to reach people. CHANNELS is the one list: a new channel is one line in it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.channels.base import Channel

CHANNELS = ("line", "telegram", "simulator")
"""Names of channels: the module in this package, and the channel of an Address."""


def channel_class(name: str) -> type[Channel]:
    """The class that a channel's module is named for, imported when first asked for.

    Raises ValueError for a name that is not in CHANNELS.
    """
    if name not in CHANNELS:
        raise ValueError(f"no channel is called {name}")
    found: type[Channel] = getattr(import_module(f"bot.channels.{name}"), name.capitalize())
    return found
