"""What people do not want to be asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refusals",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_refusals_person_people")),
        sa.PrimaryKeyConstraint("person", "purpose", name=op.f("pk_refusals")),
    )
    op.create_index(op.f("ix_refusals_purpose"), "refusals", ["purpose"])
    with op.batch_alter_table("multicasts") as table:
        table.add_column(sa.Column("purpose", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("multicasts") as table:
        table.drop_column("purpose")
    op.drop_index(op.f("ix_refusals_purpose"), "refusals")
    op.drop_table("refusals")
