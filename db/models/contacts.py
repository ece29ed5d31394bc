"""Every contact with a customer, what came of it, who dealt with it, and what was promised."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, Uuid, text

from db.columns import UtcDateTime, grown_key, made_key, metadata, refers, refers_made, version, where_known, words
from db.kinds import Channel, Direction, FollowUpKind, InteractionKind

disposition = Table(
    "disposition",
    metadata,
    grown_key(),
    refers("parent_id", "disposition"),
    Column("code", String(64), nullable=False, unique=True),
    Column("label_ja", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("needs_note", Boolean, nullable=False, server_default=text("false")),
    Column("is_offered", Boolean, nullable=False, server_default=text("true")),  # old calls keep codes that are not
)

interaction = Table(
    "interaction",
    metadata,
    made_key(),
    refers("customer_id", "customer"),
    refers_made("call_id", "call"),
    Column("channel", words(Channel, "channel"), nullable=False),
    Column("direction", words(Direction, "direction"), nullable=False),
    Column("kind", words(InteractionKind, "kind"), nullable=False),
    Column("subject", Text),
    Column("excerpt", Text),
    refers("handler_id", "operator"),
    refers("disposition_id", "disposition"),
    Column("started_at", UtcDateTime, nullable=False),
    Column("thread_id", Uuid()),  # of all contacts about one matter
    Column("after_call_ms", Integer),  # what the handler worked on it after the call; NULL where nobody knows
    where_known("ix_interaction_thread_id", "thread_id"),
    Index("ix_interaction_newest", "customer_id", "started_at", "id"),  # read backwards
    Index(None, "call_id"),
)

customer_handler = Table(  # kept on write: grouping a history of 20,000 rows took 89 ms
    "customer_handler",
    metadata,
    refers("customer_id", "customer", required=True),
    refers("operator_id", "operator", required=True),
    Column("last_at", UtcDateTime, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_subject", Text),
    PrimaryKeyConstraint("customer_id", "operator_id"),
)

follow_up = Table(
    "follow_up",
    metadata,
    made_key(),
    refers("customer_id", "customer"),
    refers_made("call_id", "call"),
    Column("kind", words(FollowUpKind, "kind"), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    refers("assignee_id", "operator"),
    Column("text", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    refers("done_by_id", "operator"),
    version(),
    Column("team", Text),  # where it is not one operator's
    Column("attempts", Integer, nullable=False, server_default="0"),
    where_known("ix_follow_up_call_id", "call_id"),
    Index(None, "customer_id"),
    Index(
        "ix_follow_up_due",
        "due_at",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
    Index(
        "ix_follow_up_open",
        "customer_id",
        "due_at",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)
