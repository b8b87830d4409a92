"""The menu under the chat is set once, shows what it does, and takes the old one's place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFont
from standins.line import LinePlatform
from standins.serving import serve

from bot.channels.line.menu import Account, Button, Menu
from bot.channels.line.picture import SIZE, draw
from bot.model.errors import CityvoiceError, TryLater

BUTTONS = tuple(
    Button(icon, label)
    for icon, label in (
        ("report", "我要反映"),
        ("status", "進度"),
        ("language", "語言"),
        ("help", "說明"),
    )
)
MENU = Menu("選單", BUTTONS)
SHOWN = [(button.icon, button.label) for button in BUTTONS]


@pytest.fixture
def platform() -> LinePlatform:
    return LinePlatform()


@pytest.fixture
async def account(platform: LinePlatform) -> AsyncIterator[Account]:
    """An account whose two hosts are apart, as the platform's are."""
    async with serve(platform.api) as api, serve(platform.data) as data:
        yield Account("channel-token", api, data)


@pytest.fixture
def font(tmp_path: Path) -> Path:
    """Some font: the one that the drawing library brings, as a file."""
    path = tmp_path / "some.ttf"
    loaded = ImageFont.load_default(40)
    assert isinstance(loaded, ImageFont.FreeTypeFont)
    assert isinstance(loaded.path, BytesIO)
    path.write_bytes(loaded.path.getvalue())
    return path


async def test_the_menu_becomes_everybodys_default(account, platform) -> None:
    await account.set_menu(MENU, None)
    ((menu, kept),) = platform.menus.kept.items()
    assert (platform.menus.shown, platform.refused[1:]) == (menu, [])
    assert (kept.asked["chatBarText"], kept.asked["selected"]) == ("選單", True)
    assert [area["action"] for area in kept.asked["areas"]] == [
        {"type": "message", "label": b.label, "text": b.label} for b in BUTTONS
    ]


async def test_the_areas_cover_the_picture_without_gaps(account, platform) -> None:
    await account.set_menu(replace(MENU, buttons=BUTTONS[:3]), None)
    (kept,) = platform.menus.kept.values()
    bounds = [area["bounds"] for area in kept.asked["areas"]]
    ends = [b["x"] + b["width"] for b in bounds]
    assert [0, *ends] == [*(b["x"] for b in bounds), SIZE[0]]
    assert {(b["y"], b["height"]) for b in bounds} == {(0, SIZE[1])}


async def test_the_same_menu_set_twice_is_made_once(account, platform) -> None:
    await account.set_menu(MENU, None)
    before = (platform.menus.shown, list(platform.menus.kept))
    await account.set_menu(MENU, None)
    assert (platform.menus.shown, list(platform.menus.kept)) == before


async def test_another_menu_takes_the_place_of_the_old_one(account, platform) -> None:
    await account.set_menu(MENU, None)
    first = platform.menus.shown
    await account.set_menu(replace(MENU, bar="服務"), None)
    assert list(platform.menus.kept) == [platform.menus.shown]
    assert platform.menus.shown != first


async def test_another_font_makes_another_menu(account, platform, font: Path) -> None:
    await account.set_menu(MENU, None)
    first = platform.menus.shown
    await account.set_menu(MENU, font)
    assert platform.menus.shown != first


async def test_menus_that_somebody_else_made_stay(account, platform) -> None:
    await account.set_menu(MENU, None)
    (kept,) = platform.menus.kept.values()
    platform.menus.kept["theirs"] = replace(kept, asked={**kept.asked, "name": "summer"})
    await account.set_menu(replace(MENU, bar="服務"), None)
    assert set(platform.menus.kept) == {"theirs", platform.menus.shown}


@pytest.mark.parametrize("step", ["/content", "/user/all/richmenu/"])
async def test_a_try_that_failed_half_way_is_made_good_by_the_next(
    account, platform, step: str
) -> None:
    platform.fail(500, path=step)
    with pytest.raises(CityvoiceError, match="500"):
        await account.set_menu(MENU, None)
    await account.set_menu(MENU, None)
    assert list(platform.menus.kept) == [platform.menus.shown]


async def test_nobody_is_without_a_menu_when_the_new_one_fails(account, platform) -> None:
    await account.set_menu(MENU, None)
    before = platform.menus.shown
    platform.fail(500, path="/content")
    with pytest.raises(CityvoiceError):
        await account.set_menu(replace(MENU, bar="服務"), None)
    assert platform.menus.shown == before


async def test_a_label_of_any_length_is_taken(account, platform) -> None:
    long = Button("help", "說明" * 20)
    await account.set_menu(Menu("選" * 20, (*BUTTONS[:3], long)), None)
    (kept,) = platform.menus.kept.values()
    assert (len(kept.asked["chatBarText"]), len(kept.asked["areas"][3]["action"]["label"])) == (
        14,
        20,
    )


async def test_a_wrong_access_token_is_told(account, platform) -> None:
    platform.token = "another"
    with pytest.raises(CityvoiceError, match="401"):
        await account.set_menu(MENU, None)


async def test_a_platform_that_cannot_be_reached_is_told() -> None:
    away = "http://127.0.0.1:9"
    with pytest.raises(TryLater, match="cannot be reached"):
        await Account("channel-token", away, away).set_menu(MENU, None)


async def test_events_are_sent_where_the_bot_lives(account, platform) -> None:
    await account.set_webhook("https://city.example/webhooks/line")
    assert platform.webhook == "https://city.example/webhooks/line"


def test_the_picture_is_what_the_platform_takes() -> None:
    drawn = draw(SHOWN, None)
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("PNG", (2500, 843))
    assert len(drawn) < 1_000_000


def test_the_same_picture_is_drawn_each_time(font: Path) -> None:
    assert draw(SHOWN, font) == draw(SHOWN, font)


def test_a_label_stands_inside_its_field(font: Path) -> None:
    labels = [("status", "x"), ("help", "a very long label that no phone is wide enough for")]
    with Image.open(BytesIO(draw(labels, font))) as image:
        column = image.convert("RGB").crop((1225, 550, 1245, 780))
        assert len(set(column.getdata())) == 1
