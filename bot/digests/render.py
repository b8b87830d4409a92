"""A digest as text that fits one chat message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.digests.compile import Count, Digest, Growing, Pressing, Round
from bot.model.wording import Wording, named
from intents.reading import Urgency
from intents.taxonomy import Taxonomy

_Item = TypeVar("_Item")

LIMIT = 4_000
"""Characters that a digest may have."""

_TITLE = 60
_LENGTHS = (12, 8, 5, 3, 1)
"""How many lines a list may have, from generous to terse, until the text fits."""


def text(digest: Digest, wording: Wording, taxonomy: Taxonomy, language: str) -> str:
    """The digest in at most 4,000 characters; a quiet one is a single line."""
    page = _Page(digest, wording, taxonomy, language)
    if digest.quiet:
        return page.say("quiet", since=digest.since, until=digest.until)
    texts = (page.whole(lines) for lines in _LENGTHS)
    return next((whole for whole in texts if len(whole) <= LIMIT), page.whole(1)[:LIMIT])


@dataclass(frozen=True, slots=True)
class _Page:
    digest: Digest
    wording: Wording
    taxonomy: Taxonomy
    language: str

    def say(self, key: str, **values: object) -> str:
        return self.wording.say(self.language, f"digest.{key}", **values)

    def whole(self, lines: int) -> str:
        """All sections that have something, each list cut to `lines`."""
        sections = (
            [self.say("since", since=self.digest.since, until=self.digest.until)],
            self._listed("pressing", self.digest.pressing, self._pressing, lines),
            self._new(),
            self._listed("growing", self.digest.growing, self._growing, lines),
            self._listed("surveys", self.digest.rounds, self._round, lines),
            self._waiting(),
        )
        return "\n\n".join("\n".join(section) for section in sections if section)

    def _listed(
        self, key: str, items: Sequence[_Item], line: Callable[[_Item], str], most: int
    ) -> list[str]:
        if not items:
            return []
        shown = [self.say(f"{key}.title"), *(line(item) for item in items[:most])]
        left = len(items) - most
        return [*shown, self.say("more", number=left)] if left > 0 else shown

    def _new(self) -> list[str]:
        total = self.digest.total
        if not total.now:
            return [self.say("new.none")]
        return [
            self.say("new.title", number=total.now, before=total.before, rise=self._rise(total)),
            *self._counted("new.domains", self.digest.domains, self._domain),
            *self._counted("new.districts", self.digest.districts, self._district),
        ]

    def _counted(
        self, key: str, counts: Iterable[Count], name: Callable[[str | None], str]
    ) -> list[str]:
        parts = [
            self.say("count", name=name(c.id), number=c.now, rise=self._rise(c)) for c in counts
        ]
        return [self.say(key, counts=self.say("joint").join(parts))] if parts else []

    def _rise(self, count: Count) -> str:
        return self.say("rise") if count.rose else ""

    def _domain(self, domain_id: str | None) -> str:
        domain = self.taxonomy.domain(domain_id) if domain_id else None
        return named(domain.name, self.language) if domain else self.say("unsorted")

    def _district(self, district: str | None) -> str:
        return district or self.say("placeless")

    def _pressing(self, report: Pressing) -> str:
        kind = self.taxonomy.kind(report.kind) if report.kind else None
        return self.say(
            "danger" if report.urgency is Urgency.DANGER else "urgent",
            number=report.number,
            what=named(kind.name, self.language) if kind else self._domain(report.domain),
            place=self._district(report.place),
        )

    def _growing(self, need: Growing) -> str:
        key = "need.ripe" if need.ripe else "need"
        title = need.title if len(need.title) <= _TITLE else f"{need.title[: _TITLE - 1]}…"
        return self.say(key, id=need.id, title=title, people=need.people, more=need.more)

    def _round(self, round_: Round) -> str:
        share = round(100 * round_.answered / round_.invited)
        return self.say(
            "survey",
            title=round_.title,
            answered=round_.answered,
            invited=round_.invited,
            share=share,
        )

    def _waiting(self) -> list[str]:
        """What waits for a person."""
        waits = {
            "undecided": self.digest.undecided,
            "stuck": self.digest.stuck,
            "dead": self.digest.dead,
        }
        lines = [self.say(f"waiting.{key}", number=n) for key, n in waits.items() if n]
        return [self.say("waiting.title"), *lines] if lines else []
