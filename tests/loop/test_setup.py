"""`channels setup`: each platform is told where the bot lives and what its menu holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ImageFont
from standins.citizens import LineCitizen
from standins.town import Town

from bot.settings import Settings
from bot.wiring import PANEL, panel, set_up

NO_WORDS = "its menu has no words"


async def done(town: Town, **changed: object) -> list[str]:
    settings: Settings = town.settings.model_copy(update=changed)
    return await set_up(settings, town.house.ledger.catalogue)


async def test_setting_up_twice_leaves_one_menu(town: Town) -> None:
    said = [await done(town) for _ in range(2)]
    assert said[0] == said[1]
    assert list(town.line.menus.kept) == [town.line.menus.shown]
    assert [line.split(":")[0] for line in said[0]] == ["line", "telegram"]


async def test_a_public_address_becomes_the_webhook(town: Town) -> None:
    await done(town, public_url="https://city.example")
    assert town.line.webhook == "https://city.example/webhooks/line"


async def test_without_an_address_the_webhook_is_left_alone(town: Town) -> None:
    await done(town)
    assert town.line.webhook == ""


async def test_a_font_of_the_configuration_puts_words_on_the_menu(
    town: Town, tmp_path: Path
) -> None:
    loaded = ImageFont.load_default(40)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "some.ttf").write_bytes(loaded.path.getvalue())  # type: ignore[union-attr]
    empty = tmp_path / "empty"
    wordless, worded = [await done(town, config_dir=folder) for folder in (empty, tmp_path)]
    found = [any(NO_WORDS in line for line in said) for said in (wordless, worded)]
    assert found == [True, False]


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "請用一句話告訴我"), (1, "您還沒有反映過問題"), (2, "請選擇語言"), (3, "我可以幫您")],
    ids=PANEL,
)
async def test_each_button_of_the_menu_is_answered(town: Town, number: int, expected: str) -> None:
    ann = LineCitizen(town, "U" + "a" * 32)
    label = panel(town.house.ledger.catalogue).buttons[number].label
    assert expected in await ann.says(label)
