"""Migrations, run on a connection that is already open."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, text

LOCK = text("SELECT pg_advisory_xact_lock(7262144391)")


def _config(connection: Connection | None = None) -> Config:
    config = Config(cmd_opts=Namespace(quiet=True))
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
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
    """Write a migration for what tables.py has and the database has not; its path."""
    config = _config(connection)
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    script = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
    return cast(Script, script).path


def at_head(connection: Connection) -> bool:
    """Whether the newest migration has run."""
    newest = set(ScriptDirectory.from_config(_config()).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == newest
