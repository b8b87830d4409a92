from hypothesis import given
from hypothesis import strategies as st

from intents.normalise import UNDERSTOOD, fold, normalise


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.characters()))
def test_what_is_normalised_can_be_written_as_utf_8(text: str) -> None:
    assert normalise(text).encode().decode() == normalise(text)


def test_wide_letters_and_digits_become_narrow() -> None:
    assert normalise("ＡＢＣ１２３＠") == "ABC123@"


def test_chinese_punctuation_stays_as_it_was_typed() -> None:
    assert normalise("路燈壞了，很暗！") == "路燈壞了，很暗！"


def test_hidden_characters_and_direction_marks_go() -> None:
    assert normalise("路\u200b燈\u202e壞\ufeff了\x00") == "路燈壞了"


def test_a_half_of_a_surrogate_pair_goes() -> None:
    assert normalise("路\ud83d燈") == "路燈"


def test_a_megabyte_is_read_to_its_bound() -> None:
    assert len(normalise("燈" * 1_000_000)) == UNDERSTOOD


def test_folding_makes_one_of_two_ways_to_write_taipei() -> None:
    assert fold("台北市") == fold("臺北市")


def test_folding_makes_one_of_two_ways_to_write_a_section() -> None:
    assert fold("民生東路3段") == "民生東路三段"


def test_folding_leaves_a_year_before_a_section_alone() -> None:
    assert fold("13段") == "13段"
