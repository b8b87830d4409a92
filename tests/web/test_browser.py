"""The simulator's page in a real browser, with a bot behind it that answers by rote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from standins.doors import Echo, doors
from standins.serving import beside

from bot.model.messages import Followed, Location, Photo, Tap, Text
from bot.web.app import build

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c63f8cfc0f01f00050001ff56c72f0d0000000049454e44ae426082"
)


@dataclass
class Demo:
    """A served page: its bot, and where it is."""

    echo: Echo
    url: str


async def _needs() -> list[dict[str, object]]:
    lamp = {"title": "民生東路三段路燈不亮", "people": 4, "reports": 5, "place": "松山區"}
    bus = {"title": "公車站牌時間不準", "people": 2, "reports": 2, "place": "信義區"}
    return [lamp | {"stage": "planning"}, bus | {"stage": None}]


async def _code(name: str) -> str:
    return "XY12-34ZZ"


@pytest.fixture
def demo() -> Iterator[Demo]:
    echo = Echo()
    handed = doors(put=echo.put, simulator=echo.simulator, needs=_needs, staff_code=_code)
    with beside(build(handed)) as url:
        yield Demo(echo, url)


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained of: script errors and broken security rules."""
    return []


@pytest.fixture
def page(browser: Browser, demo: Demo, faults: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{demo.url}/simulator")
    yield page
    context.close()


def citizen(page: Page, demo: Demo, text: str) -> None:
    page.locator("#citizen-box").fill(text)
    page.locator("#citizen-box").press("Enter")
    expect(page.locator("#citizen .card").last).to_contain_text(text)


def test_a_new_phone_is_greeted(page: Page, demo: Demo, faults: list[str]) -> None:
    expect(page.locator("#citizen .log")).to_contain_text("這裡是臺北市的市民之聲")
    assert Followed() in demo.echo.heard
    assert faults == []


def test_a_typed_text_is_answered_with_a_card(page: Page, demo: Demo, faults: list[str]) -> None:
    citizen(page, demo, "民生東路三段的路燈壞了三天")
    expect(page.locator("#citizen .card h3")).to_have_text("幫您整理好了")
    expect(page.locator("#citizen-box")).to_have_value("")
    assert Text("民生東路三段的路燈壞了三天") in demo.echo.heard
    assert faults == []


def test_a_pressed_button_sends_its_data_and_cannot_be_pressed_twice(
    page: Page, demo: Demo
) -> None:
    citizen(page, demo, "路燈壞了")
    page.get_by_role("button", name="送出", exact=True).click()
    expect(page.locator("#citizen .log")).to_contain_text("案件編號：")
    expect(page.get_by_role("button", name="改分類")).to_be_disabled()
    assert demo.echo.heard[-1] == Tap("send")


def test_what_is_said_is_shown_as_text_and_never_as_markup(
    page: Page, demo: Demo, faults: list[str]
) -> None:
    citizen(page, demo, "<img src=x onerror=alert(1)><b>路燈</b>")
    assert page.locator("#citizen .log b, #citizen .log img").count() == 0
    assert faults == []


def test_a_place_is_picked_on_the_map(page: Page, demo: Demo, faults: list[str]) -> None:
    page.get_by_role("button", name="傳位置").click()
    page.get_by_label("移到行政區").select_option("大安區")
    expect(page.locator("#where")).to_contain_text("臺北市大安區")
    page.get_by_role("button", name="分享這個位置").click()
    expect(page.locator("#citizen .log")).to_contain_text("收到位置：臺北市大安區")
    place = demo.echo.heard[-1]
    assert isinstance(place, Location)
    assert (round(place.lat, 1), round(place.lon, 1)) == (25.0, 121.5)
    assert faults == []


def test_a_map_that_is_closed_sends_nothing(page: Page, demo: Demo) -> None:
    citizen(page, demo, "路燈壞了")
    page.get_by_role("button", name="改地點").click()
    expect(page.locator("#where")).to_contain_text("臺北市")
    page.keyboard.press("Escape")
    expect(page.locator("#place")).to_be_hidden()
    assert [type(h) for h in demo.echo.heard].count(Location) == 0


def test_a_photo_is_shown_and_sent(page: Page, demo: Demo) -> None:
    shot = {"name": "lamp.png", "mimeType": "image/png", "buffer": PIXEL}
    page.locator("#citizen-file").set_input_files(shot)  # type: ignore[arg-type]
    expect(page.locator("#citizen .log")).to_contain_text("照片收到了")
    expect(page.locator("#citizen .shot")).to_be_visible()
    assert isinstance(demo.echo.heard[-1], Photo)


def test_a_photo_that_is_too_large_is_told_before_it_is_sent(page: Page, demo: Demo) -> None:
    shot = {"name": "l.png", "mimeType": "image/png", "buffer": bytes(10 * 1024 * 1024 + 1)}
    page.locator("#citizen-file").set_input_files(shot)  # type: ignore[arg-type]
    expect(page.get_by_role("alert")).to_contain_text("10 MB")
    assert [type(h) for h in demo.echo.heard].count(Photo) == 0


def test_what_could_not_be_sent_can_be_sent_again(page: Page, demo: Demo) -> None:
    expect(page.locator("#citizen .log")).to_contain_text("您好")
    page.route("**/simulator/say", lambda route: route.abort(), times=1)
    page.locator("#citizen-box").fill("路燈壞了")
    page.locator("#citizen-box").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("沒有送出")
    page.get_by_role("button", name="再送一次").click()
    expect(page.locator("#citizen .card")).to_contain_text("路燈壞了")


def test_another_citizen_has_a_chat_of_their_own_and_the_first_is_kept(
    page: Page, demo: Demo
) -> None:
    citizen(page, demo, "路燈壞了")
    page.get_by_role("button", name="新的市民").click()
    expect(page.locator("#citizen .log .row")).to_have_count(1)
    page.get_by_label("哪一位市民").select_option("市民 1")
    expect(page.locator("#citizen .card")).to_contain_text("路燈壞了")


def test_a_page_that_is_opened_again_remembers_what_was_said(page: Page, demo: Demo) -> None:
    citizen(page, demo, "路燈壞了")
    page.reload()
    expect(page.locator("#citizen .mine")).to_have_count(1)
    expect(page.locator("#citizen .card")).to_have_count(1)


def test_the_second_phone_is_linked_by_its_code(page: Page, demo: Demo) -> None:
    expect(page.locator("#staff .unlinked")).to_be_visible()
    page.get_by_role("button", name="連結成同仁").click()
    expect(page.locator("#staff .mine")).to_contain_text("XY12-34ZZ")
    expect(page.locator("#staff .unlinked")).to_be_hidden()


def test_the_needs_stand_beside_the_phones(page: Page, demo: Demo) -> None:
    expect(page.locator("#needs .need").first).to_contain_text("民生東路三段路燈不亮")
    expect(page.locator("#needs .need").first).to_contain_text("策略規劃")


def test_a_small_screen_shows_one_phone_at_a_time_and_never_scrolls_sideways(
    page: Page, demo: Demo
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator("#staff")).to_be_hidden()
    page.locator(".views").get_by_role("button", name="同仁").click()
    expect(page.locator("#staff")).to_be_visible()
    expect(page.locator("#citizen")).to_be_hidden()
    expect(page.locator("#staff-box")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_english_is_one_press_away(page: Page, demo: Demo, faults: list[str]) -> None:
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Citizen", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="中文")).to_be_visible()
    assert faults == []


def test_the_keyboard_alone_reaches_the_text_box_and_sends(page: Page, demo: Demo) -> None:
    page.locator("body").click(position={"x": 1, "y": 1})
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "citizen-box":
            break
    page.keyboard.type("路燈壞了")
    page.keyboard.press("Enter")
    expect(page.locator("#citizen .card")).to_contain_text("路燈壞了")
