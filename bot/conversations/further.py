"""The problems that were told along with another: offered when that one is done."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations import consenting, drafting
from bot.conversations.scene import Scene, Turn
from bot.model.conversation import Conversation, Draft


def told(scene: Scene) -> tuple[Draft, ...]:
    """A draft of each problem that the words tell: one for most."""
    assert scene.reading is not None
    first, *others = scene.reading.parts or (scene.reading,)
    bare = [replace(drafting.draft(scene, other), photos=()) for other in others]
    return (drafting.draft(scene, first), *bare)


def offer(scene: Scene, done: Turn) -> Turn:
    """Ask about the next problem if one waits, else whether surveys are welcome."""
    waiting = done.conversation.further
    if not waiting:
        return consenting.ask(scene, done)
    draft = waiting[0]
    yes = scene.choice("button.further", f"n:{draft.id}:yes")
    no = scene.choice("button.no_further", f"n:{draft.id}:no")
    asked = scene.bubble("report.further", yes, no, text=drafting.short(draft.text))
    return replace(done, bubbles=(*done.bubbles, asked))


def without(conversation: Conversation, ref: str) -> Conversation:
    """The talk without the waiting problems of a message that was changed or taken back."""
    return replace(
        conversation, further=tuple(d for d in conversation.further if ref not in d.refs)
    )
