"""Published results as a page, in a real browser on a small phone, and as open data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from standins.doors import client, doors
from standins.releases import FEW, MANY, PARTED
from standins.serving import beside

from bot.web.app import build
from bot.web.results import picture


async def released(survey: str) -> list[dict[str, object]]:
    rounds = {"walk": [MANY, FEW | {"round": "20260223T0900"}], "views": [PARTED]}
    return rounds.get(survey, [])


async def get(path: str, **handed: object):
    async with client(doors(**{"released": released, **handed})) as web:
        return await web.get(path)


async def test_results_are_open_data() -> None:
    answer = await get("/open-data/surveys/walk.json")
    assert answer.json()["rounds"][0]["questions"][0]["counts"] == {
        "enough": None,
        "few": 14,
        "many": None,
    }


@pytest.mark.parametrize("path", ["/surveys/none", "/open-data/surveys/none.json"])
async def test_of_a_survey_without_results_there_is_no_page(path: str) -> None:
    assert (await get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/surveys/walk", "/open-data/surveys/walk.json"])
async def test_there_is_no_page_where_nothing_is_handed_in(path: str) -> None:
    assert (await get(path, released=None)).status_code == 404


async def test_a_title_is_shown_as_text_and_never_as_markup() -> None:
    async def evil(survey: str) -> list[dict[str, object]]:
        return [MANY | {"title": {"zh-TW": "<script>alert(1)</script>"}}]

    assert "<script>" not in (await get("/surveys/walk", released=evil)).text


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with beside(build(doors(released=released))) as url:
        yield f"{url}/surveys/walk"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone of 360 pixels that runs no scripts."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="zh-TW"
    )
    yield context.new_page()
    context.close()


def test_a_small_phone_without_scripts_shows_shares_and_what_is_hidden(
    page: Page, url: str
) -> None:
    page.goto(url)
    lanes = page.get_by_role("table").first
    assert [row.inner_text().split() for row in lanes.get_by_role("row").all()[1:]] == [
        ["夠", "人數太少，不公布"],
        ["不夠", "67%", "(14)"],
        ["太多了", "人數太少，不公布"],
    ]


def test_the_page_never_scrolls_sideways(page: Page, url: str) -> None:
    page.goto(url)
    body = page.locator("main").bounding_box()
    assert body is not None
    assert body["x"] >= 0
    assert body["x"] + body["width"] <= 360
    widths = [
        box["x"] + box["width"]
        for t in page.get_by_role("table").all()
        if (box := t.bounding_box())
    ]
    assert max(widths) <= 360


def test_a_round_that_few_answered_says_so(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_role("region", name="2026-02-23")).to_contain_text("回答的人太少")


def test_opinion_groups_are_shown_with_what_marks_joins_and_parts_them(
    page: Page, url: str
) -> None:
    page.goto(url.replace("walk", "views"))
    first = page.get_by_role("region", name="A 群：15 人")
    assert sorted(each.inner_text() for each in first.get_by_role("listitem").all()) == [
        "反對： 自行車不該騎上人行道。",
        "贊成： 公車專用道應該再多一點。",
    ]
    expect(page.get_by_role("img", name="每一群是一個圓")).to_be_visible()
    expect(page.get_by_text("晚上十點後公園的燈可以關一半。").last).to_be_visible()


def test_no_circle_reaches_over_the_picture() -> None:
    circles = picture([(-3.0, 0.2, 40), (2.0, 1.0, 12), (0.1, -5.0, 5)])
    assert all(r <= x <= 100 - r and r <= y <= 60 - r for x, y, r in circles)
    assert picture([(1.0, 1.0, 5)]) == [(50, 30, 12.6)]


def test_english_is_one_press_away(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("table").first).to_contain_text("Are there enough bus lanes?")
