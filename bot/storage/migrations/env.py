"""Alembic's way in: bot/storage/migrating.py hands over the open connection."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from bot.storage import survey_tables, tables  # noqa: F401  (they fill the metadata)
from bot.storage.columns import Moment, metadata


def plain_type(kind: str, thing: Any, _: AutogenContext) -> str | Literal[False]:
    """A migration names what the database keeps, not the project's own kinds of columns."""
    if kind != "type" or not isinstance(thing, TypeDecorator):
        return False
    return "sa.DateTime(timezone=True)" if isinstance(thing, Moment) else "sa.Text()"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain_type,
    transaction_per_migration=False,
)
context.run_migrations()
