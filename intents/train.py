"""A model out of examples: reports apart from other texts, domains, kinds inside a domain."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import StratifiedKFold

from intents.calibrate import Floats, best_sharpness, floor, log_loss, probabilities
from intents.errors import TooFewExamplesError
from intents.features import Vocabulary, prepared, vocabulary
from intents.lexicon import Lexicon
from intents.machine import Machine, machine
from intents.meaning import Encoder, Meaning, by_vectors, held_out, together
from intents.model import Head, Model
from intents.reading import Act
from intents.taxonomy import Taxonomy

PRECISION = 0.8
"""Of the judgements that are kept, this share is right on texts not trained on."""

LEAST = 0.4
"""On short texts of another writer, judgements less sure than this are wrong more often than
right, however precise their domain is."""

_CODE = "9"
"""To be raised when the same examples make another model."""

_FOLDS = 4
_SLACKS = (0.1, 0.3, 1.0)
_RESTRAINED = (0.1, 0.3)
"""For domains out of authored sentences: on held-out sentences of the same writers 1.0 does as
well, on real people's (the train parts of three sources) 0.3 is right in 0 to 2 more of a
hundred. Where most examples are real people's own, nothing need be restrained: there, held out,
1.0 is right in one more of a hundred."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the domain that a person gave it; `language` is zh-TW or en."""

    text: str
    label: str
    language: str


@dataclass(frozen=True, slots=True)
class _Task:
    """Texts (rows of numbers) with a label each; the first `honest` rows are whole texts,
    the others single words that only help to learn. `even` and `telling` are those of
    intents.machine."""

    rows: sparse.csr_matrix
    labels: NDArray[np.str_]
    honest: int
    even: bool = True
    slacks: tuple[float, ...] = _SLACKS
    telling: bool = False


def train(
    taxonomy: Taxonomy,
    extra: Sequence[Labelled] = (),
    seed: int = 0,
    encoder: Encoder | None = None,
) -> Model:
    """The classifier of a taxonomy and of further labelled texts, always the same.

    Labels of `extra` need not be in the taxonomy. With an encoder domains are told apart by its
    vectors as well. Raises TooFewExamplesError where not two domains have examples.
    """
    lexicon = Lexicon(_words(taxonomy))
    reports = [*_examples(taxonomy), *((prepared(e.text), e.label, "") for e in extra)]
    asked, others = list(_asked(taxonomy)), list(_others(taxonomy))
    told = [*((t, d) for t, d, _ in reports), *asked]
    if len({domain for _, domain in told}) < 2:
        raise TooFewExamplesError("at least two labels need examples")
    known = vocabulary([t for t, _ in told] + [t for t, _ in others], lexicon)
    texts = _rows(known, [t for t, _ in told])
    kinds = [k for *_, k in reports]
    aids = list(_aids(taxonomy))
    task = _domain_task(known, texts, [d for _, d in told], aids)
    if 2 * len(extra) > len(told):
        task = replace(task, slacks=_SLACKS, telling=True)
    domains, meant = _fit(task, seed), None
    if encoder:
        vectors = encoder.vectors([t for t, *_ in (*told, *aids)])
        domains, meant = _meant(task, domains, vectors, encoder.name, seed)
    fits = [
        domains,
        _fit(_act_task(known, texts, len(reports), others), seed) if others else None,
        _fit(_kind_task(taxonomy, known, texts[: len(reports)], kinds), seed)
        if taxonomy.domains
        else None,
    ]
    version = fingerprint(taxonomy, extra, encoder.name if encoder else None)
    return _assembled(known, fits, taxonomy, version, meant)


def fingerprint(
    taxonomy: Taxonomy, extra: Sequence[Labelled] = (), encoder: str | None = None
) -> str:
    """Hex digits that change when the examples, the name of the encoder or this code do."""
    told = [(d.id, d.about, d.examples, d.questions) for d in taxonomy.domains]
    kinds = [(k.id, k.name, k.words, k.examples) for d in taxonomy.domains for k in d.kinds]
    content = repr((_CODE, told, kinds, sorted(taxonomy.not_reports.items()), list(extra)))
    content += repr(encoder) if encoder else ""
    return hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class _Fit:
    """A fitted head: its columns, how sharp, and from where each label is sure.

    `shares` are the probabilities of each whole text, held out.
    """

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    sharpness: float
    floors: Mapping[str, float]
    shares: Floats


def _fit(task: _Task, seed: int) -> _Fit:
    labels, right = _numbered(task)
    trial = min(_trials(task, labels, right, seed), key=lambda tried: tried.loss)
    made = _made(task, np.arange(task.rows.shape[0]), trial.slack, seed)
    floors = _floors(labels, trial.shares, right)
    return _Fit(labels, made.weights, made.bias, trial.sharpness, floors, trial.shares)


def _numbered(task: _Task) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """All labels, and the number of each whole text's."""
    labels = tuple(sorted({str(label) for label in task.labels}))
    return labels, np.searchsorted(labels, task.labels[: task.honest])


def _meant(
    task: _Task, fit: _Fit, vectors: Floats, encoder: str, seed: int
) -> tuple[_Fit, Meaning]:
    """Where labels lie among the vectors, and the fit with the floors of both together."""
    labels, right = _numbered(task)
    numbers = np.searchsorted(labels, task.labels)
    meant = held_out(vectors, numbers, task.honest, _splits(task, seed))
    scores = together(fit.shares, meant)
    sharpness = best_sharpness(scores, right)
    floors = _floors(labels, probabilities(scores, sharpness), right)
    return replace(fit, floors=floors), Meaning(encoder, *by_vectors(vectors, numbers), sharpness)


@dataclass(frozen=True, slots=True)
class _Trial:
    """What a slack came to on held-out texts: sharpness, calibrated shares, their log loss."""

    slack: float
    sharpness: float
    shares: Floats
    loss: float


def _trials(
    task: _Task, labels: tuple[str, ...], right: NDArray[np.int64], seed: int
) -> Iterator[_Trial]:
    """To be compared by loss: right answers tie within chance, and such a tie once made kinds
    too unsure to be kept."""
    for slack in task.slacks:
        held = _held_out(task, labels, slack, seed)
        sharpness = best_sharpness(held, right)
        shares = probabilities(held, sharpness)
        yield _Trial(slack, sharpness, shares, log_loss(shares, right))


def _held_out(task: _Task, labels: tuple[str, ...], slack: float, seed: int) -> Floats:
    """Scores of each whole text by a machine that has not seen it."""
    aids = np.arange(task.honest, task.rows.shape[0])
    scores = np.full((task.honest, len(labels)), -1.0, np.float32)
    for seen, unseen in _splits(task, seed):
        rows = np.concatenate([seen, aids])
        made = _made(task, rows, slack, seed)
        at = [labels.index(label) for label in made.labels]
        scores[unseen[:, None], at] = made.scores(task.rows[unseen])
    return scores


def _made(task: _Task, rows: NDArray[np.int64], slack: float, seed: int) -> Machine:
    """The task's machine out of these rows."""
    chosen, labels = task.rows[rows], task.labels[rows]
    return machine(chosen, labels, slack, task.even, seed, task.telling)


def _splits(task: _Task, seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    labels = task.labels[: task.honest]
    folds = max(2, min(_FOLDS, *Counter(labels.tolist()).values()))
    splits = StratifiedKFold(folds, shuffle=True, random_state=seed)
    yield from splits.split(np.zeros(task.honest), labels)


def _floors(labels: tuple[str, ...], shares: Floats, right: NDArray[np.int64]) -> dict[str, float]:
    """For each label the confidence from which its judgements are precise enough."""
    best = shares.argmax(axis=1)
    sure = shares.max(axis=1)
    return {
        label: max(LEAST, floor(sure[best == i], right[best == i] == i, PRECISION))
        for i, label in enumerate(labels)
    }


def _assembled(
    known: Vocabulary,
    fits: Sequence[_Fit | None],
    taxonomy: Taxonomy,
    version: str,
    meant: Meaning | None,
) -> Model:
    heads: list[Head | None] = []
    made: list[_Fit] = []
    for fit in fits:
        first = sum(len(f.labels) for f in made)
        heads.append(Head(fit.labels, first, fit.sharpness) if fit else None)
        made += [fit] if fit else []
    # Half precise as in the file, so that a loaded model judges exactly alike.
    weights = np.hstack([f.weights for f in made]).astype(np.float16).astype(np.float32)
    return Model(
        vocabulary=known,
        weights=weights,
        bias=np.concatenate([f.bias for f in made]),
        domains=heads[0] or Head((), 0, 1.0),
        acts=heads[1],
        kinds=heads[2],
        kinds_of=_kinds_of(taxonomy, heads[2]),
        floors=made[0].floors,
        version=version[:12],
        meaning=meant,
    )


def _kinds_of(taxonomy: Taxonomy, head: Head | None) -> dict[str, tuple[str, ...]]:
    known = head.labels if head else ()
    return {d.id: tuple(k.id for k in d.kinds if k.id in known) for d in taxonomy.domains}


def _rows(known: Vocabulary, texts: Sequence[str]) -> sparse.csr_matrix:
    vectors = [known.vector(text) for text in texts]
    starts = np.cumsum([0, *(len(at) for at, *_ in vectors)])
    columns = np.concatenate([at for at, *_ in vectors] or [np.empty(0, np.int64)])
    weights = np.concatenate([w for _, w, _ in vectors] or [np.empty(0, np.float32)])
    return sparse.csr_matrix((weights, columns, starts), shape=(len(texts), len(known)))


def _domain_task(
    known: Vocabulary,
    texts: sparse.csr_matrix,
    domains: Sequence[str],
    aids: Sequence[tuple[str, str, str]],
) -> _Task:
    rows = sparse.vstack([texts, _rows(known, [t for t, *_ in aids])]).tocsr()
    labels = np.asarray([*domains, *(domain for _, domain, _ in aids)])
    return _Task(rows, labels, len(domains), slacks=_RESTRAINED)


def _act_task(
    known: Vocabulary, told: sparse.csr_matrix, reports: int, others: Sequence[tuple[str, str]]
) -> _Task:
    """The first `reports` of what is told are reports, the rest are questions."""
    rows = sparse.vstack([told, _rows(known, [t for t, _ in others])]).tocsr()
    asked = told.shape[0] - reports
    acts = [Act.REPORT.value] * reports + [Act.QUESTION.value] * asked + [a for _, a in others]
    return _Task(rows, np.asarray(acts), rows.shape[0], even=False)


def _kind_task(
    taxonomy: Taxonomy, known: Vocabulary, texts: sparse.csr_matrix, kinds: Sequence[str]
) -> _Task:
    at = [i for i, kind in enumerate(kinds) if kind]
    aids = [(text, kind) for text, _, kind in _aids(taxonomy) if kind]
    rows = sparse.vstack([texts[at], _rows(known, [t for t, _ in aids])]).tocsr()
    labels = np.asarray([*(kinds[i] for i in at), *(kind for _, kind in aids)])
    return _Task(rows, labels, len(at))


def _examples(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """Prepared text, domain, and kind or an empty string."""
    for domain in taxonomy.domains:
        groups = [("", domain.examples), *((k.id, k.examples) for k in domain.kinds)]
        for kind, sentences in groups:
            for text in (t for some in sentences.values() for t in some):
                yield prepared(text), domain.id, kind


def _asked(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """What is asked about each domain's services."""
    for domain in taxonomy.domains:
        for text in (t for some in domain.questions.values() for t in some):
            yield prepared(text), domain.id


def _others(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    for act, sentences in taxonomy.not_reports.items():
        for text in (t for some in sentences.values() for t in some):
            yield prepared(text), act


def _aids(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """Names and words of domains and kinds, as very short examples: prepared text, domain, and
    kind or an empty string."""
    for domain in taxonomy.domains:
        for text in (*domain.name.values(), *domain.about.values()):
            yield prepared(text), domain.id, ""
        for kind in domain.kinds:
            worded = (word for some in kind.words.values() for word in some)
            for text in (*kind.name.values(), *worded):
                yield prepared(text), domain.id, kind.id


def _words(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    for domain in taxonomy.domains:
        for kind in domain.kinds:
            yield from ((word, kind.id) for some in kind.words.values() for word in some)
