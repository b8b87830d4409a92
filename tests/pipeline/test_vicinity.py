"""Places and texts without houses."""

from __future__ import annotations

import pytest

from bot.model.vicinity import road, vicinity, without_houses
from intents.reading import Place


@pytest.mark.parametrize(
    "name, expected",
    [
        ("民生東路三段88號", "民生東路三段"),
        ("104臺北市中山區民生東路三段88號5樓之1", "民生東路三段"),
        ("大安區龍門里和平東路二段100巷3號", "和平東路二段"),
        ("溫州街16巷22弄3號", "溫州街"),
        ("忠孝東路四段二十號", "忠孝東路四段"),
        ("南港區園區街3號", "園區街"),
        ("士林區大馬路3號", "大馬路"),
        ("里仁街2號", "里仁街"),
        ("八德路一段2號", "八德路一段"),
        ("市民大道六段7號", "市民大道六段"),
    ],
)
def test_an_address_becomes_its_road(name: str, expected: str) -> None:
    assert road(Place(name, "address")) == expected


@pytest.mark.parametrize(
    "place, expected",
    [
        (Place("臺北101/世貿站", "station", "信義區"), "臺北101/世貿站"),
        (Place("我家", "point", "大安區", "龍門里", 25.0, 121.5), "大安區龍門里"),
        (Place("我家", "point"), ""),
        (Place("No. 88, Minsheng E. Rd.", "address", "松山區"), "松山區"),
        (Place("龍門里", "village", "大安區"), "龍門里"),
    ],
)
def test_any_place_is_told_without_its_exact_spot(place: Place, expected: str) -> None:
    assert vicinity(place) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("民生東路三段88號前路燈不亮", "民生東路三段＃前路燈不亮"),
        ("民生東路三段八十八號5樓漏水", "民生東路三段＃漏水"),
        ("88巷6弄12號之3很髒", "＃很髒"),
        ("忠孝東路７－１號", "忠孝東路＃"),
        ("No. 88, Lane 5 is dark", "＃ is dark"),
        ("at 88 Minsheng East Road", "at ＃ Minsheng East Road"),
    ],
)
def test_numbers_of_houses_are_masked(text: str, expected: str) -> None:
    assert without_houses(text, "＃") == expected


@pytest.mark.parametrize(
    "text", ["307公車", "2號出口", "五號公園", "等了20分鐘", "3月5日", "編號1234"]
)
def test_other_numbers_stay(text: str) -> None:
    assert without_houses(text, "＃") == text
