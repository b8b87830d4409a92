import pytest

from intents.commands import Commands

COMMANDS = Commands({"status": ("進度", "/status", "status"), "help": ("怎麼用",)})


@pytest.mark.parametrize(
    "text",
    ["進度", " 進度 ", "進度!", "進度。", "/STATUS", "Status", "/status@city_bot", "ｓｔａｔｕｓ"],
)
def test_a_command_is_known_however_it_is_typed(text: str) -> None:
    assert COMMANDS.named(text) == "status"


def test_a_sentence_with_a_command_in_it_is_none() -> None:
    assert COMMANDS.named("工程進度太慢") is None


def test_an_empty_text_is_no_command() -> None:
    assert COMMANDS.named("") is None
