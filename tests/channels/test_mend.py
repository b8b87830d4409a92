"""What platforms send is read, even where it is not quite text."""

from __future__ import annotations

import pytest

from bot.channels.mend import document
from bot.model.errors import Malformed


def test_json_is_read_as_it_is() -> None:
    assert document('{"text": "路燈😢"}'.encode()) == {"text": "路燈😢"}


def test_half_an_emoji_becomes_a_question_mark() -> None:
    assert document(rb'{"text": "\ud83d \u8def"}') == {"text": "? 路"}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"NaN", b'{"a": NaN}', b"[" * 100_000], ids=lambda body: body[:9]
)
def test_what_is_not_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed, match="not JSON"):
        document(body)
