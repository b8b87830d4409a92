"""Danger to life, and haste, by the words that betray them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from intents.normalise import fold, normalise
from intents.reading import Urgency
from intents.taxonomy import Sentences, Taxonomy

# Other words that hold a word of danger: frying pans, drills, offices, figures of speech.
_FIGURATIVE = re.compile(
    "|".join(
        (
            "(?:快|要|都)?(?:被?氣到|氣|笑|累|熱|冷|煩|吵|嚇|餓|窮|悶|臭|渴|睏|羨慕|尷尬|無聊|擠|塞)到?(?:都|快要?)?"
            "(?:爆炸|炸|死|昏倒|暈倒|瘋|想死|不想活|抽搐|休克)[了我]?",
            "快氣炸|火大|惹火|火氣|火紅|火速|氣炸鍋|滅火|防火|打火機|煙火|爆炸頭|爆炸多|爆炸大",
            "(?:資訊|人口|塞|擠|忙|熱|美|萌|爽|滿|好吃|帥|訊息|資料量?)到?爆炸?|爆炸性|救命[恩錢稻仙]|救命的(?:aed|機器)",
            "(?:常|容易|多次|幾次|每天|老是)[^,.!?;\n]{0,4}車禍|(?:垃圾|水溝|頁面|畫面|程式|系統|門|卡片|鈔票|筆)[^,.!?;\n]{0,3}(?:被夾|卡住)",
            "嚴重傷害|[國高]中暑[假期]|求救(?:系統|鈴|按鈕|助)|被打招呼|州官放火",
            "流血流汗|血流成河|捐血|見血|跳樓(?:大拍賣|價|梯|機)|想死(?:當|背|記)|走火入魔|星火|擦槍走火",
            "被打(?:臉|槍|擾|斷|亂|折|掃|錯|回|開|包|壞|穿|破|爛|卡|入|造|拉|點|電話|叉|上|下|針|疫苗|疫|勾|烊|烙)",
            "打我(?:們)?的?(?:電話|手機|小報告|主意|家電話)|打起來(?:的|很|好)|被夾(?:帶|在.{0,4}(?:中間|頁))",
            "(?:火災|火警)(?:自動)?(?:警報|警示|偵測|探測|受信|設備|系統|險|報警|總機)",
            "(?:排氣管|煙囪|香爐|烤肉|頭頂|電子煙|機車|烏賊車)[^,.!?;\n]{0,4}冒煙|冒煙的?(?:香|菸|煙囪)",
            "受困於?(?:房貸|貸款|法規)|被壓(?:住|在)的?(?:選單|按鈕|畫面|欄位|底層|文件)|瓦斯費|不想活動|想死心",
            "(?:被|遭)跟蹤(?:的?包裹|案件)|跟蹤我的?(?:案件|包裹|進度)|困在(?:車陣|塞車)[^,.!?;\n]{0,4}",
            "fire (?:drill|alarm|exit|extinguisher|station|hydrant|truck|department|safety)|fired",
            "gas (?:station|bill|stove|meter|company)|shooting (?:star|range|guard|"
            "fireworks|hoops|of)",
            "(?:robbed|choking) (?:of|on) (?:time|paperwork)|killing me softly|bus hit me up",
        )
    )
)
_DENIED = re.compile(
    "(?:沒有?|不是|並?非|無|未|不會|不怕|如果|若是?|一旦|假如|萬一|要是|怕|擔心|避免|預防|防止|防範"
    "|以免|免得|險些|曾經?|去年|前年|以前|上次|演習|宣導|假裝|恐怕?|可能會?|會不會|會|容易|怎麼防"
    "|關於|電影|小說|about an? |movie "
    "|like a|no |not |never |if |almost |could |may |might |without |afraid of |prevent |last year)"
    "[^,.!?;:\n]{0,4}$"
)
_TALKED_OF = re.compile(
    "[^,.!?;:\n]{0,2}(?:防治|防制|預防|宣導|講座|課程|演習|演練|補助|保險|專線|中心|統計|紀錄|率|犯|法[規律條]?"
    "|展|電影|小說|遊戲|新聞)| ?(?:prevention|insurance|drill|class|hotline|movie|game|"
    "statistics|lesson)"
)
"""What follows a danger that is a matter of courses, laws and offices."""

_BEFORE = 14
_END = re.compile(r"[.!?;\n]")
_BORDER = "(?<![a-z])"
_LATIN = re.compile("[a-z]")
_CHINESE_GAP = "[^,.!?;:\n]{0,8}"
_ENGLISH_GAP = "[^,.!?;:\n]{0,20}"


class Alarm:
    """Words of danger and haste, ready to be looked for."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._dangers = {name: _any(words) for name, words in taxonomy.dangers.items()}
        self._urgent = _any(taxonomy.urgent)
        every = (*taxonomy.dangers.values(), taxonomy.urgent)
        self._chinese = _union(
            spelt for some in every for spelt in _spelt(some) if not _bounded(spelt)
        )
        self._english = _union(spelt for some in every for spelt in _spelt(some) if _bounded(spelt))

    def heard(
        self, text: str, serene: Callable[[str], bool] = lambda _: False
    ) -> tuple[Urgency, str | None]:
        """How soon somebody must look, and the kind of danger if there is one.

        `serene` says of a prepared sentence whether it surely tells of none, though a word of
        danger is in it: somebody had better look at it soon all the same.
        """
        shown = fold(normalise(text))
        if not self._worth(shown):
            return Urgency.NORMAL, None
        plain = _FIGURATIVE.sub("", shown)
        calmed = False
        for name, found in self._meant(plain):
            if not serene(_sentence(plain, found)):
                return Urgency.DANGER, name
            calmed = True
        hasty = calmed or any(not _denied(plain, f.start()) for f in self._urgent.finditer(plain))
        return (Urgency.HIGH if hasty else Urgency.NORMAL), None

    def _meant(self, plain: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Each danger whose word stands there and is meant, with the word."""
        for name, words in self._dangers.items():
            yield from ((name, found) for found in words.finditer(plain) if _is_meant(plain, found))

    def _worth(self, shown: str) -> bool:
        """Whether any of the words stands there at all: most texts are done with here."""
        if self._chinese.search(shown):
            return True
        return bool(_LATIN.search(shown) and self._english.search(shown))


def _is_meant(text: str, found: re.Match[str]) -> bool:
    """Whether the danger is here and now, not denied, feared or lectured on."""
    return not _denied(text, found.start()) and not _TALKED_OF.match(text, found.end())


def _sentence(text: str, found: re.Match[str]) -> str:
    """The sentence that the word stands in."""
    before, after = text[: found.start()], text[found.end() :]
    return _END.split(before)[-1] + found[0] + _END.split(after, 1)[0]


def _denied(text: str, at: int) -> bool:
    return bool(_DENIED.search(text[max(0, at - _BEFORE) : at]))


def _any(sentences: Sentences) -> re.Pattern[str]:
    """One expression for all the words; English ones match whole words only."""
    return _union(_spelt(sentences))


def _spelt(sentences: Sentences) -> list[str]:
    """The words' expressions, the longest word first."""
    words = (fold(normalise(word)) for some in sentences.values() for word in some)
    return [_whole(word) for word in sorted(set(words), key=len, reverse=True)]


def _union(spelt: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(spelt) or "(?!)")


def _bounded(spelt: str) -> bool:
    """Whether it is an English word's: such are looked for apart, for where each expression
    begins with a plain character the search is many times faster."""
    return spelt.startswith(_BORDER)


def _whole(word: str) -> str:
    """A word's expression; … in it, which normalising spells out, stands for a gap."""
    parts = [re.escape(part) for part in word.split("...")]
    english = word.isascii()
    spelt = (_ENGLISH_GAP if english else _CHINESE_GAP).join(parts)
    return rf"{_BORDER}{spelt}(?![a-z])" if english else spelt
