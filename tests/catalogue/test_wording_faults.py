"""Faults of the wording: what one language says, the others must say too."""

from __future__ import annotations


def only(faults):
    assert len(faults) == 1, faults
    return faults[0]


def test_a_sentence_that_one_language_lacks_is_a_fault(spoil, told):
    spoil("wording/en.yaml", "hello: Hello\n", "")
    fault = only(told())
    assert (fault.file, fault.fault) == (
        "wording/en.yaml",
        "the sentence hello is missing; it stands in zh-TW",
    )


def test_a_sentence_with_other_places_is_a_fault(spoil, told):
    spoil("wording/zh-TW.yaml", "{number}", "{case}")
    fault = only(told())
    assert (fault.file, fault.line) == ("wording/zh-TW.yaml", 2)
    assert fault.fault == "filed has {case} where en has {number}"


def test_a_lone_brace_is_a_fault(spoil, told):
    spoil("wording/en.yaml", "{number}", "{number")
    assert only(told()).fault == "filed has a lone brace or an unnamed place"


def test_an_unnamed_place_is_a_fault(spoil, told):
    spoil("wording/en.yaml", "{number}", "{}")
    assert only(told()).fault == "filed has a lone brace or an unnamed place"


def test_a_language_of_the_city_without_wording_is_a_fault(config, told):
    (config / "wording/en.yaml").unlink()
    assert only(told()).fault == "there is no wording in en"


def test_a_sentence_that_yaml_reads_as_a_truth_value_is_a_fault(spoil, told):
    spoil("wording/en.yaml", "hello: Hello", "hello: yes")
    assert (only(told()).line, only(told()).fault) == (1, "hello: input should be a valid string")
