"""What desks tell of themselves while they run: nothing here is kept."""

from sqlalchemy import Column, PrimaryKeyConstraint, String, Table, Text

from db.columns import UtcDateTime, metadata, words
from db.kinds import Doing

operator_presence = Table(
    "operator_presence",
    metadata,
    Column("login", String(64), nullable=False),
    Column("desk", String(64), nullable=False),
    Column("doing", words(Doing, "doing"), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),  # by the server's clock, where there is a server
    Column("waiting", Text),  # JSON: who waits in the queues, if the desk can see them
    PrimaryKeyConstraint("login", "desk"),
)
