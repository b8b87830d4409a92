"""A new model goes live only if the whole gains and no domain is sacrificed for it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from intents.gate import Verdict, compare

judged = st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.booleans()), max_size=80)


def verdict(*rows: tuple[str, bool, bool]) -> Verdict:
    return compare([d for d, _, _ in rows], [b for _, b, _ in rows], [a for _, _, a in rows])


def times(count: int, domain: str, before: bool, after: bool) -> Sequence[tuple[str, bool, bool]]:
    return [(domain, before, after)] * count


def test_a_candidate_that_is_right_more_often_passes() -> None:
    assert verdict(("a", False, True), ("a", True, True)).passed


def test_a_candidate_that_is_no_better_does_not_pass() -> None:
    assert not verdict(("a", True, True)).passed


def test_no_texts_to_judge_by_do_not_pass() -> None:
    assert not verdict().passed


def test_a_domain_that_loses_more_than_chance_stops_a_candidate_that_gains() -> None:
    found = verdict(*times(9, "a", False, True), *times(4, "b", True, False))
    assert (found.gains, [c.domain for c in found.lost], found.passed) == (True, ["b"], False)


def test_a_domain_that_loses_what_chance_explains_stops_nothing() -> None:
    assert verdict(*times(9, "a", False, True), *times(3, "b", True, False)).passed


def test_a_loss_is_set_against_what_the_domain_gains() -> None:
    assert verdict(*times(4, "b", True, False), *times(5, "b", False, True)).passed


def test_each_domain_is_counted_by_itself() -> None:
    found = verdict(("a", True, False), ("b", False, True), ("b", True, True))
    assert [(c.domain, c.texts, c.before, c.after) for c in found.domains] == [
        ("a", 1, 1, 0),
        ("b", 2, 1, 2),
    ]


@given(judged)
def test_the_domains_together_are_the_whole(rows: list[tuple[str, bool, bool]]) -> None:
    found = verdict(*rows)
    sums = [sum(getattr(c, n) for c in found.domains) for n in ("texts", "before", "after")]
    assert sums == [found.whole.texts, found.whole.before, found.whole.after]


@given(judged)
def test_a_model_never_passes_against_itself(rows: list[tuple[str, bool, bool]]) -> None:
    assert not verdict(*((domain, right, right) for domain, right, _ in rows)).passed


@given(judged)
def test_what_passes_one_way_does_not_pass_the_other(rows: list[tuple[str, bool, bool]]) -> None:
    back = [(domain, after, before) for domain, before, after in rows]
    assert not (verdict(*rows).passed and verdict(*back).passed)
