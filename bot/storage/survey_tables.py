"""What is kept of surveys: rounds, who was invited, sessions, answers, results."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from bot.storage.columns import Json, Moment, flag, index_where, metadata, row_id

sessions = Table(
    "sessions",
    metadata,
    row_id(),
    Column("person", Text, ForeignKey("people.id"), index=True),
    Column("survey", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("round", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
)
Index("ix_sessions_survey_round", sessions.c.survey, sessions.c.round)

answers = Table(
    "answers",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), primary_key=True),
    Column("question", Text, primary_key=True),
    Column("value", Json, nullable=False),
    Column("at", Moment, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("survey", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("definition", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Surveys as they were sent; a row never changes."""

definitions = Table(
    "definitions",
    metadata,
    Column("survey", Text, primary_key=True),
    Column("draft", Text, nullable=False),
    Column("live", Text),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Surveys written in the console, as YAML."""

rounds = Table(
    "rounds",
    metadata,
    Column("survey", Text, primary_key=True),
    Column("round", Text, primary_key=True),
    Column("invited", Integer, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("survey", Text, primary_key=True),
    Column("round", Text, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

refusals = Table(
    "refusals",
    metadata,
    Column("person", Text, ForeignKey("people.id"), primary_key=True),
    Column("purpose", Text, primary_key=True, index=True),
    Column("at", Moment, nullable=False),
)
"""What people do not want to be asked for."""

statements = Table(
    "statements",
    metadata,
    row_id(),
    Column("survey", Text, nullable=False, index=True),
    Column("round", Text, nullable=False),
    Column("session", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("session", "question", name="uq_statements_session_question"),
)

handovers = Table(
    "handovers",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("session", Text, nullable=False),
    Column("until", Moment, nullable=False),
)

multicasts = Table(
    "multicasts",
    metadata,
    row_id(),
    Column("channel", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    flag("waiting", True),
    Column("error", Text),
    Column("purpose", Text, nullable=False, server_default=""),
)
"""The same words to many chats; `due` is also the end of a lease, as in the outbox. After
`until` there is no point in saying them."""

index_where(multicasts, "waiting", "due")

recipients = Table(
    "recipients",
    metadata,
    Column("multicast", Text, ForeignKey("multicasts.id"), primary_key=True),
    Column("person", Text, ForeignKey("people.id"), primary_key=True, index=True),
)
"""Who is still to be told; whoever was told has no row any more."""

releases = Table(
    "releases",
    metadata,
    Column("survey", Text, primary_key=True),
    Column("round", Text, primary_key=True),
    Column("document", Json, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Results of a round as everybody may see them; a row never changes."""
