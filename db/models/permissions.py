"""What a customer allows, and what a handler must beware of. Consents are only ever added: a refusal stays for ever."""

from sqlalchemy import Column, Index, Table, Text

from db.columns import UtcDateTime, grown_key, made_key, metadata, refers, words
from db.kinds import Channel, ConsentStatus

consent = Table(
    "consent",
    metadata,
    made_key(),
    refers("customer_id", "customer", required=True),
    Column("contact_point", Text),  # the number or address it is about; NULL: all of this channel
    Column("channel", words(Channel, "channel"), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("status", words(ConsentStatus, "status"), nullable=False),
    Column("source", Text),
    refers("operator_id", "operator"),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "customer_id", "at"),
)

caution = Table(
    "caution",
    metadata,
    grown_key(),
    refers("customer_id", "customer", required=True),
    Column("reason", Text, nullable=False),
    refers("created_by_id", "operator"),
    refers("approved_by_id", "operator"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Index(None, "customer_id"),
)
