"""Options put in order, the dearest first: pressed one after another or typed at once."""

from __future__ import annotations

from surveys.definition import Question
from surveys.questions.base import Hearing, Outcome, Ticked, Usable, Way
from surveys.questions.several import Several


class Ranking(Several):
    """At least `least`, at most `most` options, in the order chosen; the last ends it."""

    way = Way.RANKS

    def faults(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Those of several, and no option that stands alone: it has no place in an order."""
        found = super().faults(question)
        if any(option.alone for option in question.options):
            return (*found, ("has an option that stands alone", "leave alone out"))
        return found

    def read(self, question: Question, said: str, hearing: Hearing) -> Outcome:
        """A press puts an option behind those before it, or takes it out again."""
        outcome = super().read(question, said, hearing)
        if isinstance(outcome, Ticked) and len(outcome.picked) == question.most:
            return Usable(outcome.picked)
        return outcome
