"""People: customers with their homes and companies, and the operators who serve them."""

from sqlalchemy import Column, Date, Index, PrimaryKeyConstraint, String, Table, Text

from db.columns import UtcDateTime, grown_key, metadata, refers, version, words
from db.kinds import BirthPrecision, CustomerKind, HouseholdRole, LifecycleStage

operator = Table(
    "operator",
    metadata,
    grown_key(),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("extension", String(20)),
)

customer = Table(
    "customer",
    metadata,
    grown_key(),
    Column("customer_no", String(64), nullable=False, unique=True),
    Column("kind", words(CustomerKind, "kind"), nullable=False),
    Column("name", Text, nullable=False),
    Column("reading", Text),
    Column("company", Text),
    Column("rank", String(20)),
    Column("lifecycle_stage", words(LifecycleStage, "lifecycle_stage"), nullable=False),
    Column("memo", Text),
    Column("birth_date", Date),
    Column("birth_precision", words(BirthPrecision, "birth_precision")),
    Column("language", String(12), nullable=False, server_default="ja"),
    Column("postal_code", String(16)),
    Column("address", Text),
    Column("email", Text),
    Column("last_contact_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    refers("merged_into_id", "customer"),
    Column("erased_at", UtcDateTime),
    version(),
)

household = Table("household", metadata, grown_key(), Column("name", Text, nullable=False))

household_member = Table(
    "household_member",
    metadata,
    refers("household_id", "household", required=True),
    refers("customer_id", "customer", required=True),
    Column("role", words(HouseholdRole, "role"), nullable=False),
    PrimaryKeyConstraint("household_id", "customer_id"),
    Index(None, "customer_id"),
)

company_link = Table(
    "company_link",
    metadata,
    refers("company_id", "customer", required=True),
    refers("person_id", "customer", required=True),
    Column("role", Text),
    PrimaryKeyConstraint("company_id", "person_id"),
    Index(None, "person_id"),
)
