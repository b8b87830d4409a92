"""One-time codes: staff link their own chat, people go on with a survey in another."""

from __future__ import annotations

from bot.conversations import handing
from bot.conversations.scene import Scene, Turn
from bot.model.happenings import StaffLinked


def link(scene: Scene) -> Turn:
    """The words look like a one-time code; `facts.staff` and `facts.handed` tell what of."""
    if scene.facts.handed:
        return handing.take_over(scene, scene.facts.handed)
    if scene.facts.staff is None:
        return scene.stay(scene.bubble("staff.bad_code"))
    linked = StaffLinked(scene.person.id, scene.inbound.address, scene.facts.staff, scene.now)
    return scene.stay(scene.bubble("staff.linked", name=scene.facts.staff)).then(linked)
