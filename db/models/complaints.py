"""Complaints and every step they took (JIS Q 10002): a trigger lets the state move only after its event."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from db.columns import UtcDateTime, grown_key, made_key, metadata, refers, version, words
from db.kinds import ComplaintState

complaint = Table(
    "complaint",
    metadata,
    grown_key(),
    Column("complaint_no", String(64), nullable=False, unique=True),
    refers("customer_id", "customer", required=True),
    Column("category", Text, nullable=False),  # what the customer says
    Column("cause", Text),  # what was found
    Column("severity", Integer, nullable=False),
    Column("state", words(ComplaintState, "state"), nullable=False),
    refers("product_id", "product"),
    refers("handler_id", "operator"),
    Column("received_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("text", Text),
    Column("resolution", Text),
    Column("reopened_count", Integer, nullable=False, server_default="0"),
    version(),
    Column("acknowledged_at", UtcDateTime),
    Column("responded_at", UtcDateTime),
    Column("verified_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    CheckConstraint("severity BETWEEN 1 AND 5", name="severity"),
    Index("ix_complaint_newest", "customer_id", "received_at", "id"),  # read backwards
    Index("ix_complaint_due", "state", "due_at", "id"),
    Index("ix_complaint_state", "state", "received_at", "id"),  # read backwards, as the next
    Index("ix_complaint_received", "received_at", "id"),
)

complaint_event = Table(  # triggers refuse to change or remove what a person did
    "complaint_event",
    metadata,
    made_key(),
    refers("complaint_id", "complaint", required=True),
    Column("at", UtcDateTime, nullable=False),
    refers("operator_id", "operator"),
    Column("from_state", words(ComplaintState, "from_state")),
    Column("to_state", words(ComplaintState, "to_state"), nullable=False),
    Column("text", Text),
    Column("version_id", Integer),  # that the complaint has after this step
    Index(None, "complaint_id", "at"),
)
