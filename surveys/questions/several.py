"""Several of the options, ticked one by one or typed at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.definition import Question
from surveys.questions.base import (
    Hearing,
    Outcome,
    QuestionType,
    Ticked,
    Unusable,
    Usable,
    Way,
    folded,
    option_said,
)

DONE = "done"
"""What the button that ends the choosing says."""

PARTING = (
    re.compile(r"[、,，;；\n]+"),
    re.compile(r"[和跟及與&+＋]|\s+and\s+", re.IGNORECASE),
    re.compile(r"\s+"),
)
"""What parts options, the surest first; the next only inside a part that names no option."""


class Several(QuestionType):
    """At least `least`, at most `most` options; one that stands alone excludes the others."""

    way = Way.TICKS

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Enough options, bounds that can be met, and none that says what ends the choosing."""
        found = []
        if any(folded(option.value) == DONE for option in question.options):
            found.append((f"{DONE} can't be an option's value", "call it otherwise"))
        if len(question.options) < 2:
            found.append(("has fewer than two options", "add options"))
        if not 0 < question.least <= question.most <= max(len(question.options), 1):
            found.append(("least and most can't be met", "let 1 ≤ least ≤ most ≤ options"))
        return tuple(found)

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """A press ticks or unticks; several typed at once are the whole answer."""
        if folded(said) == DONE:
            return self._done(question, hearing.picked)
        one = option_said(question, said)
        if one is not None:
            return Ticked(self._toggled(question, hearing.picked, one))
        named = list(self._named(question, said, PARTING))
        known = [value for value in named if value is not None]
        if len(known) < len(named) or not known:
            return Unusable("choice")
        return self._done(question, tuple(dict.fromkeys(known)))

    def _named(
        self, question: Question, said: str, parting: tuple[re.Pattern[str], ...]
    ) -> Iterator[str | None]:
        """The options that a list names, None for a part that names none."""
        one = option_said(question, said)
        if one is not None or not parting:
            yield one
            return
        for part in filter(None, (part.strip() for part in parting[0].split(said))):
            yield from self._named(question, part, parting[1:])

    def _done(self, question: Question, picked: tuple[str, ...]) -> Outcome:
        lonely = [o.value for o in question.options if o.alone and o.value in picked]
        if lonely and len(picked) > 1:
            return Unusable("many")
        if not lonely and len(picked) < question.least:
            return Unusable("few")
        return Unusable("many") if len(picked) > question.most else Usable(picked)

    def _toggled(self, question: Question, picked: tuple[str, ...], value: str) -> tuple[str, ...]:
        if value in picked:
            return tuple(p for p in picked if p != value)
        alone = {option.value for option in question.options if option.alone}
        if value in alone:
            return (value,)
        return (*(p for p in picked if p not in alone), value)
