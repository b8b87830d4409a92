import pytest

from intents.reading import Urgency
from intents.taxonomy import Taxonomy
from intents.urgency import Alarm


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我家失火了", "fire"),
        ("變電箱冒火花", "fire"),
        ("巷子有瓦斯味", "gas"),
        ("I smell gas in the alley", "gas"),
        ("有人昏倒在路邊", "injury"),
        ("我不想活了", "despair"),
        ("He is not breathing", "injury"),
        ("樓上有人拿刀", "violence"),
        ("my husband hits me", "violence"),
    ],
)
def test_danger_to_life_is_heard(taxonomy: Taxonomy, text: str, expected: str) -> None:
    assert Alarm(taxonomy).heard(text) == (Urgency.DANGER, expected)


@pytest.mark.parametrize(
    "text",
    [
        "快氣炸了",
        "我真的很火大",
        "嚇死我了",
        "熱到快昏倒",
        "沒有失火",
        "萬一失火怎麼跑",
        "去年失火的那棟",
        "火災警報器壞了",
        "被打臉",
        "the fire drill was loud",
        "I got fired",
    ],
)
def test_figures_of_speech_are_no_danger(taxonomy: Taxonomy, text: str) -> None:
    assert Alarm(taxonomy).heard(text)[1] is None


def test_a_word_in_a_sentence_that_surely_tells_of_no_danger_is_only_urgent(
    taxonomy: Taxonomy,
) -> None:
    asked: list[str] = []
    text = "公車很擠。火災那年的圖書館還沒修好!燈不亮"
    heard = Alarm(taxonomy).heard(text, lambda sentence: not asked.append(sentence))
    assert (heard, asked) == ((Urgency.HIGH, None), ["火災那年的圖書館還沒修好"])


def test_another_sentence_with_a_danger_is_heard_all_the_same(taxonomy: Taxonomy) -> None:
    heard = Alarm(taxonomy).heard("火災那年的圖書館。現在又失火了", lambda part: "那年" in part)
    assert heard == (Urgency.DANGER, "fire")


def test_haste_raises_urgency(taxonomy: Taxonomy) -> None:
    assert Alarm(taxonomy).heard("路樹快倒了,很危險") == (Urgency.HIGH, None)


def test_a_calm_text_is_not_urgent(taxonomy: Taxonomy) -> None:
    assert Alarm(taxonomy).heard("路燈不亮") == (Urgency.NORMAL, None)
