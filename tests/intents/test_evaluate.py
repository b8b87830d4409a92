import pytest

from intents.calibrate import calibration_error
from intents.evaluate import Gold, evaluate
from intents.reading import Act, Reading


def reading(urban: float, kept: bool = True) -> Reading:
    scores = {"urban": urban, "health": 1 - urban}
    best = max(scores, key=scores.__getitem__)
    return Reading("", "zh-TW", Act.REPORT, best if kept else None, scores[best], scores)


ROWS = (Gold("a", "urban"), Gold("b", "urban"), Gold("c", "other", ("health",)), Gold("d", "urban"))
READINGS = (reading(0.9), reading(0.2), reading(0.1), reading(0.6, kept=False))
FIGURES = evaluate(ROWS, READINGS, 2.0)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("n", 4), ("accuracy", 0.75), ("abstained", 0.25), ("documents_per_second", 2.0)],
)
def test_figures_are_over_all_texts(figure: str, expected: float) -> None:
    assert FIGURES[figure] == expected


def test_each_label_has_its_figures() -> None:
    expected = {"precision": 1.0, "recall": pytest.approx(2 / 3), "f1": 0.8, "support": 3}
    assert FIGURES["labels"]["urban"] == expected


def test_macro_f1_is_the_mean_over_labels() -> None:
    assert FIGURES["macro_f1"] == pytest.approx((0.8 + 2 / 3) / 2)


def test_no_texts_give_figures_too() -> None:
    assert evaluate((), (), 0.0)["n"] == 0


def test_honest_confidence_has_no_calibration_error() -> None:
    assert calibration_error([1.0] * 30, [True] * 30) == 0.0


def test_false_confidence_is_all_error() -> None:
    assert calibration_error([1.0] * 30, [False] * 30) == 1.0
