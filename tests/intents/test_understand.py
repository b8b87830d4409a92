import json
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.reading import Act, Reading, Reply, Urgency
from intents.understand import Understander


@pytest.fixture(scope="module")
def lamp(understander: Understander) -> Reading:
    return understander.read("民生東路三段的路燈壞了三天,晚上很暗")


def test_a_broken_lamp_is_a_report(lamp: Reading) -> None:
    assert lamp.act == Act.REPORT


def test_a_broken_lamp_is_of_its_domain_and_kind(lamp: Reading) -> None:
    assert (lamp.domain, lamp.kind) == ("urban", "street_lamp")


def test_a_broken_lamp_is_where_the_text_says(lamp: Reading) -> None:
    assert [place.name for place in lamp.places] == ["民生東路三段"]


def test_every_domain_has_a_score(lamp: Reading) -> None:
    assert len(lamp.scores) == 14


def test_scores_sum_to_one(lamp: Reading) -> None:
    assert sum(lamp.scores.values()) == pytest.approx(1.0)


def test_confidence_is_the_best_score(lamp: Reading) -> None:
    assert lamp.confidence == max(lamp.scores.values())


def test_the_reading_names_the_model(understander: Understander, lamp: Reading) -> None:
    assert lamp.model == understander.version


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你好", Act.GREETING),
        ("你好!!", Act.GREETING),
        ("Hello there", Act.GREETING),
        ("謝謝", Act.THANKS),
        ("大安森林公園的公廁沒衛生紙啦", Act.REPORT),
        ("公車司機開車好快", Act.REPORT),
        ("公園掃得好乾淨,清潔阿姨辛苦了", Act.PRAISE),
        ("測試", Act.SMALL_TALK),
        ("👋", Act.GREETING),
        ("😀😀", Act.SMALL_TALK),
        ("qwzxv", Act.SMALL_TALK),
        ("你白痴喔", Act.ABUSE),
        ("路燈亮了,謝謝", Act.THANKS),
        ("社宅什麼時候開放申請", Act.QUESTION),
        ("進度", Act.COMMAND),
        ("", Act.EMPTY),
        ("\u200b", Act.EMPTY),
        ("我家失火了", Act.REPORT),
        ("公车司机乱按喇叭", Act.REPORT),
        ("There is a pothole on my street", Act.REPORT),
        ("老鼠", Act.REPORT),
        ("沒路燈", Act.REPORT),
        ("哈囉 路燈", Act.REPORT),
        ("dead animal", Act.REPORT),
        ("rats in the alley", Act.REPORT),
        ("租金補貼", Act.QUESTION),
        ("bulky trash pickup when", Act.QUESTION),
        ("等等", Act.SMALL_TALK),
    ],
)
def test_what_a_text_does_is_told_apart(
    understander: Understander, text: str, expected: Act
) -> None:
    assert understander.read(text).act == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好!", Reply.AGREE),
        ("ＯＫ", Reply.AGREE),
        ("算了", Reply.DECLINE),
        ("不對。", Reply.AMISS),
        ("I don't know", Reply.UNKNOWN),
        ("好像有老鼠", None),
        ("不知道誰把路燈弄壞了", None),
    ],
)
def test_only_a_whole_text_is_a_reply(
    understander: Understander, text: str, expected: Reply | None
) -> None:
    assert understander.read(text).reply == expected


def test_simplified_is_read_like_traditional(understander: Understander) -> None:
    assert understander.read("路灯坏了").kind == understander.read("路燈壞了").kind


def test_simplified_is_kept_as_it_was_written(understander: Understander) -> None:
    assert understander.read("路灯坏了").redacted == "路灯坏了"


def test_a_command_is_named(understander: Understander) -> None:
    assert understander.read("/forget").command == "forget"


def test_danger_comes_with_its_kind(understander: Understander) -> None:
    reading = understander.read("巷子有瓦斯味,地點在大安區")
    assert (reading.urgency, reading.danger) == (Urgency.DANGER, "gas")


def test_personal_data_is_redacted_and_counted(understander: Understander) -> None:
    reading = understander.read("我家前面有坑洞,電話0912345678")
    assert (reading.redacted, reading.personal) == ("我家前面有坑洞,電話〔電話〕", {"phone": 1})


@pytest.mark.parametrize(
    "text, domain",
    [
        ("房屋稅晚了幾天繳會罰多少錢?", "payment"),
        ("辦理資遣通報要在幾天前完成?", "labor"),
        ("戶口名簿遺失如何補領?", "government"),
    ],
)
def test_what_is_asked_about_a_service_is_a_question_of_its_domain(
    understander: Understander, text: str, domain: str
) -> None:
    reading = understander.read(text)
    assert (reading.act, reading.domain) == (Act.QUESTION, domain)


def test_an_unclear_text_is_left_to_a_person(understander: Understander) -> None:
    assert understander.read("那邊的事情一直這樣真的很奇怪").abstained


def test_a_megabyte_is_read(understander: Understander) -> None:
    assert understander.read("路燈壞了" * 250_000).kind == "street_lamp"


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_no_text_raises(understander: Understander, text: str) -> None:
    assert understander.read(text).model == understander.version


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="路燈壞了段巷號台3A-@0９(（\u200b\ud800😀 \n進度{}%"))
def test_every_reading_goes_to_json(understander: Understander, text: str) -> None:
    plain = asdict(understander.read(text))
    assert json.loads(json.dumps(plain, ensure_ascii=False).encode())["model"] == plain["model"]


def test_thanks_with_a_typing_error_are_no_accident(understander: Understander) -> None:
    assert understander.read("tks a lot").danger is None
