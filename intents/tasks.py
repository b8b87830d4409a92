"""What a classifier is to learn: texts as rows of numbers, and the label of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from intents.features import Vocabulary, prepared
from intents.normalise import fold, normalise
from intents.reading import Act
from intents.taxonomy import CALM, Taxonomy

SLACKS = (0.3, 1.0)
"""Tried on held-out texts; 0.1 was never the better one."""

RESTRAINED = (0.3,)
"""For kinds, and for domains out of authored sentences: on held-out sentences of the same writers
1.0 does as well (kinds: a little worse), on real people's (the train parts of three sources) 0.3 is
right in 0 to 2 more of a hundred. Where most examples are real people's own, nothing need be
restrained: there, held out, 1.0 is right in one more of a hundred."""

FAMILIAR = (3,)
"""In so many texts a run must stand to be known. Of authored sentences 2 to 5 are alike, and 3
makes a model a quarter smaller than 2."""

FAMILIAR_OWN = (2, 5)
"""Tried on held-out texts where most are citizens' own. Of letters (some 300 characters) a run of
two is chance: cross-validated twice, 5 has a macro-F1 of 0.912, 2 of 0.906; of questions (some 25)
each run counts: 2 is right in 0.869, 5 in 0.849."""

LOOSE = (1.0,)
"""For acts, held out the best of 0.1 to 3.0, and for dangers, where 0.3 and 3.0 do as well and a
second machine beside brings nothing."""


@dataclass(frozen=True, slots=True)
class Task:
    """Texts (rows of numbers) with a label each; the first `honest` rows are whole texts,
    the others single words that only help to learn. `even` and `telling` are those of
    intents.machine. From column `first_term` on stand terms, which `homes` trusts to the
    domains in whose lists they are; without homes they say nothing."""

    rows: sparse.csr_matrix
    labels: NDArray[np.str_]
    honest: int
    first_term: int
    even: bool = True
    slacks: tuple[float, ...] = SLACKS
    telling: bool = False
    homes: Sequence[frozenset[str]] = ()


def rows(known: Vocabulary, texts: Sequence[str]) -> sparse.csr_matrix:
    """A row for each prepared text."""
    vectors = [known.vector(text) for text in texts]
    starts = np.cumsum([0, *(len(at) for at, *_ in vectors)])
    columns = np.concatenate([at for at, *_ in vectors] or [np.empty(0, np.int64)])
    weights = np.concatenate([w for _, w, _ in vectors] or [np.empty(0, np.float32)])
    made = sparse.csr_matrix((weights, columns, starts), shape=(len(texts), len(known)))
    made.sum_duplicates()
    return made


def domain_task(
    known: Vocabulary,
    texts: sparse.csr_matrix,
    domains: Sequence[str],
    aids: Sequence[tuple[str, str, str]],
    homes: Sequence[frozenset[str]],
    own: bool,
) -> Task:
    """Domains told apart; `own` where most texts are citizens' own, not authored."""
    whole = sparse.vstack([texts, rows(known, [t for t, *_ in aids])]).tocsr()
    labels = np.asarray([*domains, *(domain for _, domain, _ in aids)])
    slacks = SLACKS if own else RESTRAINED
    first = known.first_term
    return Task(whole, labels, len(domains), first, slacks=slacks, telling=True, homes=homes)


def act_task(
    known: Vocabulary, told: sparse.csr_matrix, reports: int, others: Sequence[tuple[str, str]]
) -> Task:
    """The first `reports` of what is told are reports, the rest are questions.

    Every act has the same weight, though reports are by far the most: by their number praise,
    idle talk and advertisements of strangers were taken for reports, nearly all of them.
    """
    whole = sparse.vstack([told, rows(known, [t for t, _ in others])]).tocsr()
    asked = told.shape[0] - reports
    acts = [Act.REPORT.value] * reports + [Act.QUESTION.value] * asked + [a for _, a in others]
    return Task(whole, np.asarray(acts), whole.shape[0], known.first_term, slacks=LOOSE)


def danger_task(
    known: Vocabulary,
    told: sparse.csr_matrix,
    labels: Sequence[str],
    beside: Iterable[str],
    sightings: Sequence[tuple[str, str]],
) -> Task:
    """Dangers told apart, from what is told, calm or urgent, and from what is said beside."""
    said = (*sightings, *((text, CALM) for text in beside))
    whole = sparse.vstack([rows(known, [text for text, _ in said]), told]).tocsr()
    every = np.asarray([*(danger for _, danger in said), *labels])
    return Task(whole, every, len(every), known.first_term, slacks=LOOSE)


def kind_task(
    taxonomy: Taxonomy, known: Vocabulary, texts: sparse.csr_matrix, kinds: Sequence[str]
) -> Task:
    """Kinds told apart by the texts that have one, and by the kinds' names and words."""
    at = [i for i, kind in enumerate(kinds) if kind]
    aids = [(text, kind) for text, _, kind in words(taxonomy) if kind]
    whole = sparse.vstack([texts[at], rows(known, [t for t, _ in aids])]).tocsr()
    labels = np.asarray([*(kinds[i] for i in at), *(kind for _, kind in aids)])
    return Task(whole, labels, len(at), known.first_term, slacks=RESTRAINED)


def examples(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """Prepared text, domain, and kind or an empty string."""
    for domain in taxonomy.domains:
        groups = [("", domain.examples), *((k.id, k.examples) for k in domain.kinds)]
        for kind, sentences in groups:
            for text in (t for some in sentences.values() for t in some):
                yield prepared(text), domain.id, kind


def asked(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """What is asked about each domain's services."""
    for domain in taxonomy.domains:
        for text in (t for some in domain.questions.values() for t in some):
            yield prepared(text), domain.id


def others(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Prepared text and act of what reports nothing."""
    for act, sentences in taxonomy.not_reports.items():
        for text in (t for some in sentences.values() for t in some):
            yield prepared(text), act


def words(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """Names and words of domains and kinds, as very short examples: prepared text, domain, and
    kind or an empty string."""
    for domain in taxonomy.domains:
        for text in (*domain.name.values(), *domain.about.values()):
            yield prepared(text), domain.id, ""
        for kind in domain.kinds:
            worded = (word for some in kind.words.values() for word in some)
            for text in (*kind.name.values(), *worded):
                yield prepared(text), domain.id, kind.id


def sightings(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Prepared text, and the danger that it tells of or `calm`."""
    for danger, sentences in taxonomy.sightings.items():
        yield from ((prepared(text), danger) for some in sentences.values() for text in some)


def named(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """A kind's words, folded, and its id."""
    for domain in taxonomy.domains:
        for kind in domain.kinds:
            for word in (word for some in kind.words.values() for word in some):
                yield fold(normalise(word)), kind.id


def terms(taxonomy: Taxonomy) -> Mapping[str, frozenset[str]]:
    """Each term, folded, and the domains in whose lists it is; in order."""
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for domain in taxonomy.domains:
        for term in (t for some in domain.terms.values() for t in some):
            homes[prepared(term)].add(domain.id)
    return {term: frozenset(homes[term]) for term in sorted(homes)}
