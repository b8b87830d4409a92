"""The same words to many chats at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "multicasts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_multicasts")),
    )
    op.create_index(
        "ix_multicasts_waiting_due",
        "multicasts",
        ["due"],
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    )
    op.create_table(
        "recipients",
        sa.Column("multicast", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["multicast"], ["multicasts.id"], name=op.f("fk_recipients_multicast_multicasts")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_recipients_person_people")
        ),
        sa.PrimaryKeyConstraint("multicast", "person", name=op.f("pk_recipients")),
    )
    op.create_index(op.f("ix_recipients_person"), "recipients", ["person"])


def downgrade() -> None:
    op.drop_table("recipients")
    op.drop_table("multicasts")
