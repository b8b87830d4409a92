"""Many at once: lists in conditions, and rows that may be there already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

import orjson
from sqlalchemy import (
    ARRAY,
    CTE,
    Column,
    ColumnElement,
    Dialect,
    Integer,
    Table,
    Text,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

T = TypeVar("T")


class Ids(TypeDecorator[Any]):
    """A list of texts or whole numbers as one value: JSON in SQLite, an array in PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """How the database keeps it."""
        return Text() if dialect.name == "sqlite" else ARRAY(self.of)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """List → JSON or list."""
        listed = list(value)
        return orjson.dumps(listed).decode() if dialect.name == "sqlite" else listed


class Each(FunctionElement[Any]):
    """The values of an `Ids`, one a row."""

    name = "each"
    inherit_cache = True


@compiles(Each, "sqlite")
def _of_json(element: Each, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(func.json_each(*element.clauses), **how)


@compiles(Each, "postgresql")
def _of_array(element: Each, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(func.unnest(*element.clauses), **how)


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The condition that a column is one of the list given as `name`.

    The list is one value: a placeholder for each would have the statement put together anew,
    and prepared anew, for each length.
    """
    each = Each(bindparam(name, type_=Ids(column.type))).column_valued("value")
    return column.in_(select(each))


def even(values: Collection[T]) -> list[T]:
    """The list filled up with its last value to 1, 2, 4, 8 … values, so that lengths are few."""
    listed = list(values)
    size = 1 << max(len(listed) - 1, 0).bit_length()
    return listed + listed[-1:] * (size - len(listed))


def unless_there(table: Table, *unique: Any) -> Insert:
    """An insert that leaves a row alone which is there already, by its `unique` columns.

    Without columns any clash counts. SQLite says it in PostgreSQL's words.
    """
    return insert(table).on_conflict_do_nothing(index_elements=unique or None)


def replacing(table: Table, *unique: Column[Any], keep: Collection[Column[Any]] = ()) -> Insert:
    """An insert that takes the place of the row which is there already, by its `unique` columns;
    that row's columns in `keep` stay as they are."""
    fresh, same = insert(table), {*unique, *keep}
    others = {c.name: fresh.excluded[c.name] for c in table.c if c not in same}
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
