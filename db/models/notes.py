"""Notes: what was written about a call or a customer, every version of it. Revisions are only ever added."""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from db.columns import UtcDateTime, made_key, metadata, refers, refers_made, version, words
from db.kinds import NoteKind

note = Table(
    "note",
    metadata,
    made_key(),
    refers_made("call_id", "call"),
    refers("customer_id", "customer"),
    Column("kind", words(NoteKind, "kind"), nullable=False),
    refers("operator_id", "operator"),
    Column("created_at", UtcDateTime, nullable=False),
    version(),
    Index(None, "call_id"),
    Index(None, "customer_id", "created_at"),
)

note_revision = Table(
    "note_revision",
    metadata,
    made_key(),
    refers_made("note_id", "note", required=True),
    Column("number", Integer, nullable=False),  # 1 is the first version
    Column("text", Text, nullable=False),
    refers("operator_id", "operator"),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("note_id", "number"),
)
