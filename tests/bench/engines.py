"""Engines compared in one run, all of them on the same parts of the same real texts.

How hard a part of texts is differs by more than engines do, so a figure from elsewhere says
little: here the linear engine that was best of those without embeddings, and spaCy's own two,
learn from and are judged on what ours is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import spacy
from bench.understanding import DATA, NOTHING, rows
from numpy.typing import NDArray
from opencc import OpenCC
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from intents.calibrate import best_sharpness, calibration_error, probabilities
from intents.classify import judge
from intents.evaluate import Gold
from intents.features import prepared
from intents.train import Labelled, train

SOURCES = ("taipei_faq", "teddy7", "polis")
FOLDS = 5
ROUNDS = 10
SLACK = 0.5

Shares = NDArray[np.float32]
Judge = Callable[[Sequence[str]], Shares]
"""Texts to texts × labels (sorted): how likely each label is."""
Engine = Callable[[Sequence[str], Sequence[str]], Judge]
"""Learns from texts and their labels."""


def main() -> None:
    """The seven labels of letters, then the fourteen domains pooled over all sources."""
    if not DATA.is_dir():
        print("engines: ../shared/data is absent; not measured")
        return
    letters, dev = rows("teddy7", "train"), rows("teddy7")
    both = {"linear": linear, "ours": ours}
    crossed = {name: held_out(engine, letters) for name, engine in both.items()}
    for name, outcome in crossed.items():
        told(f"letters, {FOLDS}-fold, {name}", outcome)
    apart("letters, ours against linear", crossed["ours"].right, crossed["linear"].right)
    simplified = OpenCC("tw2s")
    other = [Gold(simplified.convert(each.text), each.label, each.accept) for each in dev]
    for name, engine in {"spaCy bag of words": bag, "spaCy ensemble": ensemble, **both}.items():
        reading = taught(engine, letters)
        told(f"letters, dev, {name}", outcome_on(reading, letters, dev))
        if engine is ours:
            told("letters, dev in Simplified, ours", outcome_on(reading, letters, other))
    pooled(both)


def pooled(engines: Mapping[str, Engine]) -> None:
    """Fourteen domains from all sources; a letter's label is the first domain it accepts."""
    learned = [(source, _first(row)) for source in SOURCES for row in rows(source, "train")]
    judged = [(source, _first(row)) for source in SOURCES for row in rows(source)]
    train_rows, dev_rows = [row for _, row in learned], [row for _, row in judged]
    outcomes = {
        name: (
            held_out(engine, train_rows),
            outcome_on(taught(engine, train_rows), train_rows, dev_rows),
        )
        for name, engine in engines.items()
    }
    for part, (at, texts) in enumerate(((f"{FOLDS}-fold", learned), ("dev", judged))):
        for source in SOURCES:
            these = np.asarray([of == source for of, _ in texts])
            right = {name: outcome[part].right[these] for name, outcome in outcomes.items()}
            for name, each in right.items():
                print(f"engines: pooled, {source}, {at}, {name}: accepted {each.mean():.3f}")
            apart(f"pooled, {source}, {at}, ours against linear", right["ours"], right["linear"])


def _first(row: Gold) -> Gold:
    return Gold(row.text, row.accept[0] if row.accept else row.label, row.accept)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of each text its gold label, what was judged, how surely, and whether that is accepted."""

    gold: NDArray[np.str_]
    judged: NDArray[np.str_]
    sure: Shares
    right: NDArray[np.bool_]
    speed: float


def taught(engine: Engine, learned: Sequence[Gold]) -> Judge:
    """The engine after learning from these texts."""
    return engine([row.text for row in learned], [row.label for row in learned])


def outcome_on(reading: Judge, learned: Sequence[Gold], judged: Sequence[Gold]) -> Outcome:
    """What one that learned from some texts makes of others, read one by one."""
    labels = np.unique([row.label for row in learned])
    started = time.perf_counter()
    shares = np.vstack([reading([row.text]) for row in judged])
    return _outcome(judged, labels, shares, len(judged) / (time.perf_counter() - started))


def held_out(engine: Engine, every: Sequence[Gold]) -> Outcome:
    """What an engine makes of each text after learning from the other folds alone."""
    labels, gold = np.unique([row.label for row in every], return_inverse=True)
    shares = np.zeros((len(every), len(labels)), np.float32)
    seconds = 0.0
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(gold, gold):
        reading = taught(engine, [every[i] for i in seen])
        started = time.perf_counter()
        shares[unseen] = reading([every[i].text for i in unseen])
        seconds += time.perf_counter() - started
    return _outcome(every, labels, shares, len(every) / seconds)


def _outcome(
    every: Sequence[Gold], labels: NDArray[np.str_], shares: Shares, speed: float
) -> Outcome:
    judged = labels[shares.argmax(axis=1)]
    right = [j in (row.label, *row.accept) for j, row in zip(judged, every, strict=True)]
    gold = np.asarray([row.label for row in every])
    return Outcome(gold, judged, shares.max(axis=1), np.asarray(right), speed)


def told(what: str, outcome: Outcome) -> None:
    """Print an engine's figures by the source's own labels."""
    same = outcome.judged == outcome.gold
    f1 = f1_score(outcome.gold, outcome.judged, average="macro")
    off = calibration_error(outcome.sure.tolist(), same.tolist())
    print(
        f"engines: {what}: macro-F1 {f1:.3f}, accuracy {same.mean():.3f}, "
        f"calibration error {off:.3f}, {outcome.speed:,.0f} texts/s",
        flush=True,
    )


def apart(what: str, ours: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> None:
    """Print by how many texts two engines differ, and how far equal ones may in 95 of 100."""
    won, lost = int((ours & ~theirs).sum()), int((theirs & ~ours).sum())
    chance = 1.96 * float(np.sqrt(won + lost))
    print(f"engines: {what}: {won - lost:+} of {len(ours)} texts (chance: ±{chance:.0f})")


def ours(texts: Sequence[str], labels: Sequence[str]) -> Judge:
    """Our classifier, knowing no domains but these labels."""
    found = [Labelled(text, label, "zh-TW") for text, label in zip(texts, labels, strict=True)]
    model = train(NOTHING, found)
    names = sorted(set(labels))

    def reading(unseen: Sequence[str]) -> Shares:
        scores = [judge(model, prepared(text)).scores for text in unseen]
        return np.asarray([[each[name] for name in names] for each in scores], np.float32)

    return reading


def linear(texts: Sequence[str], labels: Sequence[str]) -> Judge:
    """Runs of one to three characters under a linear machine, its temperature held out."""
    known, right = np.unique(labels, return_inverse=True)
    folded = np.asarray([prepared(text) for text in texts], object)
    held = np.zeros((len(texts), len(known)), np.float32)
    for seen, unseen in StratifiedKFold(4, shuffle=True, random_state=0).split(folded, right):
        held[unseen] = _scored(*_machine(folded[seen], right[seen]), folded[unseen])
    sharpness = best_sharpness(held, right)
    whole = _machine(folded, right)
    return lambda unseen: probabilities(
        _scored(*whole, [prepared(text) for text in unseen]), sharpness
    )


def _machine(folded: Sequence[str], right: NDArray[np.int64]) -> tuple[TfidfVectorizer, LinearSVC]:
    seen = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    fitted = LinearSVC(C=SLACK, class_weight="balanced").fit(seen.fit_transform(folded), right)
    return seen, fitted


def _scored(seen: TfidfVectorizer, fitted: LinearSVC, texts: Sequence[str]) -> Shares:
    return np.asarray(fitted.decision_function(seen.transform(texts)), np.float32)


def bag(texts: Sequence[str], labels: Sequence[str]) -> Judge:
    """spaCy's bag of words, by characters, with runs of up to three."""
    model = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 3,
        "no_output_layer": False,
        "length": 262144,
    }
    return _textcat(model, texts, labels)


def ensemble(texts: Sequence[str], labels: Sequence[str]) -> Judge:
    """spaCy's default text categoriser: bag of words and a small network."""
    return _textcat(None, texts, labels)


def _textcat(
    model: Mapping[str, object] | None, texts: Sequence[str], labels: Sequence[str]
) -> Judge:
    fix_random_seed(0)
    nlp, names = spacy.blank("zh"), sorted(set(labels))
    categoriser = nlp.add_pipe("textcat", config={"model": dict(model)} if model else {})
    examples = list(_examples(nlp, texts, labels, names))
    for name in names:
        categoriser.add_label(name)
    optimizer = nlp.initialize(lambda: examples)
    order = np.random.default_rng(0)
    for _ in range(ROUNDS):
        order.shuffle(examples)
        for batch in minibatch(examples, 16):
            nlp.update(batch, sgd=optimizer, drop=0.2)

    def reading(unseen: Sequence[str]) -> Shares:
        docs = nlp.pipe(prepared(text) for text in unseen)
        return np.asarray([[doc.cats[name] for name in names] for doc in docs], np.float32)

    return reading


def _examples(
    nlp: spacy.Language, texts: Sequence[str], labels: Sequence[str], names: Sequence[str]
) -> Iterator[Example]:
    for text, label in zip(texts, labels, strict=True):
        cats = {name: float(name == label) for name in names}
        yield Example.from_dict(nlp.make_doc(prepared(text)), {"cats": cats})


if __name__ == "__main__":
    main()
