"""Words that tell a domain: listed by people, trusted as far as the examples bear them out.

Sentences teach only the words that their writers thought of. A list of a domain's words reaches
further, but a word of one list is often used elsewhere too (「退費」 in schools). So each word
starts with what its list says and is weighed anew by the examples that it stands in: a naive
Bayes that begins with the lists.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from intents.calibrate import Floats

TRUST = 10.0
"""How many examples of a domain its list counts for."""

DOUBT = 0.1
"""How many examples every other domain is granted, so that none is ever ruled out."""

LOUD = 0.5
"""What a word's pull weighs beside the machines' scores."""


def pulls(
    there: sparse.csr_matrix,
    labels: NDArray[np.str_],
    names: Sequence[str],
    homes: Sequence[Collection[str]],
) -> Floats:
    """How far each term pulls towards each of `names`; terms × names, each row's mean 0.

    `there` is texts × terms, not zero where a term stands; `labels` are the texts' own, `homes`
    the domains in whose lists each term is.
    """
    at = {name: i for i, name in enumerate(names)}
    own = np.zeros((len(labels), len(names)))
    own[np.arange(len(labels)), [at[str(label)] for label in labels]] = 1
    # A domain with more examples than others has no more say.
    own *= len(labels) / len(names) / np.maximum(own.sum(axis=0), 1)
    counted = np.asarray((there > 0).T @ own) + _granted(homes, at)
    shares = np.log(counted)
    return np.asarray(LOUD * (shares - shares.mean(axis=1, keepdims=True)), np.float32)


def _granted(homes: Sequence[Collection[str]], at: Mapping[str, int]) -> NDArray[np.float64]:
    granted = np.full((len(homes), len(at)), DOUBT)
    for row, domains in enumerate(homes):
        known = [at[domain] for domain in domains if domain in at]
        if known:
            granted[row, known] += TRUST / len(known)
    return granted
