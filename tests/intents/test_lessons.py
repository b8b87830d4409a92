"""What is learned from corrections, and what is held back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from standins.samples import TAXONOMY

from intents.lessons import MOST, Taught, held_back, lessons, split
from intents.train import Labelled

DOMAINS = ("urban", "transport")
texts = st.lists(st.text(min_size=1, max_size=8), max_size=30)


def taught(text: str, domain: str = "urban", by: str = "ann", staff: bool = False) -> Taught:
    return Taught(text, domain, "zh-TW", by, staff)


def learned(*given: Taught) -> list[tuple[str, str]]:
    return [(one.text, one.label) for one in lessons(given, DOMAINS)]


def test_corrections_are_learned_in_the_order_they_came() -> None:
    assert learned(taught("路燈"), taught("公車", "transport")) == [
        ("路燈", "urban"),
        ("公車", "transport"),
    ]


def test_of_two_corrections_of_the_same_words_the_later_counts() -> None:
    assert learned(taught("公車"), taught("公車", "transport")) == [("公車", "transport")]


def test_the_same_words_in_another_guise_are_the_same() -> None:
    assert learned(taught("YouBike"), taught("ＹｏｕＢｉｋｅ", "transport")) == [
        ("ＹｏｕＢｉｋｅ", "transport")
    ]


def test_a_staff_members_word_stands_against_a_later_one_of_a_citizen() -> None:
    assert learned(taught("公車", "transport", "may", staff=True), taught("公車")) == [
        ("公車", "transport")
    ]


def test_a_domain_that_the_city_no_longer_has_is_not_learned() -> None:
    assert learned(taught("電報", "telegraph")) == []


def test_words_that_were_erased_teach_nothing() -> None:
    assert learned(taught(" ")) == []


def test_nobody_alone_bends_the_model() -> None:
    many = [taught(f"路燈{n}") for n in range(MOST + 5)]
    assert learned(*many) == [(f"路燈{n}", "urban") for n in range(5, MOST + 5)]


def test_staff_may_teach_as_much_as_they_like() -> None:
    many = [taught(f"路燈{n}", by="may", staff=True) for n in range(MOST + 5)]
    assert len(learned(*many)) == MOST + 5


@given(texts)
def test_every_text_is_either_learned_or_held_back(some: list[str]) -> None:
    given_texts = [Labelled(text, "urban", "zh-TW") for text in dict.fromkeys(some)]
    _, seen, unseen = split(TAXONOMY, given_texts)
    assert {one.text for one in seen}.isdisjoint(gold.text for gold in unseen)


@given(texts)
def test_examples_that_are_held_back_leave_the_taxonomy(some: list[str]) -> None:
    first, *rest = TAXONOMY.domains
    said = {"zh-TW": tuple(some)}
    full = replace(first, examples=said, questions=said)
    kept, _, unseen = split(replace(TAXONOMY, domains=(full, *rest)), ())
    left = [text for text in some if not held_back(text)]
    assert [list(kept.domains[0].examples["zh-TW"]), list(kept.domains[0].questions["zh-TW"])] == [
        left,
        left,
    ]
    assert {gold.label for gold in unseen} <= {first.id}
