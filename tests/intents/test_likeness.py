from hypothesis import given
from hypothesis import strategies as st

from intents.likeness import likeness


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_between_nothing_and_one(a: str, b: str) -> None:
    assert 0.0 <= likeness(a, b) == likeness(b, a) <= 1.0


def test_the_same_problem_elsewhere_is_as_alike_as_can_be() -> None:
    assert likeness("民生東路三段路燈不亮", "仁愛路5號路燈不亮") == 1.0


def test_the_same_problem_in_other_words_is_more_alike_than_another_one() -> None:
    same = likeness("路燈壞了晚上很暗", "路燈不亮晚上好暗")
    other = likeness("路燈壞了晚上很暗", "垃圾車一直沒有來")
    assert same > 0.4 > other
