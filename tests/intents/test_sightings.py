"""Dangers that no listed word betrays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from standins.samples import taught

from intents.classify import judge
from intents.features import prepared
from intents.model import Model
from intents.places import Gazetteer
from intents.reading import Act, Urgency
from intents.taxonomy import Taxonomy
from intents.train import fingerprint, train
from intents.understand import Understander
from intents.urgency import Alarm

TOLD = [
    ("整面牆都紅了,玻璃一片一片爆開", "fire"),
    ("熱水器一開大家頭暈想吐", "gas"),
    ("爸爸半邊身體不能動,嘴巴也歪了", "injury"),
    ("他把門反鎖不讓我走,手上有酒瓶,說今天要我好看", "violence"),
    ("An old man is lying on the platform and his lips are blue", "injury"),
]


@pytest.mark.parametrize(("text", "danger"), TOLD)
def test_a_danger_is_heard_by_what_is_seen(
    understander: Understander, taxonomy: Taxonomy, text: str, danger: str
) -> None:
    reading = understander.read(text)
    found = (Alarm(taxonomy).heard(text)[1], reading.danger, reading.urgency, reading.act)
    assert found == (None, danger, Urgency.DANGER, Act.REPORT)


@pytest.mark.parametrize(
    "text",
    [
        "民生東路三段的路燈壞了三天,晚上很暗",
        "公車等了四十分鐘都不來",
        "請問敬老卡的點數怎麼查",
        "樓下餐廳的油煙每天往我家飄",
        "健保卡掉了要去哪裡補辦",
        "There is a pothole on Ren'ai Road near Daan Station",
    ],
)
def test_an_everyday_matter_is_no_danger(understander: Understander, text: str) -> None:
    assert understander.read(text).danger is None


@pytest.mark.parametrize(
    "text",
    [
        "圖書館說明會有人問火災起火原因調查報告什麼時候公布,能不能放上網站",
        "圖書館分館火災燒掉以後,重建說明會是哪一天,要在市府網站哪裡報名",
    ],
)
def test_a_word_of_danger_in_a_calm_sentence_is_only_urgent(
    understander: Understander, taxonomy: Taxonomy, text: str
) -> None:
    reading = understander.read(text)
    heard = Alarm(taxonomy).heard(text)[0]
    assert (heard, reading.urgency, reading.danger) == (Urgency.DANGER, Urgency.HIGH, None)


def test_a_danger_of_no_sure_domain_goes_where_it_is_dealt_with(
    understander: Understander,
) -> None:
    reading = understander.read(TOLD[1][0])
    sure = reading.scores[max(reading.scores, key=reading.scores.__getitem__)]
    assert (sure < 0.5, reading.domain, reading.kind) == (True, "urban", "utility_lines")


def test_a_danger_whose_kind_the_city_has_not_leaves_the_domain_open(
    taxonomy: Taxonomy, gazetteer: Gazetteer, model: Model
) -> None:
    foreign = replace(taxonomy, charges={"gas": "volcano"})
    assert Understander(foreign, gazetteer, model).read(TOLD[1][0]).domain is None


def test_a_danger_that_the_city_has_no_number_for_is_left_alone(
    taxonomy: Taxonomy, gazetteer: Gazetteer, model: Model
) -> None:
    bare = Understander(replace(taxonomy, emergency={}), gazetteer, model)
    assert bare.read(TOLD[0][0]).danger is None


def test_a_model_without_sightings_hears_none() -> None:
    assert judge(train(small()), prepared("樓下整片紅紅的第1次")).danger is None


def test_sightings_teach_a_model_what_danger_looks_like() -> None:
    sightings = {
        "fire": {"zh-TW": tuple(f"很暗沒有人第{n}次" for n in range(6))},
        "calm": {"zh-TW": tuple(f"沒有人收很暗第{n}次" for n in range(6))},
    }
    model = train(replace(small(), sightings=sightings))
    found = [judge(model, prepared(text)).danger for text in ("很暗沒有人", "路燈不亮")]
    assert found == ["fire", None]


@pytest.mark.parametrize(
    "text",
    [
        "天橋的欄杆鬆了,一靠就往外倒",
        "欄杆只剩一根螺絲撐著,小朋友靠在上面",
        "招牌只剩一根鐵絲吊著,下面是公車站",
        "整棟大樓沒水兩天了,樓上有洗腎的病人",
    ],
)
def test_what_cannot_wait_is_urgent_by_what_is_seen(
    understander: Understander, taxonomy: Taxonomy, text: str
) -> None:
    reading = understander.read(text)
    heard = Alarm(taxonomy).heard(text)[0]
    assert (heard, reading.urgency, reading.danger) == (Urgency.NORMAL, Urgency.HIGH, None)


def test_sightings_of_haste_teach_a_model_what_is_urgent() -> None:
    sightings = {
        "urgent": {"zh-TW": tuple(f"不亮路人收第{n}次" for n in range(8))},
        "fire": {"zh-TW": tuple(f"很暗沒有人第{n}次" for n in range(8))},
        "calm": {"zh-TW": tuple(f"沒有人收很暗第{n}次" for n in range(8))},
    }
    model = train(replace(small(), sightings=sightings))
    found = [judge(model, prepared(text)) for text in ("不亮路人收", "很暗沒有人", "路燈不亮")]
    assert [(j.danger, j.pressing) for j in found] == [(None, True), ("fire", True), (None, False)]


def test_sightings_of_haste_alone_teach_no_danger() -> None:
    hasty = replace(small(), sightings={"urgent": {"zh-TW": ("欄杆鬆脫", "欄杆鬆脫搖晃")}})
    assert train(hasty).dangers is None


def test_a_short_sentence_is_never_told_calm(understander: Understander) -> None:
    assert understander.read("我想死").danger == "despair"


def test_sightings_of_one_danger_are_enough() -> None:
    model = train(replace(small(), sightings={"fire": {"zh-TW": ("很暗沒有人", "很暗沒有人啊")}}))
    assert judge(model, prepared("很暗沒有人")).danger == "fire"


def test_another_sighting_makes_another_model() -> None:
    changed = replace(small(), sightings={"fire": {"zh-TW": ("樓下紅紅的",)}})
    assert fingerprint(changed) != fingerprint(small())


def test_another_word_of_danger_makes_another_model() -> None:
    changed = replace(small(), dangers={"fire": {"zh-TW": ("失火",)}})
    hasty = replace(small(), urgent={"zh-TW": ("緊急",)})
    assert len({fingerprint(each) for each in (small(), changed, hasty)}) == 3


def small() -> Taxonomy:
    lamps, rubbish = taught("lamps", "路燈不亮很暗"), taught("rubbish", "垃圾沒有人收")
    return Taxonomy((lamps, rubbish), {}, {}, {}, {}, {})
