"""Look for what is near by index, however many reports there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.model.vicinity import road
from intents.reading import Place

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REPORTS = (
    ("kind", "lat"),
    ("kind", "place_name"),
    ("kind", "district", "at"),
    ("domain", "lat"),
    ("domain", "place_name"),
    ("domain", "district", "at"),
)
NEEDS = ("place_name", "road", "lat")

needs = sa.table("needs", sa.column("id"), sa.column("place_name"), sa.column("place_kind"))
ROAD = sa.text("UPDATE needs SET road = :road WHERE id = :id")


def upgrade() -> None:
    op.add_column("needs", sa.Column("road", sa.Text()))
    _fill(op.get_bind())
    for column in NEEDS:
        op.create_index(op.f(f"ix_needs_{column}"), "needs", [column])
    op.drop_index("ix_reports_kind_at", "reports")
    for columns in REPORTS:
        op.create_index(f"ix_reports_{'_'.join(columns)}", "reports", list(columns))


def _fill(connection: sa.Connection) -> None:
    placed = sa.select(needs).where(needs.c.place_name.is_not(None))
    for row in connection.execute(placed).all():
        along = road(Place(row.place_name, row.place_kind))
        if along:
            connection.execute(ROAD, {"road": along, "id": row.id})


def downgrade() -> None:
    for columns in REPORTS:
        op.drop_index(f"ix_reports_{'_'.join(columns)}", "reports")
    op.create_index("ix_reports_kind_at", "reports", ["kind", "at"])
    for column in NEEDS:
        op.drop_index(op.f(f"ix_needs_{column}"), "needs")
    op.drop_column("needs", "road")
