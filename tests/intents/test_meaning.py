"""What an encoder adds: its vectors have a say in the domain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standins.encoder import Topics

from intents.classify import judge
from intents.errors import NoEncoderError
from intents.features import prepared
from intents.meaning import by_vectors, held_out, together
from intents.model import Model
from intents.places import Gazetteer
from intents.taxonomy import Taxonomy
from intents.train import Labelled, fingerprint, train
from intents.understand import Understander

NOTHING = Taxonomy((), {}, {}, {}, {}, {})
NOWHERE = Gazetteer((), ())
TAUGHT = tuple(
    Labelled(f"{text}第{i}次", label, "zh-TW")
    for i in range(6)
    for text, label in (
        ("路燈不亮很暗", "lamps"),
        ("垃圾沒有人收", "rubbish"),
        ("公車一直不來", "buses"),
    )
)
PAIRS = tuple(one for one in TAUGHT if one.label != "buses")


def trained(taught=TAUGHT) -> Model:
    return train(NOTHING, taught, encoder=Topics())


def test_words_that_were_never_taught_are_understood_by_their_meaning() -> None:
    assert judge(trained(), prepared("the lamp"), Topics()).domain == "lamps"


def test_two_labels_are_told_apart_as_well() -> None:
    judged = judge(trained(PAIRS), prepared("more rubbish"), Topics())
    assert (judged.domain, judged.confidence > 0.5) == ("rubbish", True)


@given(st.text(max_size=40))
def test_probabilities_sum_to_one_whatever_the_text(text: str) -> None:
    assert sum(judge(JUDGE, prepared(text), Topics()).scores.values()) == pytest.approx(1)


JUDGE = trained()


def test_a_model_with_meaning_comes_back_from_its_bytes_judging_alike() -> None:
    text = prepared("路燈壞了")
    assert judge(Model.load(JUDGE.dump()), text, Topics()) == judge(JUDGE, text, Topics())


@pytest.mark.parametrize("encoder", [None, Topics()])
def test_without_its_encoder_a_model_does_not_read(encoder: Topics | None) -> None:
    if encoder:
        encoder.name = "topics 2"
    with pytest.raises(NoEncoderError):
        Understander(NOTHING, NOWHERE, JUDGE, encoder)


def test_a_model_without_meaning_reads_where_an_encoder_is() -> None:
    plain = train(NOTHING, TAUGHT)
    with_and_without = [Understander(NOTHING, NOWHERE, plain, e) for e in (Topics(), None)]
    one, other = (reader.read("路燈不亮") for reader in with_and_without)
    assert one == other


def test_the_fingerprint_changes_with_the_encoder() -> None:
    assert fingerprint(NOTHING, TAUGHT, "topics 1") != fingerprint(NOTHING, TAUGHT)


def test_where_one_machine_knows_nothing_the_other_decides() -> None:
    blank, sure = np.full((1, 2), 0.5, np.float32), np.asarray([[0.9, 0.1]], np.float32)
    both = np.exp(together(blank, sure))
    assert both / both.sum() == pytest.approx(sure, abs=1e-6)


def test_a_text_that_is_held_out_is_judged_by_a_machine_that_never_saw_it() -> None:
    vectors = np.eye(2, dtype=np.float32)[[0, 0, 0, 1, 1, 0]]
    numbers = np.asarray([0, 0, 0, 1, 1, 1])  # the last one is labelled wrong
    halves = [(np.asarray(a), np.asarray(b)) for a, b in (([0, 1, 3], [2, 4, 5]),)]
    assert held_out(vectors, numbers, 6, halves)[[2, 4, 5]].argmax(axis=1).tolist() == [0, 1, 0]


def test_a_machine_has_a_column_for_each_of_two_labels() -> None:
    weights, bias = by_vectors(np.eye(2, dtype=np.float32), np.asarray([0, 1]))
    assert (weights.shape, bias.shape) == ((2, 2), (2,))
