import pytest

from intents.language import language, traditional


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("路燈壞了", "zh-TW"),
        ("路灯坏了", "zh-TW"),
        ("The lamp is out", "en"),
        ("hi", "en"),
        ("The lamp at 民生東路 is out", "en"),
        ("我的LINE Pay不能用了", "zh-TW"),
        ("123", "zh-TW"),
        ("", "zh-TW"),
        ("ㄅㄆㄇ", "zh-TW"),
    ],
)
def test_a_text_is_in_the_language_of_most_of_it(text: str, expected: str) -> None:
    assert language(text) == expected


def test_simplified_becomes_what_taiwan_writes() -> None:
    assert traditional("公车站的软件坏了") == "公車站的軟體壞了"


def test_traditional_is_left_alone() -> None:
    assert traditional("皇后里的干貝與台北") == "皇后里的干貝與台北"
