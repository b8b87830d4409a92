"""Golden talks for every question type, as LINE and as Telegram show them.

A file holds a survey's `questions` and what is `said`; `line` and `telegram` are the messages,
in the platform's own form, that answer each of these. `pytest tests/test_question_talks.py
--update` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from standins.desk import Talk, desk
from standins.forms import survey

from bot.channels.fitting import fit
from bot.channels.line import Line
from bot.channels.line.show import show as on_line_shown
from bot.channels.telegram import Telegram
from bot.channels.telegram.show import show as on_telegram_shown
from bot.model.messages import Location, Outbound, Photo
from surveys.questions import TYPES

FOLDER = Path(__file__).parent / "talks" / "questions"
TALKS = sorted(FOLDER.glob("*.yaml"))


def on_line(outbound: Outbound) -> list[Any]:
    calls = fit(outbound, Line.capabilities)
    return [message for call in calls for message in on_line_shown(call, Line.capabilities)]


def on_telegram(outbound: Outbound) -> list[Any]:
    calls = fit(outbound, Telegram.capabilities)
    shown = [on_telegram_shown(bubble) for call in calls for bubble in call]
    return [{"text": text, **more} for text, more in shown]


SHOWN: dict[str, Callable[[Outbound], list[Any]]] = {"line": on_line, "telegram": on_telegram}


def talked(golden: dict[str, Any], channel: str) -> list[Any]:
    """What the channel shows after each turn, the first question first.

    What is said is a typed text, or {press: value}, {pick: day}, {button: label}, {lat, lon},
    {photo: ref}.
    """
    talk = Talk(desk(survey(*golden["questions"])))
    shown = []
    for said in (None, *golden["said"]):
        match said:
            case None:
                talk.taps("i:walk:r1:start")
            case {"press": value} | {"pick": value}:
                talk.taps(f"{_head(talk)}:v:{value}")
            case {"button": label}:
                talk.press(label)
            case {"photo": ref}:
                talk.does(Photo(ref))
            case {"lat": lat, "lon": lon}:
                talk.does(Location(lat, lon))
            case words:
                talk.says(str(words))
        assert talk.last is not None
        shown.append(SHOWN[channel](Outbound("id", talk.person.address, talk.last.bubbles)))
    return shown


def _head(talk: Talk) -> str:
    """What the buttons of the question on the screen begin with."""
    return ":".join(talk.data("先停在這裡").split(":")[:2])


def test_every_question_type_has_a_talk() -> None:
    asked = {q["type"] for t in TALKS for q in yaml.safe_load(t.read_text("utf-8"))["questions"]}
    assert asked - {"matrix"} == set(TYPES)


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
def test_a_question_is_shown_and_answered_as_it_is_written(
    file: Path, request: pytest.FixtureRequest
) -> None:
    golden = yaml.safe_load(file.read_text("utf-8"))
    shown = {channel: talked(golden, channel) for channel in SHOWN}
    if request.config.getoption("--update"):
        golden |= shown
        text = yaml.safe_dump(golden, allow_unicode=True, sort_keys=False, width=100)
        file.write_text(text, "utf-8")
    assert {channel: golden.get(channel) for channel in SHOWN} == shown
