"""Where each talk stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import bindparam, select, update

from bot.model.conversation import Conversation
from bot.model.messages import Choice, Outbound
from bot.model.plain import from_json, to_json
from bot.storage.database import Unit
from bot.storage.lists import among
from bot.storage.tables import conversations

SAVE = (
    update(conversations)
    .where(conversations.c.key == bindparam("which"))
    .values(state=bindparam("becomes"))
)
LOCKED = (
    select(conversations)
    .where(among(conversations.c.key, "keys"))
    .order_by(conversations.c.key)
    .with_for_update(key_share=True)
)


async def save_all(unit: Unit, changed: Mapping[str, Conversation]) -> None:
    """Keep where the conversations of these keys stand now."""
    if changed:
        rows = [{"which": key, "becomes": to_json(state)} for key, state in changed.items()]
        await unit.connection.execute(SAVE, rows)


async def locked(unit: Unit, keys: Iterable[str]) -> dict[str, Conversation]:
    """Where the conversations of these keys stand, kept from others until the unit ends."""
    wanted = list(keys)
    if not wanted:
        return {}
    rows = await unit.connection.execute(LOCKED, {"keys": wanted})
    return {row.key: from_json(Conversation, row.state) for row in rows}


async def offer(unit: Unit, outbounds: Sequence[Outbound]) -> None:
    """Remember buttons sent outside a turn, so that their labels can be typed too.

    Those shown before keep their meaning unless a label is the same.
    """
    shown = {unit.vault.key_of(outbound.to): _choices(outbound) for outbound in outbounds}
    talks = await locked(unit, shown)
    await save_all(
        unit,
        {k: replace(talk, offered=(*shown[k], *talk.offered)) for k, talk in talks.items()},
    )


def _choices(outbound: Outbound) -> tuple[Choice, ...]:
    return tuple(c for b in outbound.bubbles for c in b.choices if c.presses)
