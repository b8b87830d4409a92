"""A trained classifier: what it knows, as plain numbers, to bytes and back."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.errors import BadModelError
from intents.features import Floats, Vocabulary
from intents.lexicon import Lexicon
from intents.meaning import Meaning

_MAGIC = b"CVINTENT"
_EFFORT = 1
"""Most weights of terms are nothing: the least effort packs a model to a third."""

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Head:
    """Labels that are told apart by their own columns of the weights.

    `sharpness` makes scores probabilities.
    """

    labels: tuple[str, ...]
    first: int
    sharpness: float


@dataclass(frozen=True)
class Model:
    """`weights` is features × labels of all heads, `bias` labels.

    `floors` are the confidences below which a domain's judgement is not kept. `kinds_of`
    maps a domain to its kinds; `version` names what the model was trained on. With `meaning`
    an encoder's vectors have a say in the domain.
    """

    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    domains: Head
    acts: Head | None
    kinds: Head | None
    dangers: Head | None
    kinds_of: Mapping[str, tuple[str, ...]]
    floors: Mapping[str, float]
    version: str
    meaning: Meaning | None = None

    @cached_property
    def kind_columns(self) -> Mapping[str, NDArray[np.int64]]:
        """The columns of each domain's kinds, in the order of `kinds_of`."""
        head = self.kinds
        at = {} if head is None else {kind: head.first + i for i, kind in enumerate(head.labels)}
        return {d: np.asarray([at[k] for k in of], np.int64) for d, of in self.kinds_of.items()}

    def dump(self) -> bytes:
        """The model as bytes, packed: a JSON header, then the numbers, half precise."""
        head = {
            "version": self.version,
            "runs": list(self.vocabulary.columns),
            "words": self.vocabulary.lexicon.words,
            "terms": [term for term, _ in self.vocabulary.terms.words],
            "heads": [_plain(h) for h in (self.domains, self.acts, self.kinds, self.dangers)],
            "kinds_of": self.kinds_of,
            "floors": self.floors,
            "shape": self.weights.shape,
            "meaning": _told(self.meaning),
        }
        header = json.dumps(head, ensure_ascii=False).encode()
        parts = [self.vocabulary.rarity, self.bias, self.weights.astype(np.float16)]
        parts += [self.meaning.bias, self.meaning.weights] if self.meaning else []
        numbers = b"".join(np.ascontiguousarray(p).tobytes() for p in parts)
        return _MAGIC + zlib.compress(_LENGTH.pack(len(header)) + header + numbers, _EFFORT)

    @staticmethod
    def load(data: bytes) -> Model:
        """The model of those bytes. Raises BadModelError where they are none."""
        try:
            return _loaded(data)
        except (ValueError, KeyError, TypeError, IndexError, struct.error, zlib.error) as cause:
            raise BadModelError("these bytes are no model of this version: train anew") from cause


def _loaded(packed: bytes) -> Model:
    if packed[: len(_MAGIC)] != _MAGIC:
        raise ValueError("another beginning")
    data, start = zlib.decompress(packed[len(_MAGIC) :]), _LENGTH.size
    (length,) = _LENGTH.unpack(data[:start])
    head: dict[str, Any] = json.loads(data[start : start + length])
    rows, labels = head["shape"]
    columns = {run: i for i, run in enumerate(head["runs"])}
    at = start + length
    rarity = np.frombuffer(data, np.float32, len(columns), at)
    bias = np.frombuffer(data, np.float32, labels, at := at + rarity.nbytes)
    weights = np.frombuffer(data, np.float16, rows * labels, at := at + bias.nbytes)
    domains, acts, kinds, dangers = (_head(h) for h in head["heads"])
    if domains is None:
        raise ValueError("no domains")
    return Model(
        Vocabulary(
            columns,
            rarity,
            Lexicon((w, of) for w, of in head["words"]),
            Lexicon((term, term) for term in head["terms"]),
        ),
        weights.reshape(rows, labels).astype(np.float32),
        bias,
        domains,
        acts,
        kinds,
        dangers,
        {domain: tuple(of) for domain, of in head["kinds_of"].items()},
        head["floors"],
        head["version"],
        _meaning(head.get("meaning"), data, at + weights.nbytes),
    )


def _told(meaning: Meaning | None) -> list[Any] | None:
    return [meaning.encoder, meaning.weights.shape, meaning.sharpness] if meaning else None


def _meaning(told: list[Any] | None, data: bytes, at: int) -> Meaning | None:
    if told is None:
        return None
    encoder, (width, domains), sharpness = told
    bias = np.frombuffer(data, np.float32, domains, at)
    weights = np.frombuffer(data, np.float32, width * domains, at + bias.nbytes)
    return Meaning(encoder, weights.reshape(width, domains), bias, sharpness)


def _plain(head: Head | None) -> list[Any] | None:
    return [head.labels, head.first, head.sharpness] if head else None


def _head(plain: list[Any] | None) -> Head | None:
    return Head(tuple(plain[0]), plain[1], plain[2]) if plain else None
