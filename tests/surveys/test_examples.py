"""Each question type has a file of examples: what people type, and what it is read as."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from standins.forms import survey

from surveys.questions import TYPES
from surveys.questions.base import Hearing, Outcome, Ticked, Unusable, Usable

FOLDER = Path(__file__).parent / "examples"
EXAMPLES = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in FOLDER.iterdir()}
ROWS = [(kind, row) for kind, example in EXAMPLES.items() for row in example["said"]]


def outcome(row: Mapping[str, Any]) -> Outcome:
    """What a row of examples promises."""
    if "misread" in row:
        return Unusable(row["misread"])
    if "ticked" in row:
        return Ticked(tuple(row["ticked"]))
    value = row["value"]
    return Usable(tuple(value) if isinstance(value, list) else value)


def test_every_question_type_has_examples() -> None:
    assert set(EXAMPLES) == set(TYPES)


def test_the_examples_of_a_type_hold_a_question_of_that_type() -> None:
    assert {kind: example["question"]["type"] for kind, example in EXAMPLES.items()} == {
        kind: kind for kind in EXAMPLES
    }


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_the_examples_of_a_type_show_good_and_bad_answers(kind: str) -> None:
    good_alone = {False} if kind == "note" else {True, False}
    assert {"misread" in row for row in EXAMPLES[kind]["said"]} == good_alone


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[f"{kind}: {r['said']}" for kind, r in ROWS])
def test_an_example_is_read_as_promised(kind: str, row: Mapping[str, Any]) -> None:
    question = survey(EXAMPLES[kind]["question"]).questions[0]
    hearing = Hearing((), "zh-TW", date(2026, 11, 27))
    assert TYPES[kind].read(question, row["said"], hearing) == outcome(row)
