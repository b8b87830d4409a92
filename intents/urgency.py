"""Danger to life, and haste, by the words that betray them."""

from __future__ import annotations

import re

from intents.normalise import fold, normalise
from intents.reading import Urgency
from intents.taxonomy import Sentences, Taxonomy

# Other words that hold a word of danger: frying pans, drills, offices, figures of speech.
_FIGURATIVE = re.compile(
    "|".join(
        (
            "(?:快|要|都)?(?:被?氣到|氣|笑|累|熱|冷|煩|吵|嚇|餓|窮|悶|臭|羨慕|尷尬)到?快?"
            "(?:爆炸|炸|死|昏倒|瘋|想死|不想活)[了我]?",
            "快氣炸|火大|惹火|火氣|火紅|火速|氣炸鍋|滅火|防火|打火機|煙火|爆炸頭|爆炸多|爆炸大",
            "(?:資訊|人口|塞|擠|忙|熱|美|萌|爽|滿|好吃|帥)到?爆炸?|救命[恩錢稻]|流血流汗",
            "被打(?:臉|槍|擾|斷|亂|折|掃|錯|回|開|包|壞|穿|破|爛|卡|入|造|拉|點|電話|叉|上|下)",
            "打我(?:們)?的?(?:電話|手機|小報告|主意|家電話)|自殺(?:防治|專線|率)",
            "(?:火災|火警)(?:自動)?(?:警報|警示|偵測|探測|受信|設備|系統|險|保險|演習|演練|報警|總機)",
            "受困於?(?:房貸|貸款|法規)|(?:跟蹤騷擾|性侵害?|家暴)(?:防治|防制|法|中心|犯)|瓦斯費",
            "fire (?:drill|alarm|exit|extinguisher|station|hydrant|truck|department|safety)|fired",
            "gas (?:station|bill|stove|meter|company)|shooting (?:star|range|guard|fireworks)",
        )
    )
)
_DENIED = re.compile(
    "(?:沒有?|不是|並?非|無|未|不會|不怕|如果|若是?|一旦|真的|假如|萬一|要是|怕|擔心|避免|預防|防止|防範"
    "|以免|免得|差點|險些|曾經?|去年|以前|上次|演習|宣導|假裝|恐怕?|可能會?|會不會|會|容易"
    "|like a|no |not |never |if |almost |could |may |might |without |afraid of |prevent |last year)"
    "[^,.!?;:\n]{0,4}$"
)
_BEFORE = 14


class Alarm:
    """Words of danger and haste, ready to be looked for."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._dangers = {name: _any(words) for name, words in taxonomy.dangers.items()}
        self._urgent = _any(taxonomy.urgent)

    def heard(self, text: str) -> tuple[Urgency, str | None]:
        """How soon somebody must look, and the kind of danger if there is one."""
        plain = _FIGURATIVE.sub("", fold(normalise(text)))
        for name, words in self._dangers.items():
            if any(not _denied(plain, found.start()) for found in words.finditer(plain)):
                return Urgency.DANGER, name
        haste = self._urgent.search(plain)
        return (Urgency.HIGH if haste else Urgency.NORMAL), None


def _denied(text: str, at: int) -> bool:
    return bool(_DENIED.search(text[max(0, at - _BEFORE) : at]))


def _any(sentences: Sentences) -> re.Pattern[str]:
    """One expression for all the words; English ones match whole words only."""
    words = (fold(normalise(word)) for some in sentences.values() for word in some)
    found = "|".join(map(_whole, sorted(set(words), key=len, reverse=True)))
    return re.compile(found or "(?!)")


def _whole(word: str) -> str:
    escaped = re.escape(word)
    return rf"(?<![a-z]){escaped}(?![a-z])" if word.isascii() else escaped
