"""Kinds of columns that SQLite and PostgreSQL keep alike, and what tables have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A time, aware, in UTC. SQLite keeps no zone: it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware in any zone → UTC; a time without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Strings(TypeDecorator[tuple[str, ...]]):
    """A few strings in order, kept as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str | None:
        """Strings → JSON."""
        return None if value is None else orjson.dumps(list(value)).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """JSON → strings, none for NULL."""
        return tuple(orjson.loads(value)) if value else ()


class Json(TypeDecorator[Any]):
    """A value that JSON knows, kept as text: nothing looks into it by SQL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Value → JSON; None becomes null."""
        return orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """JSON → value."""
        return None if value is None else orjson.loads(value)


Counter = BigInteger().with_variant(Integer(), "sqlite")
"""Numbers rows in the order they came; SQLite counts up by itself in INTEGER only."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> Column[str]:
    """A row's own id."""
    return Column("id", Text, primary_key=True)


def flag(name: str, preset: bool) -> Column[bool]:
    """Yes or no."""
    return Column(name, Boolean, nullable=False, default=preset)


def index_where(table: Table, mark: str, *columns: str) -> None:
    """An index over the rows where `mark` is set: few, however long the table grows.

    SQLite takes it only for conditions in the very same words, which are `mark = 1` there.
    """
    Index(
        f"ix_{table.name}_{mark}_{'_'.join(columns)}",
        *(table.c[column] for column in columns),
        sqlite_where=text(f"{mark} = 1"),
        postgresql_where=text(mark),
    )
