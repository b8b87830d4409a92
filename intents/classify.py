"""What a text is about and whether it reports anything, judged by a trained model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from intents.calibrate import probabilities
from intents.features import Floats
from intents.meaning import Encoder
from intents.model import Head, Model
from intents.reading import Act
from intents.taxonomy import CALM, URGENT

KIND_SURE = 0.4
"""The share of a domain's probability that a kind needs, unless its words name it: held out,
three kinds in four are then right."""

PERILOUS = 0.3
"""From this probability of any danger on a text tells of one: to say 119 once too often costs a
line, to miss it a life. Held out (three parts), 0.77 of the sightings that no word betrays are
heard, and 0.04 of those made to sound like one (0.2: 0.82 and 0.05; 0.4: 0.69 and 0.02)."""

PRESSING = 0.5
"""From this probability of any danger or haste on a text is urgent. Held out, 0.45 of the urgent
sightings that no word betrays, and 0.04 of the calm ones (0.3: 0.58 and 0.07; 0.7: 0.30, 0.02)."""

SERENE = 0.98
"""From this probability of no danger on a sentence tells of none, whatever word is in it. Held
out, none of 313 dangers with such a word is lost, and 28 of 100 that only sound like one are
no longer taken for it (0.99: 16)."""

TELLING = 12
"""So many characters a sentence needs to be told calm though a word of danger is in it."""

DOMAIN_SAYS = 0.35
"""What the domain's judgement weighs where all kinds are put in order. Cross-validated: 0.815 of
the right kinds among the first three against 0.789 without it and 0.795 at its full weight."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A model's view of one text.

    `scores` holds every domain and sums to 1; `domain` is the best of them, `kept` whether
    it is sure enough. `reporting` is the probability that the text reports something, `act`
    the likeliest other act. `kind` is a kind of the best domain, `named` whether a word of
    the lexicon named it. `danger` is one that the text tells of, or None; `pressing` whether it
    had better be looked at soon.
    """

    scores: Mapping[str, float]
    domain: str
    confidence: float
    kept: bool
    reporting: float
    act: Act
    kind: str | None
    named: bool
    danger: str | None
    pressing: bool


def judge(model: Model, prepared: str, encoder: Encoder | None = None) -> Judgement:
    """The model's view of a prepared text (intents.features.prepared).

    A text of which nothing is known says nothing. `encoder` is that of the model's `meaning`.
    """
    raw, hits, known = _weighed(model, prepared)
    scores = _domains(model, raw, prepared, encoder)
    domain = max(scores, key=scores.__getitem__)
    kind, named = _kind(model, domain, raw, hits)
    reporting, act = _act(model.acts, raw) if known else (0.0, Act.SMALL_TALK)
    kept = scores[domain] >= model.floors.get(domain, 1.0)
    danger, pressing = _danger(model.dangers, raw)
    best = scores[domain]
    return Judgement(scores, domain, best, kept, reporting, act, kind, named, danger, pressing)


def kinds(model: Model, prepared: str) -> tuple[str, ...]:
    """Every kind for a prepared text, the likeliest first; none where the model knows none."""
    if model.kinds is None:
        return ()
    raw, *_ = _weighed(model, prepared)
    shares, domains = _shares(model.kinds, raw), _shares(model.domains, raw)
    weighed = {
        kind: shares[kind] * domains[domain] ** DOMAIN_SAYS
        for domain, of in model.kinds_of.items()
        for kind in of
    }
    return tuple(sorted(weighed, key=weighed.__getitem__, reverse=True))


def serene(model: Model, prepared: str) -> bool:
    """Whether a prepared sentence surely tells of no danger; False where the model knows none.

    Never of an English one: of those, held out, 4 in 20 sightings would be lost. Nor of a short
    one: 我想死 alone is like many that only sigh.
    """
    if model.dangers is None or prepared.isascii() or len(prepared) < TELLING:
        return False
    raw, *_ = _weighed(model, prepared)
    shares = _shares(model.dangers, raw)
    return shares[CALM] + shares.get(URGENT, 0.0) > SERENE


def _weighed(model: Model, prepared: str) -> tuple[Floats, Mapping[str, int], bool]:
    """A score for each column of every head, the lexicon's hits, and whether anything is known."""
    at, weights, hits = model.vocabulary.vector(prepared)
    return np.asarray(weights @ model.weights[at] + model.bias, np.float32), hits, len(at) > 0


def _domains(model: Model, raw: Floats, prepared: str, encoder: Encoder | None) -> dict[str, float]:
    """Each domain's probability, by characters and where the model can by meaning."""
    shares = _own(model.domains, raw)
    if model.meaning and encoder:
        shares = model.meaning.joined(shares, encoder.vectors([prepared])[0])
    return _named(model.domains, shares)


def _shares(head: Head, raw: Floats) -> dict[str, float]:
    """Each label's probability."""
    return _named(head, _own(head, raw))


def _own(head: Head, raw: Floats) -> Floats:
    return probabilities(raw[head.first : head.first + len(head.labels)], head.sharpness)


def _named(head: Head, shares: Floats) -> dict[str, float]:
    """Shares by label, so exact that they sum to 1."""
    exact = shares.astype(np.float64)
    return dict(zip(head.labels, (exact / exact.sum()).tolist(), strict=True))


def _act(head: Head | None, raw: Floats) -> tuple[float, Act]:
    if head is None:
        return 1.0, Act.REPORT
    shares = _shares(head, raw)
    reporting = shares.pop(Act.REPORT.value)
    return reporting, Act(max(shares, key=shares.__getitem__))


def _danger(head: Head | None, raw: Floats) -> tuple[str | None, bool]:
    """The likeliest danger where any is likely enough, and whether the text presses."""
    if head is None:
        return None, False
    shares = dict(zip(head.labels, _own(head, raw).tolist(), strict=True))
    calm, pressing = shares.pop(CALM), shares.pop(URGENT, 0.0)
    peril = 1 - calm - pressing
    return (
        max(shares, key=shares.__getitem__) if peril >= PERILOUS else None
    ), 1 - calm >= PRESSING


def _kind(
    model: Model, domain: str, raw: Floats, hits: Mapping[str, int]
) -> tuple[str | None, bool]:
    """The domain's kind that words name most often, else the one that is sure enough."""
    head, labels = model.kinds, model.kinds_of.get(domain, ())
    if head is None or not labels:
        return None, False
    own = raw[model.kind_columns[domain]]
    named = [(hits[kind], own[i], kind) for i, kind in enumerate(labels) if kind in hits]
    if named:
        return max(named)[2], True
    shares = probabilities(own, head.sharpness)
    best = int(shares.argmax())
    return (labels[best] if shares[best] >= KIND_SURE else None), False
