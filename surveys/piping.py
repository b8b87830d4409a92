"""Earlier answers in a question's words: `${id}` becomes what was said there."""

from __future__ import annotations

import re
from collections.abc import Callable

HOLE = re.compile(r"\$\{\s*([A-Za-z0-9_-]+)\s*\}")


def names(text: str) -> tuple[str, ...]:
    """The questions that a text looks back at."""
    return tuple(HOLE.findall(text))


def filled(text: str, answer: Callable[[str], str]) -> str:
    """The text with each hole filled; what an answer holds is not looked into again."""
    return HOLE.sub(lambda hole: answer(hole[1]), text) if "${" in text else text
