"""The card that those who answered get."""

from __future__ import annotations

import pytest
from standins.releases import FEW, MANY, published
from standins.samples import wording

from bot.conversations.releasing import result


def test_it_tells_what_most_people_said() -> None:
    card = result(MANY, wording(), "zh-TW", "https://voice.example/surveys/walk")
    assert card is not None
    assert (card.title, card.text.splitlines()) == (
        "「走路」的結果出來了",
        [
            "謝謝您的回答！這一輪一共有 21 人參加。",
            "・公車專用道夠不夠？ 最多人回答「不夠」（67%）",
            "・trouble？ 最多人回答「晚上太暗」（71%）",
            "・content？ 最多人回答「2」（67%）",
            "完整結果：https://voice.example/surveys/walk",
        ],
    )


def test_it_is_told_in_english_and_without_a_page_where_there_is_none() -> None:
    card = result(MANY, wording(), "en")
    assert card is not None
    assert card.text.splitlines()[1] == '・Are there enough bus lanes? Most said "不夠" (67%)'
    assert "https" not in card.text


@pytest.mark.parametrize(
    "release",
    [FEW, published({"lanes": "few"}, {"lanes": "enough"}, times=10)],
    ids=["too few people", "a tie"],
)
def test_where_nothing_can_be_told_there_is_no_card(release: dict[str, object]) -> None:
    assert result(release, wording(), "zh-TW") is None
