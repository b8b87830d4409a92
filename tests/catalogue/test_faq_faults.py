"""Faults of the answers to questions, and a city that has none."""

from __future__ import annotations

import pytest

from bot.catalogue import load

FAQ = """\
bins:
  examples: {zh-TW: [垃圾車幾點到]}
  answer: {zh-TW: 看網站。, en: See the page.}
  phone: '1999'
  link: https://example.tw
"""


@pytest.fixture
def faq(config):
    (config / "faq.yaml").write_text(FAQ, encoding="utf-8")


def only(faults):
    assert len(faults) == 1, faults
    return faults[0]


def test_a_city_without_answers_is_sound(config):
    assert len(load(config, "town").answers) == 0


@pytest.mark.usefixtures("faq")
def test_an_answer_is_found_by_its_example(config):
    entry, _ = load(config, "town").answers.nearest("垃圾車幾點到")
    assert (entry.id, entry.phone, entry.link) == ("bins", "1999", "https://example.tw")


@pytest.mark.usefixtures("faq")
@pytest.mark.parametrize(
    "old, new, fault",
    [
        (", en: See the page.", "", "bins.answer has no en"),
        ("[垃圾車幾點到]", "[]", "bins has no example"),
        ("https://example.tw", "example.tw", "bins.link: string should match pattern"),
        ("'1999'", "call us", "bins.phone: string should match pattern"),
    ],
)
def test_an_entry_with_a_flaw_is_a_fault(spoil, told, old, new, fault):
    spoil("faq.yaml", old, new)
    assert only(told()).fault.startswith(fault)


@pytest.mark.usefixtures("faq")
def test_one_example_in_two_entries_is_a_fault(config, told):
    again = FAQ + FAQ.replace("bins:", "trucks:")
    (config / "faq.yaml").write_text(again, encoding="utf-8")
    assert only(told()).fault == "垃圾車幾點到 is already an example of bins"
