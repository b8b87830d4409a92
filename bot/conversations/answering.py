"""Questions about the city's services: the short answer, and where to ask further."""

from __future__ import annotations

from bot.conversations.scene import Scene
from bot.model.messages import Bubble, Choice
from bot.model.wording import named
from intents.answers import Entry


def asked(scene: Scene) -> Entry | None:
    """The entry that the words ask for, None where they ask for none that we know."""
    return scene.desk.answers.find(scene.reading) if scene.reading else None


def answer(scene: Scene, entry: Entry, *choices: Choice) -> Bubble:
    """The answer with the number to call and the page to look at."""
    lines = [named(entry.answer, scene.language)]
    if entry.phone:
        lines.append(scene.say("answer.phone", phone=entry.phone))
    if entry.link:
        lines.append(scene.say("answer.link", link=entry.link))
    if choices:
        lines.append(scene.say("answer.otherwise"))
    return Bubble("\n".join(lines), choices=choices)
