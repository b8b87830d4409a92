"""The texts that were written to measure by: a change may not make them read much worse."""

from __future__ import annotations

import pytest
from bench import redaction, urgency

from intents.taxonomy import Taxonomy
from intents.understand import Understander
from intents.urgency import Alarm


@pytest.mark.parametrize("half", ["dev", "test"])
def test_redaction_keeps_its_precision_and_recall(half: str) -> None:
    precision, recall, _ = redaction.figures(half)[redaction.ALL]
    assert (precision >= 0.98, recall >= 0.96) == (True, True)


def test_there_are_three_hundred_texts_and_a_hundred_traps() -> None:
    texts = [*redaction.rows("dev"), *redaction.rows("test")]
    traps = [text for text in texts if not redaction.expected(text)]
    assert (len(texts) >= 300, len(traps) >= 100) == (True, True)


@pytest.mark.parametrize("half", ["dev", "test"])
def test_hardly_any_danger_is_missed(taxonomy: Taxonomy, half: str) -> None:
    alarm = Alarm(taxonomy)
    dangers = [row for row in urgency.rows(half) if row["urgency"] == "danger"]
    heard = [row for row in dangers if alarm.heard(row["text"])[1]]
    assert len(heard) >= 0.95 * len(dangers)


def test_most_dangers_are_heard_that_strangers_did_not_name(understander: Understander) -> None:
    dangers = [row for row in urgency.rows("others") if row["urgency"] == "danger"]
    heard = [row for row in dangers if understander.read(row["text"]).danger]
    assert len(heard) >= 0.88 * len(dangers)
