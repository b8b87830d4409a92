"""Listed words: they pull towards their domain as far as the examples bear them out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from standins.samples import taught

from intents.classify import judge
from intents.features import prepared
from intents.taxonomy import Taxonomy
from intents.terms import pulls
from intents.train import train

NAMES = ("bus", "lamp", "tree")


def pulled(
    stands: list[list[int]], labels: list[str], *homes: set[str], names: tuple[str, ...] = NAMES
) -> np.ndarray:
    """The pulls of terms of which each text of `stands` holds those marked 1."""
    there = sparse.csr_matrix(np.asarray(stands, np.float32))
    return pulls(there, np.asarray(labels), names, [frozenset(home) for home in homes])


def strongest(row: np.ndarray) -> str:
    return NAMES[int(row.argmax())]


def test_a_word_that_no_example_holds_pulls_where_its_list_says() -> None:
    assert strongest(pulled([[0], [0], [0]], list(NAMES), {"lamp"})[0]) == "lamp"


def test_examples_overrule_the_list() -> None:
    assert (
        strongest(
            pulled([[1]] * 30 + [[0]] * 60, ["tree"] * 30 + ["bus"] * 30 + ["lamp"] * 30, {"lamp"})[
                0
            ]
        )
        == "tree"
    )


def test_a_word_that_stands_under_every_label_hardly_pulls() -> None:
    everywhere, nowhere = pulled([[1, 0]] * 90, list(NAMES) * 30, {"lamp"}, {"lamp"})
    assert np.ptp(everywhere) < np.ptp(nowhere) / 5


def test_a_label_with_many_examples_has_no_more_say() -> None:
    few, many = (pulled([[1]] * (n + 2), ["bus"] * n + ["lamp", "tree"], set())[0] for n in (1, 40))
    assert np.allclose(few, many * np.ptp(few) / np.ptp(many), atol=0.2)


def test_a_word_of_two_lists_pulls_to_both_alike() -> None:
    row = pulled([[0]] * 3, list(NAMES), {"bus", "tree"})[0]
    assert (row[0], row[0] > row[1]) == (row[2], True)


def test_a_list_of_a_domain_that_has_no_examples_says_nothing() -> None:
    assert np.allclose(pulled([[0]] * 3, list(NAMES), {"moon"}), 0)


@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.lists(st.integers(0, 1), min_size=2, max_size=2)),
        min_size=1,
    )
)
def test_pulls_towards_all_labels_even_out(told: list[tuple[str, list[int]]]) -> None:
    found = pulled([stands for _, stands in told], [label for label, _ in told], {"bus"}, set())
    assert np.allclose(found.mean(axis=1), 0, atol=1e-5)


def test_a_listed_word_tells_the_domain_of_a_text_that_holds_nothing_else() -> None:
    lamps = taught("lamps", "路燈不亮很暗", "燈桿")
    rubbish = taught("rubbish", "垃圾沒有人收", "子車")
    model = train(Taxonomy((lamps, rubbish), {}, {}, {}, {}, {}))
    found = [judge(model, prepared(text)).domain for text in ("那支燈桿", "那臺子車")]
    assert found == ["lamps", "rubbish"]
