"""Whole texts that stand for one thing: commands (進度, /status) and replies (好的, 不知道)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intents.normalise import fold, normalise

_TRAILING = re.compile(r"[\s.!?~。]+$")
_BOT = re.compile(r"^(/[a-z_]+)@\w+$", re.ASCII)


class Commands:
    """The texts that give each command or reply, matched whole."""

    def __init__(self, commands: Mapping[str, tuple[str, ...]]) -> None:
        self._ids = {_key(text): name for name, texts in commands.items() for text in texts}

    def named(self, text: str) -> str | None:
        """The one that the whole text gives, None where it gives none."""
        return self._ids.get(_key(text))


def _key(text: str) -> str:
    """Folded, without end marks, and without the bot's name that groups put behind /status."""
    said = _TRAILING.sub("", fold(normalise(text)))
    return _BOT.sub(r"\1", said)
