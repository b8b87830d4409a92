"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = [
    "joins",
    "forwardings",
    "answers",
    "sessions",
    "reports",
    "proposals",
    "photos",
    "codes",
    "staff",
    "rounds",
    "people",
    "outbox",
    "needs",
    "moves",
    "inbox",
    "dues",
    "corrections",
    "conversations",
]
"""In the order in which they can go."""


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_conversations")),
    )
    op.create_table(
        "corrections",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("judged", sa.Text()),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_by"), "corrections", ["by"])
    op.create_table(
        "dues",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("job", "due_at", name=op.f("pk_dues")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "event", name=op.f("uq_inbox_channel_event")),
    )
    op.create_index(
        "ix_inbox_dead_id",
        "inbox",
        ["id"],
        sqlite_where=sa.text("dead = 1"),
        postgresql_where=sa.text("dead"),
    )
    op.create_index(
        "ix_inbox_waiting_id",
        "inbox",
        ["id"],
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    )
    op.create_index(
        "ix_inbox_waiting_key_id",
        "inbox",
        ["key", "id"],
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    )
    op.create_table(
        "moves",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_moves")),
    )
    op.create_index(op.f("ix_moves_subject"), "moves", ["subject"])
    op.create_table(
        "needs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("place_name", sa.Text()),
        sa.Column("place_kind", sa.Text()),
        sa.Column("district", sa.Text()),
        sa.Column("village", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
    )
    op.create_index(op.f("ix_needs_domain"), "needs", ["domain"])
    op.create_index(op.f("ix_needs_kind"), "needs", ["kind"])
    op.create_table(
        "outbox",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("stuck", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
    )
    op.create_index(
        "ix_outbox_stuck_seq",
        "outbox",
        ["seq"],
        sqlite_where=sa.text("stuck = 1"),
        postgresql_where=sa.text("stuck"),
    )
    op.create_index(
        "ix_outbox_waiting_key_seq",
        "outbox",
        ["key", "seq"],
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    )
    op.create_index(
        "ix_outbox_waiting_seq",
        "outbox",
        ["seq"],
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("language", sa.Text()),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("surveys", sa.Text(), nullable=False),
        sa.Column("surveys_at", MOMENT),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text()),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("key", name=op.f("uq_people_key")),
    )
    op.create_table(
        "rounds",
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("survey", "round", name=op.f("pk_rounds")),
    )
    op.create_table(
        "staff",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_staff")),
    )
    op.create_table(
        "codes",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.name"], name=op.f("fk_codes_staff")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_codes")),
    )
    op.create_table(
        "photos",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("ref", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_photos_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_person"), "photos", ["person"])
    op.create_index(op.f("ix_photos_state"), "photos", ["state"])
    op.create_table(
        "proposals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["need"], ["needs.id"], name=op.f("fk_proposals_need")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_need"), "proposals", ["need"])
    op.create_table(
        "reports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("place_name", sa.Text()),
        sa.Column("place_kind", sa.Text()),
        sa.Column("district", sa.Text()),
        sa.Column("village", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("photos", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("need", sa.Text()),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["need"], ["needs.id"], name=op.f("fk_reports_need")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_reports_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("number", name=op.f("uq_reports_number")),
    )
    op.create_index(op.f("ix_reports_at"), "reports", ["at"])
    op.create_index("ix_reports_kind_at", "reports", ["kind", "at"])
    op.create_index(op.f("ix_reports_need"), "reports", ["need"])
    op.create_index(op.f("ix_reports_person"), "reports", ["person"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text()),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("finished", MOMENT),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_sessions_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person"), "sessions", ["person"])
    op.create_index("ix_sessions_survey_round", "sessions", ["survey", "round"])
    op.create_table(
        "answers",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_answers_session")),
        sa.PrimaryKeyConstraint("session", "question", name=op.f("pk_answers")),
    )
    op.create_table(
        "forwardings",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("forwarder", sa.Text(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("stuck", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(
            ["proposal"], ["proposals.id"], name=op.f("fk_forwardings_proposal")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_forwardings")),
        sa.UniqueConstraint("id", name=op.f("uq_forwardings_id")),
        sa.UniqueConstraint(
            "proposal", "forwarder", name=op.f("uq_forwardings_proposal_forwarder")
        ),
    )
    op.create_table(
        "joins",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_joins_person")),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_joins_report")),
        sa.PrimaryKeyConstraint("report", "person", name=op.f("pk_joins")),
    )
    op.create_index(op.f("ix_joins_person"), "joins", ["person"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
