"""Faults of surveys, told with the file and the line of the value."""

from __future__ import annotations

import pytest

from bot.catalogue import load


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


SOUND = """\
id: bad
version: 1
title: {zh-TW: 走路}
intro: {zh-TW: 想了解}
minutes: 1
questions:
  - {id: often, type: text, text: {zh-TW: 多常？}}
audience:
"""


def test_an_audience_of_names_that_are_there_has_no_fault(survey, config):
    survey(SOUND + "  districts: [東區]\n  domains: [roads]\n  channels: [line]\n")
    assert load(config, "town", ("line",)).surveys[0].audience.districts == ("東區",)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("districts: [東區, 月球]", "月球 is not known among the districts"),
        ("domains: [moon]", "moon is not known among the domains"),
        ("channels: [lime]", "lime is not known among the channels"),
        (
            "answered: {survey: none, question: often, any_of: [a]}",
            "there is no survey none",
        ),
        (
            "answered: {survey: bad, question: seldom, any_of: [a]}",
            "bad does not ask seldom",
        ),
    ],
)
def test_an_audience_of_a_name_that_is_none_is_a_fault_with_its_line(survey, told, written, found):
    survey(SOUND + f"  {written}\n")
    assert [(f.line, f.fault) for f in told(channels=("line",))] == [(9, found)]


def test_whoever_answered_anonymously_cannot_be_looked_for(survey, told):
    secret = SOUND.replace("questions:", "anonymous: true\nopen_for: 6\nquestions:")
    survey(secret + "  answered: {survey: bad, question: often, any_of: [a]}\n")
    assert [f.fault for f in told()] == ["the survey bad is anonymous"]


PURPOSES = "purposes: {life: {zh-TW: 生活, en: Life}}\ndomains:"
PLAIN = SOUND.replace("audience:\n", "")


def test_a_survey_may_be_for_one_of_the_citys_purposes(survey, spoil, config):
    spoil("cities/town/city.yaml", "domains:", PURPOSES)
    survey(PLAIN + "purpose: life\n")
    assert load(config, "town").surveys[0].purpose == "life"


def test_a_purpose_that_the_city_has_not_is_a_fault_with_its_line(survey, spoil, told):
    spoil("cities/town/city.yaml", "domains:", PURPOSES)
    survey(PLAIN + "purpose: love\n")
    assert [(f.line, f.fault) for f in told()] == [(8, "love is none of the city's purposes")]


def test_where_a_city_names_no_purposes_any_will_do(survey, config):
    survey(PLAIN + "purpose: love\n")
    assert load(config, "town").surveys[0].purpose == "love"
