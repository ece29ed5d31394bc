"""Telephone numbers, and who answers behind them: a number belongs to many customers, a customer has many numbers."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from db.columns import UtcDateTime, grown_key, metadata, refers, words
from db.kinds import BlockState, Confidence, NumberKind, NumberLabel, NumberSource

phone_number = Table(
    "phone_number",
    metadata,
    grown_key(),
    Column("e164", BigInteger, unique=True),  # the digits of the key; NULL where a number has none
    Column("raw", String(250), nullable=False),
    Column("digits_rev", BigInteger, index=True),  # reversed and padded to 15 digits: a range finds a suffix
    Column("kind", words(NumberKind, "kind"), nullable=False),
    Column("is_shared", Boolean, nullable=False, server_default=text("false")),
    Column("block_state", words(BlockState, "block_state")),
    Column("block_reason", Text),
    refers("blocked_by_id", "operator"),
    Column("blocked_until", UtcDateTime),  # NULL: for good
)

customer_phone = Table(
    "customer_phone",
    metadata,
    grown_key(),
    refers("customer_id", "customer", required=True),
    refers("phone_number_id", "phone_number", required=True),
    Column("extension", String(20), nullable=False, server_default=""),
    Column("label", words(NumberLabel, "label"), nullable=False),
    Column("is_primary", Boolean, nullable=False, server_default=text("false")),
    Column("confidence", words(Confidence, "confidence"), nullable=False),
    Column("valid_to", UtcDateTime),
    Column("last_used_at", UtcDateTime),
    Column("valid_from", UtcDateTime),
    Column("source", words(NumberSource, "source")),
    UniqueConstraint("customer_id", "phone_number_id", "extension"),
    Index(
        "ix_customer_phone_ring",  # the ring is answered from this index alone
        "phone_number_id",
        "customer_id",
        "extension",
        "label",
        "confidence",
        "valid_to",
        "last_used_at",
    ),
    Index(
        "uq_customer_phone_live_primary",
        "customer_id",
        unique=True,
        sqlite_where=text("is_primary AND valid_to IS NULL"),
        postgresql_where=text("is_primary AND valid_to IS NULL"),
    ),
)

number_range = Table(  # a company's own exchange: a number between the two is one of its people's
    "number_range",
    metadata,
    grown_key(),
    Column("first_e164", BigInteger, nullable=False),
    Column("last_e164", BigInteger, nullable=False),
    refers("customer_id", "customer", required=True),
    Column("note", Text),
    CheckConstraint("first_e164 <= last_e164", name="order"),
    Index(None, "first_e164"),
    Index(None, "customer_id"),
)

number_choice = Table(  # whom an operator chose last for a number: a first rank, not a truth
    "number_choice",
    metadata,
    Column("e164", BigInteger, nullable=False),
    Column("extension", String(20), nullable=False, server_default=""),
    refers("customer_id", "customer", required=True),
    refers("operator_id", "operator"),
    Column("chosen_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("e164", "extension"),
    Index(None, "customer_id"),
)
