"""Personal data out of a text: numbers of identity, phones, addresses of mail, cards, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from intents.checksums import is_card, is_identity
from intents.language import ENGLISH
from intents.normalise import normalise

MARKS: Mapping[str, tuple[str, str]] = {
    "email": ("〔電郵〕", "[email]"),
    "card": ("〔卡號〕", "[card]"),
    "identity": ("〔身分證〕", "[id]"),
    "phone": ("〔電話〕", "[phone]"),
    "plate": ("〔車牌〕", "[plate]"),
    "account": ("〔帳號〕", "[account]"),
    "name": ("〔姓名〕", "[name]"),
}
"""Kind of personal data to its mark in Chinese and in English."""

_SURNAMES = (
    "(?:歐陽|司馬|諸葛|上官|張簡|范姜|[陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾"
    "游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓阮馬董温溫唐藍石蔣古紀姚連馮歐程湯"
    "田康姜汪鄒尤巫鐘黎涂龔嚴韓袁金童陸夏柳凃邵錢伍倪])"
)
# Words that begin like a name: 我是高中生, 我是石牌人, 我是施工人員.
_NO_NAMES = (
    "(?!高中|高職|高齡|高年|高三|高二|高一|石牌|馬偕|施工|程式|金融|古亭|溫州|江南|夏天|方便|康復|"
    "連續|周邊|田徑|董事|童軍)"
)
_HAN = "[\u4e00-\u9fff]"
_AFTER_NAME = r"(?=$|[\s,.!?;:，。！？；：、()（）]|先生|小姐|太太|女士|住|電話|手機)"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What to look for; `sure` has the last word (checksums). Group `keep` stays."""

    kind: str
    expression: re.Pattern[str]
    sure: Callable[[str], bool] = bool


def _pattern(kind: str, expression: str, sure: Callable[[str], bool] = bool) -> _Pattern:
    """Of an expression in which `_?` stands for a gap that people put between digits."""
    spelt = expression.replace("_?", "[-‑–— .]?")
    return _Pattern(kind, re.compile(spelt, re.IGNORECASE | re.ASCII), sure)


def _long_enough(phone: str) -> bool:
    """Whether nine digits stand before the extension."""
    return len(re.sub("[^0-9]", "", re.split("轉|分機|#|e", phone)[0])) >= 9


# \b and \w take Chinese characters for letters: every border is written out in ASCII.
_PATTERNS = (
    _pattern(
        "email",
        r"(?<![a-z0-9.!#$%&'*+/=?^_`{|}~-])[a-z0-9.!#$%&'*+/=?^_`{|}~-]++"
        r"@[a-z0-9-]++(?:\.[a-z0-9-]++)+",
    ),
    _pattern("card", r"(?<![0-9])[0-9](?:_?[0-9]){12,18}(?![0-9])", is_card),
    _pattern("identity", r"(?<![a-z0-9])[a-z]_?[1289a-d](?:_?[0-9]){8}(?![0-9])", is_identity),
    _pattern(
        "identity",
        r"(?P<keep>(?:身分證|身份證|居留證|護照)(?:字號|號碼|號)?\s*(?:是|為)?\s*[:：]?\s*)"
        r"[a-z]{0,2}[0-9]{7,10}(?![0-9])",
    ),
    _pattern("phone", r"(?<![0-9])(?:\+?886_?(?:\(0\)|0)?|0)9(?:_?[0-9]){8}(?![0-9])"),
    _pattern(
        "phone",
        r"(?<![0-9])(?!0800)"
        r"(?:\+?886_?[2-8][0-9]?|[(（]0[2-8][0-9]{0,2}[)）]|0[2-8][0-9]{0,2})"
        r"_?[0-9]{3,4}_?[0-9]{3,4}(?:\s?(?:轉|分機|#|ext\.?)\s?[0-9]{1,6})?(?![0-9])",
        _long_enough,
    ),
    _pattern("phone", r"\+[0-9]{1,3}(?:_?[0-9]){7,12}(?![0-9])"),
    _pattern("phone", r"[零〇]九[零〇一二三四五六七八九]{8}"),
    _pattern(
        "phone",
        r"(?P<keep>(?:電話|手機|市話|門號|phone|tel)[^0-9\n]{0,6})[0-9](?:_?[0-9]){5,}(?![0-9])",
    ),
    _pattern(
        "plate",
        r"(?P<keep>(?:車牌|車號|牌照|plate)[^a-z0-9\n]{0,4})(?=[a-z-]*[0-9])[a-z0-9]{2,4}_?"
        r"[a-z0-9]{2,4}(?![a-z0-9])",
    ),
    _Pattern(
        "plate",
        re.compile(
            r"(?<![A-Za-z0-9-])(?:[A-Z]{2,3}-[0-9]{3,4}|[0-9]{3,4}-[A-Z]{2,3}|[A-Z][0-9]-[0-9]{4}"
            r"|[0-9]{4}-[A-Z][0-9])(?![A-Za-z0-9-])"
        ),
    ),
    _pattern(
        "account",
        r"(?<![a-z])(?P<keep>(?:賴|l[i1]ne|ig|tg|wechat|微信)\s*(?:的)?(?:id|帳號)\s*(?:is|是|為)?"
        r"\s*[:：]?\s*)@?[a-z0-9._-]{3,30}",
    ),
    _pattern(
        "account",
        r"(?<![a-z])(?P<keep>(?:賴|l[i1]ne|wechat|微信)\s*[:：是]?\s*)@?(?=[a-z._-]{1,30}[0-9])"
        r"[a-z0-9._-]{4,30}",
    ),
    _pattern(
        "name",
        rf"(?P<keep>(?:我叫|我的名字(?:是|叫)|(?:姓名|聯絡人)\s*(?:是|為|[:：])?)\s*(?:做)?)"
        rf"{_SURNAMES}{_HAN}{{1,2}}",
    ),
    _pattern("name", rf"(?P<keep>我是|我姓){_NO_NAMES}{_SURNAMES}{_HAN}{{0,2}}?{_AFTER_NAME}"),
    _pattern(
        "name",
        r"(?P<keep>my name(?: is|'s|’s) |(?<![a-z])name ?: ?)"
        r"[a-z][a-z'’.-]*(?-i:(?: [A-Z][a-z'’.-]*){0,3})",
    ),
)


def redact(text: str, language: str) -> tuple[str, Mapping[str, int]]:
    """The normalised text with marks for personal data, and how many of each kind.

    Addresses and case numbers stay: without them nobody can help.
    """
    shown = normalise(text)
    counts: Counter[str] = Counter()
    for pattern in _PATTERNS:
        shown = pattern.expression.sub(_marking(pattern, language, counts), shown)
    return shown, dict(counts)


def _marking(
    pattern: _Pattern, language: str, counts: Counter[str]
) -> Callable[[re.Match[str]], str]:
    mark = MARKS[pattern.kind][language == ENGLISH]

    def marked(found: re.Match[str]) -> str:
        if not pattern.sure(found[0]):
            return found[0]
        counts[pattern.kind] += 1
        return (found.groupdict().get("keep") or "") + mark

    return marked
