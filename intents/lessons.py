"""What is learned from people's corrections, and what is held back to tell whether it helps."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from intents.evaluate import Gold
from intents.features import prepared
from intents.taxonomy import Domain, Kind, Sentences, Taxonomy
from intents.train import Labelled

MOST = 20
"""Corrections of one citizen that count, the latest: nobody alone shall bend the model."""

PART = 5
"""One text in so many is held back."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A redacted text and the domain that somebody gave it; `by` tells people apart."""

    text: str
    domain: str
    language: str
    by: str
    staff: bool = False


def lessons(taught: Sequence[Taught], domains: Collection[str]) -> tuple[Labelled, ...]:
    """The corrections to learn from, given the oldest first.

    Of several about the same words a staff member's counts before a citizen's, then the
    latest; those of domains that the city no longer has are left out.
    """
    counted = dict[str, int]()
    kept = dict[str, Taught]()
    for one in reversed(taught):
        if one.domain not in domains or not one.text.strip():
            continue
        counted[one.by] = counted.get(one.by, 0) + 1
        if not one.staff and counted[one.by] > MOST:
            continue
        words = prepared(one.text)
        if words not in kept or (one.staff and not kept[words].staff):
            kept[words] = one
    return tuple(Labelled(t.text, t.domain, t.language) for t in reversed(kept.values()))


def held_back(text: str) -> bool:
    """Whether a text is kept for measuring; the same text always is, or never."""
    mark = hashlib.sha256(prepared(text).encode("utf-8", "backslashreplace")).digest()
    return mark[0] % PART == 0


def split(
    taxonomy: Taxonomy, learned: Sequence[Labelled]
) -> tuple[Taxonomy, tuple[Labelled, ...], tuple[Gold, ...]]:
    """The taxonomy and the lessons without what is held back, and what is held back."""
    domains = tuple(_kept_domain(domain) for domain in taxonomy.domains)
    examples = (Gold(text, d.id) for d in taxonomy.domains for text in _texts(d))
    taught = (Gold(one.text, one.label) for one in learned)
    unseen = {prepared(gold.text): gold for gold in (*examples, *taught) if held_back(gold.text)}
    seen = tuple(one for one in learned if not held_back(one.text))
    return replace(taxonomy, domains=domains), seen, tuple(unseen.values())


def _texts(domain: Domain) -> Iterator[str]:
    kinds = (kind.examples for kind in domain.kinds)
    for sentences in (domain.examples, domain.questions, *kinds):
        for some in sentences.values():
            yield from some


def _kept_domain(domain: Domain) -> Domain:
    kinds = tuple(_kept_kind(kind) for kind in domain.kinds)
    examples, questions = _kept(domain.examples), _kept(domain.questions)
    return replace(domain, kinds=kinds, examples=examples, questions=questions)


def _kept_kind(kind: Kind) -> Kind:
    return replace(kind, examples=_kept(kind.examples))


def _kept(sentences: Sentences) -> Sentences:
    return {
        language: tuple(text for text in some if not held_back(text))
        for language, some in sentences.items()
    }
