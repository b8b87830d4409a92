"""A survey's question on the screen: progress, words, and what can be pressed."""

from __future__ import annotations

from bot.conversations.scene import Scene
from bot.model.messages import Bubble, Choice, Picker, Style
from surveys.engine import Prompt, PromptChoice, Way
from surveys.session import Session

PICKERS = {Way.DATE: Picker.DATE, Way.TIME: Picker.TIME, Way.MOMENT: Picker.DATETIME}
HOW = {
    Way.DATE: "survey.how.date",
    Way.TIME: "survey.how.time",
    Way.MOMENT: "survey.how.moment",
    Way.PLACE: "survey.how.place",
    Way.PHOTO: "survey.how.photo",
}
"""What is said below a question that has no options."""

MARK = 8
"""Characters of a session's id on its buttons: enough to tell an old one."""


def question(scene: Scene, session: Session, prompt: Prompt) -> Bubble:
    """The question that waits; its buttons carry the beginning of the session's id."""
    head = f"s:{session.id[:MARK]}"
    choices = [_option(scene, head, option, prompt) for option in prompt.choices]
    choices += _helped(scene, head, prompt.way)
    if prompt.can_finish:
        choices.append(scene.choice("button.finish_choosing", f"{head}:v:done", Style.PRIMARY))
    if prompt.before:
        choices.append(scene.choice("button.keep_answer", f"{head}:keep"))
    if prompt.can_skip:
        choices.append(scene.choice("button.skip_question", f"{head}:skip"))
    if prompt.can_go_back:
        choices.append(scene.choice("button.back", f"{head}:back"))
    choices.append(scene.choice("button.pause", f"{head}:pause"))
    return Bubble(_asked(scene, prompt), choices=tuple(choices))


def _asked(scene: Scene, prompt: Prompt) -> str:
    """Progress and question, below them how to answer."""
    text = scene.say("survey.progress", number=prompt.number, total=prompt.total, text=prompt.text)
    unit = scene.say("survey.unit", unit=prompt.unit) if prompt.unit else ""
    how = HOW.get(prompt.way, "")
    before = scene.say("survey.before", said=prompt.before) if prompt.before else ""
    return "\n".join(filter(None, (text, prompt.hint, unit, how and scene.say(how), before)))


def _helped(scene: Scene, head: str, way: Way) -> list[Choice]:
    """Buttons that open the app's calendar, clock or map."""
    if way is Way.PLACE:
        return [Choice(scene.say("button.share"), shares_location=True)]
    if way not in PICKERS:
        return []
    return [Choice(scene.say(f"button.pick.{way}"), f"{head}:v:", picks=PICKERS[way])]


def _option(scene: Scene, head: str, option: PromptChoice, prompt: Prompt) -> Choice:
    label = option.label
    if option.value in prompt.ticked:
        key = "survey.ranked" if prompt.way is Way.RANKS else "survey.ticked"
        rank = prompt.ticked.index(option.value) + 1
        label = scene.say(key, label=option.label, rank=rank)
    return Choice(label, f"{head}:v:{option.value}")
