"""Who did what to which record, which records are one, and what must go when."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    Uuid,
)

from db.columns import BigKey, UtcDateTime, grown_key, made_key, metadata, refers, words
from db.kinds import PairDecision

audit_log = Table(  # one chain: an entry that is taken out or changed shows. It only grows (triggers of 0009)
    "audit_log",
    metadata,
    Column("number", BigKey, primary_key=True, autoincrement=False),  # 1 is the first, none is left out
    Column("id", Uuid(), nullable=False, unique=True),
    Column("at", UtcDateTime, nullable=False),  # when it happened, by the desk's clock
    Column("operator", String(64), nullable=False),  # a login, whatever becomes of the operator
    Column("desk", String(64), nullable=False),  # a computer's name
    Column("action", String(32), nullable=False),
    Column("subject", String(32), nullable=False),  # a table, "" where it is about no one record
    Column("record", String(64), nullable=False),
    Column("details", Text, nullable=False),  # JSON; never a name, a number or a text of a customer's
    Column("previous_hash", String(64), nullable=False, unique=True),  # nobody adds behind the same entry twice
    Column("hash", String(64), nullable=False),
    Index(None, "at", "number"),
    Index(None, "operator", "at"),
    Index(None, "action", "at"),
    Index(None, "subject", "record", "at"),
)

merge_log = Table(  # two records made one: nothing is deleted, so that it can be undone
    "merge_log",
    metadata,
    grown_key(),
    refers("kept_id", "customer", required=True),
    refers("merged_id", "customer", required=True),
    refers("operator_id", "operator"),
    Column("at", UtcDateTime, nullable=False),
    Column("moved", Text, nullable=False),  # JSON: which children hung on the merged one, which fields the kept one had
    Column("undone_at", UtcDateTime),
    refers("undone_by_id", "operator"),
    Index(None, "kept_id"),
    Index(None, "merged_id"),
)

duplicate_pair = Table(
    "duplicate_pair",
    metadata,
    refers("first_id", "customer", required=True),
    refers("second_id", "customer", required=True),
    Column("decision", words(PairDecision, "decision"), nullable=False),
    Column("score", Float),
    refers("operator_id", "operator"),
    Column("decided_at", UtcDateTime, nullable=False),
    CheckConstraint("first_id < second_id", name="order"),
    PrimaryKeyConstraint("first_id", "second_id"),
    Index(None, "second_id"),
)

retention_rule = Table(
    "retention_rule",
    metadata,
    grown_key(),
    Column("subject", String(64), nullable=False, unique=True),
    Column("keep_days", Integer, nullable=False),
    Column("reason", Text),
    CheckConstraint("keep_days > 0", name="keep_days"),
)

legal_hold = Table(  # while one stands (lifted_at is NULL) the customer is not erased
    "legal_hold",
    metadata,
    grown_key(),
    refers("customer_id", "customer", required=True),
    Column("reason", Text, nullable=False),
    Column("operator", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("lifted_at", UtcDateTime),
    Index(None, "customer_id"),
)

erasure_request = Table(
    "erasure_request",
    metadata,
    made_key(),
    Column("customer_no", String(64), nullable=False),
    Column("suppression_hash", String(64)),  # so that an import does not bring the person back
    refers("operator_id", "operator"),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("reason", Text),
    Index(None, "suppression_hash"),
)
