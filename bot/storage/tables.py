"""What is kept. Sealed columns hold what could name a person (see vault.py).

`key` is always an address's lookup key: it orders and joins, and betrays nothing.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import Counter, Json, Moment, Strings, flag, index_where, metadata, row_id


def _place() -> list[Column[object]]:
    """A Place laid out flat, so that it can be looked for."""
    words = [Column(name, Text) for name in ("place_name", "place_kind", "district", "village")]
    return [*words, Column("lat", Float), Column("lon", Float)]


people = Table(
    "people",
    metadata,
    row_id(),
    Column("key", Text, unique=True),
    Column("address", LargeBinary),
    Column("language", Text),
    flag("chosen", False),
    Column("surveys", Text, nullable=False, default="unasked"),
    Column("surveys_at", Moment),
    Column("role", Text, nullable=False, default="citizen"),
    Column("staff", Text),
    flag("reachable", True),
    Column("since", Moment, nullable=False),
)
"""Key and address are NULL once forgotten: what stays counts people and names nobody."""

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text, nullable=False, default="{}"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("key", Text),
    Column("sealed", LargeBinary),
    Column("at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    flag("waiting", True),
    flag("dead", False),
    Column("error", Text),
    UniqueConstraint("channel", "event"),
)
"""Rows that are done keep only (channel, event), by which a redelivery is known."""

index_where(inbox, "waiting", "id")
index_where(inbox, "waiting", "key", "id")
index_where(inbox, "dead", "id")

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Counter, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("key", Text),
    Column("sealed", LargeBinary),
    Column("at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    flag("waiting", True),
    flag("stuck", False),
    Column("error", Text),
)
"""`due` is also the end of a lease: what is being sent is due again when its lease ends."""

index_where(outbox, "waiting", "seq")
index_where(outbox, "waiting", "key", "seq")
index_where(outbox, "stuck", "seq")

needs = Table(
    "needs",
    metadata,
    row_id(),
    Column("title", Text, nullable=False),
    Column("domain", Text, index=True),
    Column("kind", Text, index=True),
    *_place(),
    Column("road", Text, index=True),
    Column("at", Moment, nullable=False),
)
"""A need's numbers are counted from its reports and never kept. `road` is that of its place."""

Index(None, needs.c.place_name)
Index(None, needs.c.lat)

reports = Table(
    "reports",
    metadata,
    row_id(),
    Column("number", Text, nullable=False, unique=True),
    Column("person", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("domain", Text),
    Column("kind", Text),
    Column("confidence", Float, nullable=False),
    Column("urgency", Text, nullable=False),
    *_place(),
    Column("model", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("refs", Strings, nullable=False),
    Column("photos", Strings, nullable=False),
    Column("stage", Text, nullable=False),
    Column("need", Text, ForeignKey("needs.id"), index=True),
    flag("erased", False),
)
"""An erased report has lost its words and exact place; it still counts unless withdrawn."""

for _same in (reports.c.kind, reports.c.domain):
    Index(None, _same, reports.c.lat)
    Index(None, _same, reports.c.place_name, reports.c.at)
    Index(None, _same, reports.c.district, reports.c.at)

joins = Table(
    "joins",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("person", Text, ForeignKey("people.id"), primary_key=True, index=True),
    Column("at", Moment, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("seq", Counter, primary_key=True, autoincrement=True),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("judged", Text),
    Column("domain", Text, nullable=False),
    Column("kind", Text),
    Column("model", Text, nullable=False),
    Column("by", Text, nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

models = Table(
    "models",
    metadata,
    Column("version", Text, primary_key=True),
    Column("base", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("card", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Models that learned from corrections; `base` marks the city's examples they learned besides."""

uses = Table(
    "uses",
    metadata,
    Column("seq", Counter, primary_key=True, autoincrement=True),
    Column("version", Text, ForeignKey("models.version")),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Which model judged from when on; NULL is the one of the city's examples alone."""

photos = Table(
    "photos",
    metadata,
    row_id(),
    Column("person", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("address", LargeBinary),
    Column("ref", Text),
    Column("state", Text, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due", Moment, nullable=False),
    Column("at", Moment, nullable=False),
)
"""`state` is waiting, kept, refused, or unwanted: its file is to be deleted."""

moves = Table(
    "moves",
    metadata,
    Column("seq", Counter, primary_key=True, autoincrement=True),
    Column("subject", Text, nullable=False, index=True),
    Column("stage", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
)
"""Who moved a report or a proposal to which stage, when and why."""

proposals = Table(
    "proposals",
    metadata,
    row_id(),
    Column("need", Text, ForeignKey("needs.id"), nullable=False, index=True),
    Column("stage", Text, nullable=False),
    Column("document", Json, nullable=False),
    Column("at", Moment, nullable=False),
)

forwardings = Table(
    "forwardings",
    metadata,
    Column("seq", Counter, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("proposal", Text, ForeignKey("proposals.id"), nullable=False),
    Column("forwarder", Text, nullable=False),
    Column("due", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    flag("waiting", True),
    flag("stuck", False),
    Column("error", Text),
    UniqueConstraint("proposal", "forwarder"),
)

dues = Table(
    "dues",
    metadata,
    Column("job", Text, primary_key=True),
    Column("due_at", Moment, primary_key=True),
)
"""The moments already dealt with: whoever inserts the row does the job."""

staff = Table(
    "staff",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
)

codes = Table(
    "codes",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("staff", Text, ForeignKey("staff.name"), nullable=False),
    Column("until", Moment, nullable=False),
)
