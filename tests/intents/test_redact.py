import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.redact import redact


def chinese(text: str) -> str:
    return redact(text, "zh-TW")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身分證A123456789啦", "身分證〔身分證〕啦"),
        ("居留證AC01234567", "居留證〔身分證〕"),
        ("統一證號A800000014", "統一證號〔身分證〕"),
        ("打0912-345-678給我", "打〔電話〕給我"),
        ("０９１２３４５６７８", "〔電話〕"),
        ("+886 912 345 678", "〔電話〕"),
        ("0912–345–678", "〔電話〕"),
        ("(02)2720-8889轉12", "〔電話〕"),
        ("02-27208889", "〔電話〕"),
        ("電話27208889", "電話〔電話〕"),
        ("零九一二三四五六七八", "〔電話〕"),
        ("寄到a.b@city.com.tw喔", "寄到〔電郵〕喔"),
        ("卡號4111 1111 1111 1111", "卡號〔卡號〕"),
        ("ABC-1234亂停", "〔車牌〕亂停"),
        ("車牌abc1234", "車牌〔車牌〕"),
        ("加賴ID:abc_123", "加賴ID:〔帳號〕"),
        ("我叫王小明,住大安區", "我叫〔姓名〕,住大安區"),
        ("我是陳先生", "我是〔姓名〕先生"),
        ("姓名：李四", "姓名：〔姓名〕"),
        ("敝姓林,路燈不亮", "敝姓〔姓名〕,路燈不亮"),
        ("聯絡人:陳小姐", "聯絡人:〔姓名〕小姐"),
        ("市民 王大同 敬上", "市民 〔姓名〕 敬上"),
        ("(0972)123-456", "〔電話〕"),
        ("hsu(at)gmail.com", "〔電郵〕"),
        ("我line zxcv5566", "我line 〔帳號〕"),
        ("機車NMK9981亂停", "機車〔車牌〕亂停"),
        ("護照號碼312345678", "護照號碼〔身分證〕"),
    ],
)
def test_personal_data_becomes_a_mark(text: str, expected: str) -> None:
    assert chinese(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "案件TPE-7K3M9QX2還沒好",
        "民生東路三段113巷8號5樓",
        "我是高中生",
        "我是林森北路的住戶",
        "LINE pay 不能用",
        "打1999沒人接",
        "2023-2024年",
        "編號A123456788",
        "307公車等了40分鐘",
        "路燈編號0912345678不亮",
        "站牌編號1008000123",
        "發票AB-12345678",
        "ISO-9001認證",
        "座標25.033964 121.564468",
        "20241005123045",
        "0800-000-123客服",
        "我叫了計程車等不到",
        "我是連續三天被吵",
        "老百姓林立的招牌",
        "冠夫姓要帶什麼",
        "my name is not on the list",
        "卡號4111111111111112",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert chinese(text) == text


def test_marks_are_in_the_language_of_the_text() -> None:
    text = "My name is John Smith, call 0912345678"
    assert redact(text, "en")[0] == "My name is [name], call [phone]"


def test_each_kind_is_counted() -> None:
    text = "0912345678或0987654321,a@b.tw"
    assert redact(text, "zh-TW")[1] == {"email": 1, "phone": 2}


def identity(letter: int, digits: list[int]) -> str:
    first = 10 + "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(chr(65 + letter))
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1)
    total = sum(a * b for a, b in zip((first // 10, first % 10, *digits), weights, strict=True))
    return chr(65 + letter) + "".join(map(str, digits)) + str(-total % 10)


around = st.text(alphabet="路燈壞了我的,。 ", max_size=6)
identities = st.builds(
    lambda letter, kind, rest: identity(letter, [kind, *rest]),
    st.integers(0, 25),
    st.sampled_from([1, 2, 8, 9]),
    st.lists(st.integers(0, 9), min_size=7, max_size=7),
)
phones = st.from_regex(r"09[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{3}", fullmatch=True)


@given(around, identities, around)
def test_no_sound_identity_number_is_left(before: str, number: str, after: str) -> None:
    assert number not in chinese(before + number + after)


@given(around, phones, around)
def test_no_mobile_number_is_left(before: str, number: str, after: str) -> None:
    assert not re.search("[0-9]", chinese(before + number + after))


@given(around, st.emails(domains=st.sampled_from(["gmail.com", "mail.city.gov.tw"])), around)
def test_no_address_of_mail_is_left(before: str, address: str, after: str) -> None:
    assert "@" not in chinese(f"{before}。{address}，{after}")


@given(st.from_regex("[A-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}[A-HJKMNP-TV-Z][0-9]{4}", fullmatch=True))
def test_a_case_number_stays(number: str) -> None:
    assert chinese(f"我的案件{number}好了嗎") == f"我的案件{number}好了嗎"
