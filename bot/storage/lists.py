"""Many at once: lists in conditions, and rows that may be there already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Integer,
    Table,
    bindparam,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.types import TypeEngine

T = TypeVar("T")


def among(column: ColumnElement[T], name: str) -> ColumnElement[bool]:
    """The condition that a column is one of the list given as `name` (see `even`)."""
    return column.in_(bindparam(name, expanding=True))


def even(values: Collection[T]) -> list[T]:
    """The list filled up with its last value to 1, 2, 4, 8 … values.

    A database prepares a statement once for each length of list: so there are few.
    """
    listed = list(values)
    size = 1 << max(len(listed) - 1, 0).bit_length()
    return listed + listed[-1:] * (size - len(listed))


def unless_there(table: Table, *unique: Any) -> Insert:
    """An insert that leaves a row alone which is there already, by its `unique` columns.

    Without columns any clash counts. SQLite says it in PostgreSQL's words.
    """
    return insert(table).on_conflict_do_nothing(index_elements=unique or None)


def replacing(table: Table, *unique: Column[Any]) -> Insert:
    """An insert that takes the place of the row which is there already, by its `unique` columns."""
    fresh = insert(table)
    others = {c.name: fresh.excluded[c.name] for c in table.c if c not in set(unique)}
    return fresh.on_conflict_do_update(index_elements=unique, set_=others)


def asked(columns: Mapping[str, TypeEngine[Any]], number: int) -> CTE:
    """A table of `number` rows whose values come with the statement (see `given`).

    Beside its columns it has `nth`, the row's number from 0.
    """
    rows = (
        select(
            literal_column(str(nth), Integer).label("nth"),
            *(bindparam(f"{name}_{nth}", type_=of).label(name) for name, of in columns.items()),
        )
        for nth in range(number)
    )
    return union_all(*rows).cte("asked")


def given(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The values of an `asked` table's rows."""
    return {f"{name}_{nth}": value for nth, row in enumerate(rows) for name, value in row.items()}
