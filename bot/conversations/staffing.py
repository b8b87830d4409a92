"""Staff in their own chat: linking it with a one-time code."""

from __future__ import annotations

from bot.conversations.scene import Scene, Turn
from bot.model.happenings import StaffLinked


def link(scene: Scene, code: str) -> Turn:
    """The words look like a one-time code; `facts.staff` tells whose, None for nobody's."""
    if scene.facts.staff is None:
        return scene.stay(scene.bubble("staff.bad_code"))
    linked = StaffLinked(scene.person.id, scene.inbound.address, scene.facts.staff, scene.now)
    return scene.stay(scene.bubble("staff.linked", name=scene.facts.staff)).then(linked)
