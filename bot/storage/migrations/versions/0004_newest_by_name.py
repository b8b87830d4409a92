"""The newest reports of a place by index: a busy road has many of one kind."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SAME = ("kind", "domain")


def upgrade() -> None:
    for same in SAME:
        op.drop_index(f"ix_reports_{same}_place_name", "reports")
        columns = [same, "place_name", "at"]
        op.create_index(f"ix_reports_{same}_place_name_at", "reports", columns)


def downgrade() -> None:
    for same in SAME:
        op.drop_index(f"ix_reports_{same}_place_name_at", "reports")
        op.create_index(f"ix_reports_{same}_place_name", "reports", [same, "place_name"])
