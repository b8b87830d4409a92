"""The one list of forwarders."""

from __future__ import annotations

from bot.forwarders.base import Forwarder
from bot.forwarders.folder import Folder
from bot.forwarders.webhook import Webhook

FORWARDERS: tuple[type[Forwarder], ...] = (Folder, Webhook)
