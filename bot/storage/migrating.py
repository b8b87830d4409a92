"""Migrations, run on a connection that is already open."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, text

from bot.model.errors import CityvoiceError

FOLDER = Path(__file__).parent / "migrations"
LOCK = text("SELECT pg_advisory_xact_lock(7262144391)")


def _config(connection: Connection | None = None) -> Config:
    config = Config(cmd_opts=Namespace(quiet=True))
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Run every migration that is missing, as part of the connection's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(LOCK)
    command.upgrade(_config(connection), "head")


def revise(connection: Connection, message: str) -> str:
    """Write a migration for what tables.py has and the database has not; its path.

    Raises CityvoiceError when the newest migration has not run, or nothing differs.
    """
    if not at_head(connection):
        raise CityvoiceError("the schema is not up to date: run `cityvoice db upgrade` first")
    config = _config(connection)
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    script = command.revision(
        config,
        message,
        autogenerate=True,
        rev_id=f"{number:04}",
        process_revision_directives=_unless_empty,
    )
    return cast(Script, script).path


def _unless_empty(_: MigrationContext, __: Any, written: list[MigrationScript]) -> None:
    """A migration that does nothing is not written."""
    operations = written[0].upgrade_ops
    if operations is None or operations.is_empty():
        raise CityvoiceError("the database has all that tables.py says: no migration is needed")


def at_head(connection: Connection) -> bool:
    """Whether the newest migration has run."""
    newest = set(ScriptDirectory.from_config(_config()).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == newest
