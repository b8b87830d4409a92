import pytest

from intents.features import prepared
from intents.manner import asks, bare, complains


@pytest.mark.parametrize(
    "text",
    [
        "舊床墊要怎麼丟",
        "請問社宅現在可以申請嗎",
        "敬老卡要帶什麼證件",
        "How do I renew my licence?",
        "What time does the last train leave",
    ],
)
def test_a_question_of_how_something_is_done_asks(text: str) -> None:
    assert asks(prepared(text))


@pytest.mark.parametrize(
    "text",
    [
        "請問你們到底要不要處理違停",
        "為什麼路燈都不亮",
        "紅綠燈怎麼又壞了?",
        "能不能派人來修水溝蓋",
        "Why is the street lamp still broken?",
        "這樣收費合理嗎",
        "請問" + "我等了很久" * 20,
    ],
)
def test_a_complaint_in_the_form_of_a_question_does_not_ask(text: str) -> None:
    assert not asks(prepared(text))


@pytest.mark.parametrize("text", ["人行道有坑洞", "垃圾好臭", "謝謝你們,不過路燈今天又不亮了"])
def test_what_says_that_something_is_wrong_complains(text: str) -> None:
    assert complains(prepared(text))


@pytest.mark.parametrize("text", ["謝謝你們修好坑洞", "公園好漂亮", "Thanks, the leak is fixed"])
def test_thanks_and_praise_do_not_complain(text: str) -> None:
    assert not complains(prepared(text))


@pytest.mark.parametrize(
    "text", ["老鼠", "!!!!路燈!!!!", "哈囉 路燈", "garbage truck", "hi rats everywhere"]
)
def test_a_text_of_a_few_characters_only_names_its_matter(text: str) -> None:
    assert bare(prepared(text))


@pytest.mark.parametrize("text", ["路燈修好了", "thanks bus driver", "我等等要去夜市"])
def test_thanks_and_whole_sentences_say_more_than_a_name(text: str) -> None:
    assert not bare(prepared(text))
