"""What personal data looks like, each kind with the borders that keep other numbers out.

Texts are normalised already: digits and letters are narrow, punctuation is Chinese or ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from intents import names
from intents.checksums import is_card, is_identity

KEPT = "kept"
"""Numbers that are nobody's: what they cover is no personal data, whatever it looks like."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to look for; `sure` has the last word. What the group `keep` holds stays."""

    kind: str
    expression: re.Pattern[str]
    sure: Callable[[str], bool] = bool


def _pattern(kind: str, expression: str, sure: Callable[[str], bool] = bool) -> Pattern:
    """Of an expression in which `_?` stands for a gap that people put between digits."""
    spelt = expression.replace("_?", "(?: ?[-‐–—._·] ?| )?")
    return Pattern(kind, re.compile(spelt, re.IGNORECASE | re.ASCII), sure)


def _capitals(expression: str) -> Pattern:
    """A plate as it is written on the car: what small letters say is something else."""
    return Pattern("plate", re.compile(expression, re.ASCII))


_CASE = re.compile("(?<![A-Za-z0-9-])[A-Z]{3}-(?=[0-9]{0,7}[A-Z])[0-9A-Z]{8}(?![A-Za-z0-9-])")
"""A case number, as the bot gives it."""


def _is_landline(phone: str) -> bool:
    """Whether eight to nine digits follow the leading 0 or the country's code."""
    digits = re.sub("[^0-9]", "", re.split("轉|分機|#|e|x", phone.lower())[0])
    return 8 <= len(re.sub("^(?:00886|886|0)", "", digits)) <= 9


def _is_no_year(phone: str) -> bool:
    """2023-2024 is a span of years."""
    return not re.fullmatch(r"(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}", phone)


_OBJECT = (
    "(?:路燈|燈桿|電桿|電線桿|站牌|站位|站點|變電箱|電箱|人孔蓋?|監視器|案件|提案|訂單|訂購|包裹|發票|公文|"
    "you ?bike|u-?bike|微笑單車|單車|設備|機台|商品|產品|學校|lamp|order|case|[文單桿燈圖序])"
)
_DASHED = r"(?:room|flight|unit|suite|apt\.?|航班|班機|房號|型號|案號|檔號)"
_NUMBER = r"(?:編號|號碼|代碼|序號|編碼|車號|圖號|號|\s?id|\s?no\.?|\s?number)"
_EXTENSION = r"(?:\s?(?:轉|分機|#|ext\.?|x)\s?[0-9]{1,6})?"
_COUNTRY = r"(?:\+|00)?886_?"
_AREA = "(?:2|37?|49?|5|6|7|8(?:2[0-9]?|36|9)?)"
_PHONE_WORD = "(?:電話|手機|市話|門號|傳真|phone|tel)"
_PLATE_WORD = r"(?:車牌|車號|牌照|(?<![a-z])plate)(?:號碼|號)?(?:是|為|\s?no\.?)?[^a-z0-9\n]{0,4}"
_VEHICLE = (
    "(?:機車|汽車|轎車|休旅車|貨車|卡車|公車|計程車|遊覽車|重機|小黃|車輛|van|car|truck|scooter|"
    "taxi|bus)"
)
_NO_PLATE = (
    "(?!(?:ISO|CNS|IEC|DIN|TEL|FAX|EXT|LED|USB|RTX|GTX|CPU|CAM|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|"
    "NOV|DEC|TPE|NTP|KHH)-)"
)
_CHAT = "(?<![a-z0-9-])(?:賴|l[1i]ne|ig|tg|tel[ae]gram|wechat|微信|whatsapp)"
_HANDLE = "@?[a-z0-9][a-z0-9._-]{2,29}"
_ODD = "(?=@|[a-z]*[0-9._-])"

# \b and \w take Chinese characters for letters: every border is written out in ASCII.
PATTERNS: tuple[Pattern, ...] = (
    _pattern(
        "email",
        r"(?<![a-z0-9.!#$%&'*+/=?^_`{|}~-])[a-z0-9.!#$%&'*+/=?^_`{|}~-]++"
        r"(?:@| ?[(\[]at[)\]] ?)[a-z0-9-]++(?:\.[a-z0-9-]++)+",
    ),
    Pattern(KEPT, _CASE),
    _pattern(KEPT, rf"{_OBJECT}\s?{_NUMBER}\s?[:：]?\s?[a-z0-9]+(?:-[a-z0-9]+)*"),
    _pattern(KEPT, rf"{_DASHED}\s?[:：]?\s?[a-z0-9]+-[a-z0-9]+"),
    _pattern(KEPT, r"(?<![0-9])0800(?:_?[0-9]){6}(?![0-9])"),
    _pattern(KEPT, r"(?<![0-9])(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])"),
    _pattern(KEPT, r"(?<![0-9])[0-9]{2,3}\.[0-9]{4,}(?:[, ]+[0-9]{2,3}\.[0-9]{4,})?"),
    _pattern("card", r"(?<![0-9])(?<![a-z-])[0-9](?:[- ]?[0-9]){12,18}(?![0-9])", is_card),
    _pattern("identity", r"(?<![a-z0-9])[a-z]_?[1289a-d](?:_?[0-9]){8}(?![0-9])", is_identity),
    _pattern(
        "identity",
        r"(?P<keep>(?:身分證|身份證|居留證|護照|統一證號|passport)(?:字號|號碼|號| no\.?| number)?"
        r"\s*(?:是|為|is)?\s*[:：]?\s*)[a-z]{0,2}[0-9]{7,10}(?![0-9])",
    ),
    _pattern(
        "phone",
        rf"(?<![0-9])(?:{_COUNTRY}(?:\(0\)_?|0)?|[(（]?0_?)9(?:_?[0-9]){{2}}[)）]?"
        rf"(?:_?[0-9]){{6}}(?![0-9]){_EXTENSION}",
    ),
    _pattern(
        "phone",
        rf"(?<![0-9])(?<![0-9]\.)(?:{_COUNTRY}(?:\(0\)_?)?|[(（]\s?0|0){_AREA}\s?[)）]?"
        rf"_?[0-9]{{2,4}}_?[0-9]{{3,4}}(?![0-9]){_EXTENSION}",
        _is_landline,
    ),
    _pattern("phone", r"\+[0-9]{1,3}(?:_?[0-9]){7,12}(?![0-9])"),
    _pattern("phone", r"[零〇]九(?:_?[零〇一二三四五六七八九]){8}"),
    _pattern(
        "phone",
        rf"(?P<keep>{_PHONE_WORD}[^0-9\n]{{0,6}})[0-9](?:_?[0-9]){{5,}}(?![0-9]){_EXTENSION}",
    ),
    _pattern(
        "phone",
        rf"(?<![0-9a-z.~-])[2-8][0-9]{{3}}-[0-9]{{4}}(?![0-9a-z-]|\s?[元度人年次號公])"
        rf"{_EXTENSION}",
        _is_no_year,
    ),
    _pattern(
        "plate",
        rf"(?P<keep>{_PLATE_WORD})(?=[a-z-]*[0-9])(?=[0-9 -]*[a-z])[a-z0-9]{{2,4}}_?"
        r"[a-z0-9]{2,4}(?![a-z0-9])",
    ),
    _capitals(
        rf"(?<![A-Za-z0-9-]){_NO_PLATE}(?:[A-Z]{{3}}-[0-9]{{3,4}}|[A-Z]{{2}}-[0-9]{{4}}"
        r"|[0-9]{4}-[A-Z]{2}|[0-9]{3}-[A-Z]{3}|[A-Z][0-9]-[0-9]{4}|[0-9][A-Z]-[0-9]{4}"
        r"|[0-9]{4}-[A-Z][0-9])(?![A-Za-z0-9-]|[室樓房])"
    ),
    _capitals(
        rf"(?P<keep>{_VEHICLE}[^0-9A-Za-z\n]{{0,6}})(?:[A-Z]{{3}} ?[0-9]{{3,4}}|"
        rf"[0-9]{{4}}[A-Z]{{2}}"
        r"|[A-Z]{2}[0-9]{4}|[A-Z]{2}-[0-9]{3}|[0-9]{3}-[A-Z]{2})(?![A-Za-z0-9-])"
    ),
    _pattern(
        "account",
        rf"(?P<keep>{_CHAT}[^\n]{{0,10}}?(?<![a-z])(?:id|帳號)\s*(?:[:：→是為]|"
        rf"[:：→]?\s?is(?= ))\s*)"
        rf"(?!not |the ){_HANDLE}",
    ),
    _pattern("account", rf"(?P<keep>{_CHAT}[^a-z0-9\n]{{0,3}}(?:id|帳號)\s*){_ODD}{_HANDLE}"),
    _pattern("account", rf"(?P<keep>{_CHAT}\s*(?:[給找加]我)?\s*[:：→是]?\s*){_ODD}{_HANDLE}"),
    *(_pattern("name", expression) for expression in names.EXPRESSIONS),
)
"""In the order of their claims: what one has taken, no later one may."""
