"""What those who answered a survey are told of its results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.model.messages import Bubble
from bot.model.wording import Wording, named

TOLD = 3
"""Questions of which a card tells: more are read on the page."""


def result(
    release: Mapping[str, Any], wording: Wording, language: str, page: str = ""
) -> Bubble | None:
    """A card with what most people said; None where too few answered to tell anything.

    `release` is what surveys.results.release makes; `page` the address where all of it is.
    """
    told = [line for q in release["questions"] if (line := _most(q, wording, language))]
    if not told:
        return None
    parts = [
        wording.say(language, "survey.result.intro", people=release["people"]),
        *told[:TOLD],
        *([wording.say(language, "survey.result.page", page=page)] if page else []),
    ]
    title = wording.say(language, "survey.result.title", title=named(release["title"], language))
    return Bubble("\n".join(parts), title)


def _most(question: Mapping[str, Any], wording: Wording, language: str) -> str | None:
    """The answer that most gave, with its share; None where it is hidden or there is a tie."""
    shown = {value: n for value, n in question["counts"].items() if n}
    if not shown:
        return None
    value, most = max(shown.items(), key=lambda pair: pair[1])
    hidden = question["people"] - sum(shown.values())
    if list(shown.values()).count(most) > 1 or hidden > most:
        return None
    label = named(question["labels"].get(value, {"zh-TW": value}), language)
    return wording.say(
        language,
        "survey.result.most",
        text=named(question["text"], language),
        label=label,
        share=round(100 * most / question["people"]),
    )
