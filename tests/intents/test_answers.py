import pytest

from intents.answers import Answers, Entry
from intents.reading import Act, Reading

ENTRIES = (
    Entry(
        "bins",
        {
            "zh-TW": ("垃圾車幾點到", "垃圾車路線怎麼查"),
            "en": ("When does the garbage truck come",),
        },
        {"zh-TW": "看網站。", "en": "See the page."},
        "1999",
    ),
    Entry("card", {"zh-TW": ("悠遊卡掛失要打幾號",)}, {"zh-TW": "打客服。"}),
)


def found(text: str, act: Act = Act.QUESTION, danger: str | None = None) -> str | None:
    entry = Answers(ENTRIES).find(Reading(text, "zh-TW", act, danger=danger))
    return entry.id if entry else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("請問垃圾車幾點會來", "bins"),
        ("垃圾车几点到", "bins"),
        ("when does the truck come?", "bins"),
        ("悠遊卡可以掛失嗎", "card"),
    ],
)
def test_a_question_finds_its_answer(text: str, expected: str) -> None:
    assert found(text) == expected


def test_a_question_of_something_else_finds_none() -> None:
    assert found("市長是哪一年出生的") is None


def test_a_report_of_the_same_matter_finds_none() -> None:
    assert found("垃圾車幾點到都不來", Act.REPORT) is None


def test_idle_talk_that_asks_is_answered_when_it_is_sure() -> None:
    assert found("垃圾車幾點到?", Act.SMALL_TALK) == "bins"


def test_danger_is_never_answered_with_a_page() -> None:
    assert found("垃圾車幾點到", danger="fire") is None


def test_without_entries_nothing_is_found() -> None:
    assert Answers(()).nearest("垃圾車幾點到") == (None, 0.0)
