"""What became of it, and being forgotten."""

from __future__ import annotations

from bot.conversations import reporting
from bot.conversations.scene import Scene, Turn
from bot.model.conversation import Confirming, Conversation, Idle
from bot.model.happenings import PersonForgotten
from bot.model.messages import Bubble, Style
from bot.model.report import Report

SHOWN = 10
"""Cases listed at once: a phone's screen."""


def status(scene: Scene) -> Turn:
    """The person's own cases with number and stage."""
    own = scene.facts.own[:SHOWN]
    if not own:
        return scene.stay(scene.bubble("status.none"))
    lines = [scene.say("status.title"), *(_line(scene, report) for report in own)]
    return scene.stay(Bubble("\n".join(lines)))


def _line(scene: Scene, report: Report) -> str:
    stage = scene.say(f"stage.{report.stage}")
    return scene.say("status.line", number=report.number, what=scene.what(report), stage=stage)


def ask_to_forget(scene: Scene) -> Turn:
    """Deleting can't be undone, so it is asked once more."""
    yes = scene.choice("button.forget", "forget:yes", Style.DANGER)
    no = scene.choice("button.keep", "forget:no")
    return scene.turn(Confirming(), scene.bubble("forget.ask", yes, no))


def confirmed(scene: Scene, answer: str) -> Turn:
    """A button under the question was pressed; an old one counts for nothing."""
    if not isinstance(scene.conversation.topic, Confirming):
        return scene.stay(scene.bubble("stale"))
    if answer != "yes":
        return scene.idle(scene.bubble("forget.kept"))
    said = scene.bubble("forget.done", reports=len(scene.facts.own))
    return Turn(Conversation(), (said,)).then(PersonForgotten(scene.person.id, scene.now))


def unconfirmed(scene: Scene) -> Turn:
    """Anything but the button means no; what was typed instead is not lost."""
    return reporting.said(scene.at(Idle())).after(scene.bubble("forget.kept"))
