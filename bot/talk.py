"""One citizen's talk with the whole house, step by step: for the terminal and golden talks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bot.channels.simulator import Simulator
from bot.house import House

NUMBER = re.compile(r"[A-Z]{2,4}-[0-9A-HJKMNP-TV-Z]{8}")
MASK = "TPE-XXXXXXXX"
"""Case numbers are chance; a golden talk keeps only where one stands."""

Said = Mapping[str, Any]
"""A bubble as the simulator shows it: text, title, facts, choices."""


@dataclass(slots=True)
class Talk:
    """Says something to the house and waits until it has answered."""

    house: House
    simulator: Simulator
    chat: str
    _seen: int = 0
    _count: int = 0

    @classmethod
    def begin(cls, house: House, chat: str) -> Talk:
        """A new talk in a chat of the house's simulator."""
        simulator = house.channels["simulator"]
        assert isinstance(simulator, Simulator)
        return cls(house, simulator, chat)

    async def say(self, content: Mapping[str, Any]) -> Sequence[Said]:
        """Send `content` (text, tap, location …) and give the bubbles that come back."""
        self._count += 1
        event = f"{self.chat}-{self._count}"
        await self.house.put((self.simulator.arrival(self.chat, dict(content), event),))
        return await self.hear()

    async def hear(self) -> Sequence[Said]:
        """The bubbles that came since the last time, answers or not."""
        await self.house.settle()
        fresh = self.simulator.feed(self.chat, self._seen)
        self._seen = max([self._seen, *(entry["seq"] for entry in fresh)])
        return fresh


def lines(bubble: Said) -> list[str]:
    """A bubble as lines of text, its buttons in brackets."""
    title = [f"【{bubble['title']}】"] if bubble.get("title") else []
    facts = [f"{label}:{value}" for label, value in bubble.get("facts", ())]
    buttons = " ".join(f"[{choice['label']}]" for choice in bubble.get("choices", ()))
    return [*title, *facts, *bubble["text"].split("\n"), *([buttons] if buttons else [])]


class _Written(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that a golden talk reads as a talk."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Written.add_representer(str, _text)


def written(golden: Mapping[str, Any]) -> str:
    """A golden talk as YAML."""
    return yaml.dump(dict(golden), Dumper=_Written, allow_unicode=True, sort_keys=False, width=1000)


def record(content: Mapping[str, Any] | str, said: Sequence[Said]) -> dict[str, Any]:
    """One turn of a golden talk: what the citizen did, what the bot said, numbers masked."""
    bot = [NUMBER.sub(MASK, "\n".join(lines(bubble))) for bubble in said]
    return {"citizen": content if isinstance(content, str) else dict(content), "bot": bot}
