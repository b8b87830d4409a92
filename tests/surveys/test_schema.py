"""The JSON Schema for editors takes what `build` takes, and names what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from jsonschema import Draft202012Validator
from standins.forms import definition, questions

from surveys.audience import EARLIER_KEYS
from surveys.audience import KEYS as AUDIENCE_KEYS
from surveys.build import KEYS, QUESTION_KEYS
from surveys.expanding import MATRIX_KEYS
from surveys.questions import TYPES
from surveys.quotas import KEYS as QUOTA_KEYS
from surveys.timetable import EVERY
from surveys.timetable import KEYS as SCHEDULE_KEYS

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "config/schemas/survey.schema.json").read_text("utf-8"))
DEFS = SCHEMA["$defs"]
RIGHT = Draft202012Validator(SCHEMA)
SURVEYS = sorted((ROOT / "config/surveys").glob("*.yaml"))
TALKS = sorted((ROOT / "tests/talks/questions").glob("*.yaml"))


def test_it_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_it_knows_every_key_type_and_rhythm() -> None:
    question = DEFS["question"]["properties"]
    assert set(SCHEMA["properties"]) == KEYS
    audience = SCHEMA["properties"]["audience"]["properties"]
    assert set(audience) == AUDIENCE_KEYS
    assert set(audience["answered"]["properties"]) == EARLIER_KEYS
    assert set(SCHEMA["properties"]["quotas"]["properties"]) == QUOTA_KEYS
    assert set(question) == QUESTION_KEYS | MATRIX_KEYS
    assert set(question["type"]["enum"]) == {*TYPES, "matrix"}
    assert set(DEFS["schedule"]["properties"]) == SCHEDULE_KEYS
    assert tuple(DEFS["schedule"]["properties"]["every"]["enum"]) == EVERY


@pytest.mark.parametrize("file", SURVEYS, ids=lambda file: file.stem)
def test_the_citys_surveys_are_right(file: Path) -> None:
    assert list(RIGHT.iter_errors(yaml.safe_load(file.read_text("utf-8")))) == []


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
def test_every_kind_of_question_is_right(file: Path) -> None:
    asked = yaml.safe_load(file.read_text("utf-8"))["questions"]
    assert list(RIGHT.iter_errors(definition(*asked))) == []


@given(st.data())
def test_what_can_be_built_is_right(data: DataObject) -> None:
    assert list(RIGHT.iter_errors(definition(data.draw(questions("q0"))))) == []


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"colour": "red"}, "$.questions[0]"),
        ({"type": "essay"}, "$.questions[0].type"),
        ({"text": "hello"}, "$.questions[0].text"),
        ({"options": "a"}, "$.questions[0].options"),
        ({"rows": []}, "$.questions[0].rows"),
    ],
    ids=str,
)
def test_what_is_wrong_is_shown_where_it_stands(wrong: dict[str, Any], path: str) -> None:
    asked = {"id": "q", "type": "choice", "text": {"en": "?"}, **wrong}
    assert [fault.json_path for fault in RIGHT.iter_errors(definition(asked))] == [path]
