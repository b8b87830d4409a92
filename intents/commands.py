"""Texts that are commands: 進度, /status and their like."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intents.normalise import fold, normalise

_TRAILING = re.compile(r"[\s.!?~。]+$")
_BOT = re.compile(r"^(/[a-z_]+)@\w+$", re.ASCII)


class Commands:
    """The texts that give each command, matched whole."""

    def __init__(self, commands: Mapping[str, tuple[str, ...]]) -> None:
        self._ids = {_key(text): name for name, texts in commands.items() for text in texts}

    def named(self, text: str) -> str | None:
        """The command that the whole text gives, None where it is none."""
        return self._ids.get(_key(text))


def _key(text: str) -> str:
    """Folded, without end marks, and without the bot's name that groups put behind /status."""
    said = _TRAILING.sub("", fold(normalise(text)))
    return _BOT.sub(r"\1", said)
