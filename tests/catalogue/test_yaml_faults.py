"""Faults of YAML files: each with the file, its line, and what is wrong."""

from __future__ import annotations

import pytest


def only(faults):
    assert len(faults) == 1, faults
    return faults[0]


def test_a_bracket_left_open_is_told_with_its_line(spoil, told):
    spoil("commands.yaml", "forget: [忘記我]", "forget: [忘記我")
    fault = only(told())
    assert (fault.file, fault.fault.split(":")[0]) == ("commands.yaml", "is not YAML")
    assert fault.line >= 2


def test_a_tab_as_indentation_is_told_with_its_line(spoil, told):
    spoil("dangers.yaml", "  call: '119'", "\tcall: '119'")
    assert only(told()).line == 2


def test_a_file_in_another_encoding_is_told_with_the_line_of_its_first_wrong_byte(config, told):
    (config / "commands.yaml").write_bytes(b"status: [status]\nforget: [" + "忘".encode("big5"))
    assert (only(told()).line, only(told()).fault) == (2, "is not UTF-8")


def test_a_file_that_is_not_there_is_told(config, told):
    (config / "dangers.yaml").unlink()
    fault = only(told())
    assert (fault.file, fault.remedy) == ("dangers.yaml", "create this file")


def test_an_empty_file_is_told(config, told):
    (config / "dangers.yaml").write_text("", "utf-8")
    assert only(told()).fault == "is empty"


def test_a_key_that_stands_twice_is_told_with_both_lines(spoil, told):
    spoil("cities/town/city.yaml", "prefix: TWN\n", "prefix: TWN\nprefix: TWO\n")
    fault = only(told())
    assert (fault.line, fault.fault) == (4, "the key prefix stands twice (first on line 3)")


def test_a_block_that_holds_itself_is_a_fault_and_no_endless_loop(config, told):
    (config / "commands.yaml").write_text("status: &a [*a]\n", "utf-8")
    assert only(told()).remedy == "write it out"


def test_a_missing_key_is_told_where_it_should_stand(spoil, told):
    spoil("domains/roads.yaml", "    place: needed\n", "")
    fault = only(told())
    assert (fault.file, fault.line) == ("domains/roads.yaml", 5)
    assert fault.fault == "kinds[1].place: is missing"


def test_an_unknown_key_is_told_on_its_line(spoil, told):
    spoil("cities/town/city.yaml", "prefix: TWN", "prefx: TWN")
    assert [(f.line, f.fault) for f in told()] == [
        (1, "prefix: is missing"),
        (3, "prefx: is not a key that is known here"),
    ]


@pytest.mark.parametrize(
    "old, new, line, remedy",
    [
        (
            "digest_at: '08:30'",
            "digest_at: 830",
            6,
            "write a text, in quotes if it looks like a number",
        ),
        ("digest_at: '08:30'", "digest_at: '8:30'", 6, "write hours and minutes such as '08:30'"),
        ("metres: 300", "metres: far", 7, "write a number"),
        ("people: 3", "people: 0", 8, "correct the value"),
        ("Asia/Taipei", "Asia/Taipeh", 4, "use a name of the IANA list such as Asia/Taipei"),
        ("prefix: TWN", "prefix: t1", 3, "use two to four capital letters such as TPE"),
        ("languages: [zh-TW, en]", "languages: en", 5, "write a list, each entry after a dash"),
    ],
)
def test_a_wrong_value_is_told_with_a_remedy(spoil, told, old, new, line, remedy):
    spoil("cities/town/city.yaml", old, new)
    fault = only([f for f in told() if f.file == "cities/town/city.yaml"])
    assert (fault.line, fault.remedy) == (line, remedy)


def test_a_name_that_a_comma_cut_in_two_is_told_once(spoil, told):
    spoil("domains/water.yaml", "en: Kind}", "en: Kind, of water}")
    fault = only(told())
    assert (fault.line, fault.remedy) == (
        6,
        "write a text; put quotes around one that holds a comma",
    )


def test_a_place_need_that_is_none_of_the_three_is_told_with_the_three(spoil, told):
    spoil("domains/roads.yaml", "place: needed", "place: perhaps")
    assert only(told()).remedy == "use 'needed', 'helpful' or 'none'"


def test_an_act_that_the_project_does_not_know_is_a_fault(spoil, told):
    spoil("not_reports.yaml", "thanks:", "gratitude:")
    assert (only(told()).file, only(told()).line) == ("not_reports.yaml", 1)


def test_a_danger_without_a_number_to_call_is_a_fault(spoil, told):
    spoil("dangers.yaml", "  call: '119'\n", "")
    assert only(told()).fault == "fire has no call"


def test_a_danger_without_words_is_a_fault(spoil, told):
    spoil("dangers.yaml", "  words: {zh-TW: [失火], en: [on fire]}\n", "")
    assert only(told()).fault == "fire has no words"


def test_a_danger_to_which_nothing_is_said_is_a_fault(spoil, told):
    for language in ("zh-TW", "en"):
        spoil(f"wording/{language}.yaml", "danger.fire", "danger.flood")
    found = {(fault.fault, fault.remedy) for fault in told()}
    assert found == {("nothing is said to fire", "add danger.fire: to config/wording")}


def test_a_danger_of_a_kind_that_no_domain_has_is_a_fault(spoil, told):
    spoil("dangers.yaml", "kind: lamp", "kind: blaze")
    found = only(told())
    assert (found.fault, found.remedy) == (
        "fire is of a kind that no domain has: blaze",
        "name a kind of config/domains",
    )


def test_a_number_to_call_that_is_not_in_quotes_is_a_fault(spoil, told):
    spoil("dangers.yaml", "call: '119'", "call: 119")
    assert (only(told()).line, only(told()).fault) == (
        2,
        "fire.call: input should be a valid string",
    )


def test_a_text_that_gives_two_commands_is_a_fault(spoil, told):
    spoil("commands.yaml", "[忘記我]", "[忘記我, Status]")
    assert (only(told()).line, only(told()).fault) == (2, "Status already stands under status")


def test_a_text_that_is_two_replies_is_a_fault(spoil, told):
    spoil("replies.yaml", "[算了]", "[算了, 好]")
    assert (only(told()).line, only(told()).fault) == (2, "好 already stands under agree")


def test_a_reply_that_no_room_knows_is_a_fault(spoil, told):
    spoil("replies.yaml", "decline:", "perhaps:")
    assert (only(told()).file, only(told()).line) == ("replies.yaml", 2)
