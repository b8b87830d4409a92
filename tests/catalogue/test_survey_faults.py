"""Faults of surveys, told with the file and the line of the value."""

from __future__ import annotations

import pytest


@pytest.fixture
def survey(config):
    """survey(text) puts a survey of that text into the folder."""
    folder = config / "surveys"
    folder.mkdir()
    return lambda text: (folder / "bad.yaml").write_text(text, "utf-8")


def test_a_survey_without_questions_is_a_fault_of_its_file(survey, told):
    survey("id: bad\n")
    assert {f.file for f in told()} == {"surveys/bad.yaml"}


def test_a_survey_that_is_a_list_is_a_fault(survey, told):
    survey("- id: bad\n")
    assert [(f.line, f.fault) for f in told()] == [(1, "is no survey")]
