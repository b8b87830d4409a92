"""Who was invited to which round: reminded are these, and nobody is asked too often."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_invitations_person_people")
        ),
        sa.PrimaryKeyConstraint("person", "survey", "round", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_at"), "invitations", ["at"])


def downgrade() -> None:
    op.drop_table("invitations")
