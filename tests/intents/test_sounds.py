from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.features import vocabulary
from intents.lexicon import Lexicon
from intents.sounds import SOUNDS
from intents.understand import Understander

KNOWN = vocabulary(["路燈不亮", "路燈不亮", "公車不來", "公車不來"], Lexicon(()), least=2)


@pytest.mark.parametrize(
    ("text", "kind"), [("路登不亮", "street_lamp"), ("紅綠登壞了", "traffic_signal")]
)
def test_a_wrong_character_of_the_right_sound_is_understood(
    understander: Understander, text: str, kind: str
) -> None:
    assert understander.read(text).kind == kind


def test_a_pair_that_is_not_known_counts_as_the_one_that_sounds_alike() -> None:
    at, _ = KNOWN.unit("路登")
    assert [run for run, column in KNOWN.columns.items() if column in at] == ["路", "路\1燈"]


def test_another_tone_is_another_sound() -> None:
    at, _ = KNOWN.unit("路等")
    assert at.tolist() == [KNOWN.columns["路"]]


def test_what_is_no_chinese_character_has_no_sound() -> None:
    assert [SOUNDS[character] for character in "aㄉ7 😀"] == [""] * 5


@given(st.text())
def test_any_text_has_a_row_of_length_one_or_none(text: str) -> None:
    _, weights = KNOWN.unit(text)
    assert float(np.sqrt(weights @ weights)) == pytest.approx(1.0 if len(weights) else 0.0)
