"""A model out of examples: reports apart from other texts, domains, kinds inside a domain."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from intents import tasks
from intents.calibrate import Floats, best_sharpness, floor, log_loss, probabilities
from intents.errors import TooFewExamplesError
from intents.features import Vocabulary, prepared, vocabulary
from intents.lexicon import Lexicon
from intents.machine import Machine, machines
from intents.meaning import Encoder, Meaning, by_vectors, held_out, together
from intents.model import Head, Model
from intents.reading import Urgency
from intents.tasks import Task
from intents.taxonomy import CALM, URGENT, Taxonomy
from intents.terms import pulls
from intents.urgency import Alarm

PRECISION = 0.8
"""Of the judgements that are kept, this share is right on texts not trained on."""

LEAST = 0.4
"""On short texts of another writer, judgements less sure than this are wrong more often than
right, however precise their domain is."""

_CODE = "14"
"""To be raised when the same examples make another model."""

_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the domain that a person gave it; `language` is zh-TW or en."""

    text: str
    label: str
    language: str


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
    reports = [*tasks.examples(taxonomy), *((prepared(e.text), e.label, "") for e in extra)]
    others = list(tasks.others(taxonomy))
    told = [*((t, d) for t, d, _ in reports), *tasks.asked(taxonomy)]
    if len({domain for _, domain in told}) < 2:
        raise TooFewExamplesError("at least two labels need examples")
    own = 2 * len(extra) > len(told)
    # One after another: the machines shuffle by one generator that threads would share, and the
    # same examples would no longer make the same model.
    familiar = tasks.FAMILIAR_OWN if own else tasks.FAMILIAR
    tried = (_apart(taxonomy, told, others, least, own, seed) for least in familiar)
    known, texts, task, domains = min(tried, key=lambda one: one[-1].loss)
    kinds, aids, meant = [k for *_, k in reports], list(tasks.words(taxonomy)), None
    if encoder:
        vectors = encoder.vectors([t for t, *_ in (*told, *aids)])
        domains, meant = _meant(task, domains, vectors, encoder.name, seed)
    beside = [
        tasks.act_task(known, texts, len(reports), others) if others else None,
        tasks.kind_task(taxonomy, known, texts[: len(reports)], kinds)
        if len({*kinds} - {""}) > 1
        else None,
        _danger_task(taxonomy, known, texts, told, [t for t, *_ in (*others, *aids)]),
    ]
    fits = [domains, *(_fit(each, seed) if each else None for each in beside)]
    version = fingerprint(taxonomy, extra, encoder.name if encoder else None)
    return _assembled(known, fits, taxonomy, version, meant)


def _apart(
    taxonomy: Taxonomy,
    told: Sequence[tuple[str, str]],
    others: Sequence[tuple[str, str]],
    least: int,
    own: bool,
    seed: int,
) -> tuple[Vocabulary, sparse.csr_matrix, Task, _Fit]:
    """Domains told apart by what stands in so many texts at `least`; the rows are of `told`."""
    homes = tasks.terms(taxonomy)
    lists = (Lexicon(tasks.named(taxonomy)), Lexicon((term, term) for term in homes))
    known = vocabulary([text for text, _ in (*told, *others)], *lists, least)
    texts = tasks.rows(known, [text for text, _ in told])
    labels, aids = [domain for _, domain in told], list(tasks.words(taxonomy))
    task = tasks.domain_task(known, texts, labels, aids, tuple(homes.values()), own)
    return known, texts, task, _fit(task, seed)


def _danger_task(
    taxonomy: Taxonomy,
    known: Vocabulary,
    texts: sparse.csr_matrix,
    told: Sequence[tuple[str, str]],
    beside: Sequence[str],
) -> Task | None:
    """Dangers told from each other and from all else in which no word of danger stands: what
    such a word betrays is heard without a model. What a word of haste betrays is urgent, where
    sightings tell of haste too. None where no danger is told or nothing is calm."""
    sightings, alarm = list(tasks.sightings(taxonomy)), Alarm(taxonomy)
    if all(danger in (CALM, URGENT) for _, danger in sightings):
        return None
    hasty = URGENT in taxonomy.sightings
    heard = [alarm.heard(text) for text, _ in told]
    kept = [at for at, (_, danger) in enumerate(heard) if danger is None]
    labels = [URGENT if hasty and heard[at][0] is Urgency.HIGH else CALM for at in kept]
    quiet = [text for text in beside if alarm.heard(text)[1] is None]
    task = tasks.danger_task(known, texts[kept], labels, quiet, sightings)
    return task if CALM in task.labels else None


def fingerprint(
    taxonomy: Taxonomy, extra: Sequence[Labelled] = (), encoder: str | None = None
) -> str:
    """Hex digits that change when the examples, the name of the encoder or this code do."""
    told = [(d.id, d.about, d.examples, d.questions, d.terms) for d in taxonomy.domains]
    kinds = [(k.id, k.name, k.words, k.examples) for d in taxonomy.domains for k in d.kinds]
    alarming = (sorted(taxonomy.dangers.items()), sorted(taxonomy.urgent.items()))
    beside = (sorted(taxonomy.not_reports.items()), sorted(taxonomy.sightings.items()), alarming)
    content = repr((_CODE, told, kinds, beside, list(extra)))
    content += repr(encoder) if encoder else ""
    return hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class _Fit:
    """A fitted head: its columns, how sharp, and from where each label is sure.

    `shares` are the probabilities of each whole text, held out, `loss` their log loss.
    """

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    sharpness: float
    floors: Mapping[str, float]
    shares: Floats
    loss: float


def _fit(task: Task, seed: int) -> _Fit:
    labels, right = _numbered(task)
    trial = min(_trials(task, labels, right, seed), key=lambda tried: tried.loss)
    (made,) = _made(task, np.arange(task.rows.shape[0]), (trial.slack,), seed)
    floors = _floors(labels, trial.shares, right)
    shares, loss = trial.shares, trial.loss
    return _Fit(labels, made.weights, made.bias, trial.sharpness, floors, shares, loss)


def _numbered(task: Task) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """All labels, and the number of each whole text's."""
    labels = tuple(sorted({str(label) for label in task.labels}))
    return labels, np.searchsorted(labels, task.labels[: task.honest])


def _meant(task: Task, fit: _Fit, vectors: Floats, encoder: str, seed: int) -> tuple[_Fit, Meaning]:
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
    task: Task, labels: tuple[str, ...], right: NDArray[np.int64], seed: int
) -> Iterator[_Trial]:
    """To be compared by loss: right answers tie within chance, and such a tie once made kinds
    too unsure to be kept."""
    for slack, held in zip(task.slacks, _held_out(task, labels, seed), strict=True):
        sharpness = best_sharpness(held, right)
        shares = probabilities(held, sharpness)
        yield _Trial(slack, sharpness, shares, log_loss(shares, right))


def _held_out(task: Task, labels: tuple[str, ...], seed: int) -> Floats:
    """Slacks × whole texts × labels: scores by machines that have not seen the text."""
    aids = np.arange(task.honest, task.rows.shape[0])
    scores = np.full((len(task.slacks), task.honest, len(labels)), -1.0, np.float32)
    for seen, unseen in _splits(task, seed):
        rows = np.concatenate([seen, aids])
        for trial, made in enumerate(_made(task, rows, task.slacks, seed)):
            at = [labels.index(label) for label in made.labels]
            scores[trial, unseen[:, None], at] = made.scores(task.rows[unseen])
    return scores


def _made(
    task: Task, rows: NDArray[np.int64], slacks: Sequence[float], seed: int
) -> tuple[Machine, ...]:
    """The task's machines out of these rows, one for each slack; terms pull beside them."""
    chosen, labels = task.rows[rows], task.labels[rows]
    runs, terms = chosen[:, : task.first_term], chosen[:, task.first_term :]
    made = machines(runs, labels, slacks, task.even, seed, task.telling)
    names = made[0].labels
    if task.homes:
        pulling = pulls(terms, labels, names, task.homes)
    else:
        pulling = np.zeros((terms.shape[1], len(names)), np.float32)
    return tuple(replace(each, weights=np.vstack([each.weights, pulling])) for each in made)


def _splits(task: Task, seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    from sklearn.model_selection import StratifiedKFold  # see intents.machine

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
        dangers=heads[3],
        kinds_of=_kinds_of(taxonomy, heads[2]),
        floors=made[0].floors,
        version=version[:12],
        meaning=meant,
    )


def _kinds_of(taxonomy: Taxonomy, head: Head | None) -> dict[str, tuple[str, ...]]:
    known = head.labels if head else ()
    return {d.id: tuple(k.id for k in d.kinds if k.id in known) for d in taxonomy.domains}
