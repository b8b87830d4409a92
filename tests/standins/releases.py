"""Published rounds for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from standins.forms import CONTENT, TROUBLE, definition, names, option, question

from surveys.build import build
from surveys.results import release
from surveys.session import Answer, Session, SessionState, Value

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
LANES = question(
    "lanes",
    "choice",
    text=names("公車專用道夠不夠？", "Are there enough bus lanes?"),
    options=[option("enough", "夠"), option("few", "不夠"), option("many", "太多了")],
)
WALK = build(definition(LANES, TROUBLE, CONTENT, open_for=14))


def said(*answers: dict[str, Value], times: int = 1) -> list[Session]:
    """Finished sessions with these answers, each so many times."""
    return [
        Session(
            f"s{at}", "walk", 1, "20260302T0900", "zh-TW", NOW, SessionState.FINISHED,
            tuple(Answer(name, value, NOW) for name, value in each.items()), day=NOW.date(),
        )
        for at, each in enumerate(answers * times)
    ]  # fmt: skip


def published(*answers: dict[str, Value], times: int = 1) -> dict[str, Any]:
    return release(WALK, "20260302T0900", said(*answers, times=times))


MANY = published(
    *[{"lanes": "few", "trouble": ("dark", "rain"), "content": 2}] * 14,
    *[{"lanes": "enough", "trouble": ("none",), "content": 5}] * 6,
    {"lanes": "many", "trouble": ("dark",), "content": 1},
)
VIEWS = ("公車專用道應該再多一點。", "自行車不該騎上人行道。", "晚上十點後公園的燈可以關一半。")
VOTED = build(
    definition(
        *(question(f"v{at}", "statement", text=names(text)) for at, text in enumerate(VIEWS)),
        open_for=14,
    )
)
PARTED = release(
    VOTED,
    "20260302T0900",
    said(
        *[
            {"v0": "agree", "v1": "disagree", "v2": "agree"},
            {"v0": "disagree", "v1": "agree", "v2": "agree"},
        ]
        * 9,
        *[{"v0": "agree", "v1": "disagree", "v2": "agree"}] * 5,
        {"v0": "agree", "v1": "pass", "v2": "agree"},
    ),
)
FEW = published({"lanes": "few"}, {"lanes": "enough"})
