"""Faults between files: ids that do not meet, and domains that nobody answers for."""

from __future__ import annotations

import pytest

from bot.catalogue import load

CITY = "cities/town/city.yaml"
BUREAUS = "cities/town/bureaus.yaml"


def only(faults):
    assert len(faults) == 1, faults
    return faults[0]


def test_a_city_that_is_not_there_is_told_with_those_that_are(told):
    fault = only(told("atlantis"))
    assert (fault.fault, fault.remedy) == ("there is no city atlantis", "choose one of town")


def test_a_city_whose_id_is_not_its_folder_is_a_fault(spoil, told):
    spoil(CITY, "id: town", "id: village")
    assert (only(told()).line, only(told()).remedy) == (1, "write town")


def test_a_city_that_borrows_places_of_no_city_is_a_fault(spoil, told):
    spoil(CITY, "id: town", "id: town\nplaces_of: nowhere")
    assert (CITY, 2) in [(f.file, f.line) for f in told()]


def test_a_name_that_lacks_one_of_the_citys_languages_is_a_fault(spoil, told):
    spoil("domains/roads.yaml", "about: {zh-TW: 說明, en: About}", "about: {zh-TW: 說明}")
    assert (only(told()).line, only(told()).fault) == (3, "about has no en")


def test_a_kind_that_two_domains_have_is_told_with_the_first_place(config, spoil, told):
    spoil("domains/water.yaml", "id: pipe", "id: lamp")
    fault = only(told())
    assert (fault.file, fault.line) == ("domains/water.yaml", 5)
    assert fault.fault == f"the kind lamp is already defined at {config}/domains/roads.yaml:5"


def test_a_domain_that_two_files_define_is_a_fault(config, told):
    text = (config / "domains/roads.yaml").read_text("utf-8").replace("id: lamp", "id: post")
    (config / "domains/streets.yaml").write_text(text, "utf-8")
    assert (only(told()).file, only(told()).line) == ("domains/streets.yaml", 1)


def test_a_domain_with_too_few_examples_says_how_many_it_has(spoil, told):
    spoil("domains/water.yaml", "    - water壞了第0次\n    - water壞了第1次\n", "")
    assert only(told()).fault == "water has 19 examples; at least 20 are needed"


def test_a_city_that_lists_an_unknown_domain_is_told_with_the_known(spoil, told):
    spoil(CITY, "- water", "- wattr")
    assert (only(told()).line, only(told()).remedy) == (11, "choose of roads, water")


def test_a_domain_that_is_listed_twice_is_a_fault(spoil, told):
    spoil(CITY, "- water", "- roads")
    assert "the domain roads is listed twice" in [f.fault for f in told()]


def test_a_file_that_is_part_of_two_domains_is_a_fault(spoil, told):
    spoil(CITY, "- water", "- {id: water, from: [water, roads]}")
    fault = "roads is already part of the domain on line 10"
    assert (only(told()).line, only(told()).fault) == (11, fault)


def test_a_joined_domain_without_a_name_of_its_own_is_a_fault(spoil, told):
    spoil(CITY, "  - roads\n  - water\n", "  - {id: streets, from: [roads, water]}\n")
    assert [f.line for f in told()] == [10, 10]


def test_a_bureau_that_answers_for_an_unknown_domain_is_a_fault(spoil, told):
    spoil(BUREAUS, "[roads, water]", "[roads, water, air]")
    assert (only(told()).line, only(told()).fault) == (
        3,
        "the bureau works answers for an unknown domain: air",
    )


def test_a_bureau_that_answers_for_an_unknown_kind_is_a_fault(spoil, told):
    spoil(BUREAUS, "[lamp]", "[lamp, lantern]")
    assert only(told()).fault == "the bureau lamps answers for an unknown kind: lantern"


def test_a_domain_that_no_bureau_answers_for_is_a_fault(spoil, told):
    spoil(BUREAUS, "[roads, water]", "[roads]")
    assert only(told()).fault == "no bureau answers for the domain water"


def test_a_domain_that_two_bureaus_answer_for_is_a_fault(spoil, told):
    spoil(BUREAUS, "kinds: [lamp]", "kinds: [lamp]\n  domains: [water]")
    assert (only(told()).line, only(told()).fault) == (
        7,
        "the domain water stands twice (first on line 3)",
    )


def test_a_broken_domain_file_does_not_hide_that_another_is_unknown(spoil, told):
    spoil("domains/water.yaml", "place: needed", "place: perhaps")
    spoil(CITY, "- roads", "- raods")
    assert {f.file for f in told()} == {"domains/water.yaml", CITY}


def test_a_broken_domain_file_does_not_make_the_bureaus_look_wrong(spoil, told):
    spoil("domains/water.yaml", "place: needed", "place: perhaps")
    assert {f.file for f in told()} == {"domains/water.yaml"}


def test_a_purpose_that_lacks_one_of_the_citys_languages_is_a_fault(spoil, told):
    spoil(CITY, "domains:", "purposes: {life: {zh-TW: 生活}}\ndomains:")
    assert [f.fault for f in told()] == ["purposes.life has no en"]


def test_terms_are_words_with_strokes_between(config, spoil):
    spoil(
        "domains/roads.yaml",
        "examples:\n  zh-TW",
        "terms: {zh-TW: 坑洞 / 柏油路}\nexamples:\n  zh-TW",
    )
    terms = load(config, "town").taxonomy.domains[0].terms
    assert terms == {"zh-TW": ("坑洞", "柏油路")}


@pytest.mark.parametrize("written", ["''", "路", "坑洞 / ", "/ 坑洞", "坑洞 / 路 / 柏油"])
def test_a_term_of_less_than_two_characters_is_a_fault(spoil, told, written):
    spoil(
        "domains/roads.yaml",
        "examples:\n  zh-TW",
        f"terms: {{zh-TW: {written}}}\nexamples:\n  zh-TW",
    )
    assert [(f.file, f.line) for f in told()] == [("domains/roads.yaml", 10)]
