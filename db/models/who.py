"""People: customers with their homes and companies, and the operators who serve them."""

from sqlalchemy import Column, Date, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from db.columns import CODE, UtcDateTime, grown_key, metadata, refers, version, where_known, words
from db.kinds import (
    AddressLabel,
    AttributeType,
    BirthPrecision,
    Channel,
    CustomerKind,
    HouseholdRole,
    LifecycleStage,
    Sensitivity,
)

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
    Column("customer_no", CODE, nullable=False, unique=True),
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
    Column("preferred_channel", words(Channel, "preferred_channel")),
    where_known("ix_customer_merged_into_id", "merged_into_id"),
)

address = Table(  # beside the customer's own: where to deliver, whom to bill
    "address",
    metadata,
    grown_key(),
    refers("customer_id", "customer", required=True),
    Column("label", words(AddressLabel, "label"), nullable=False),
    Column("postal_code", String(16)),
    Column("text", Text, nullable=False),
    Column("valid_to", UtcDateTime),
    Index(None, "customer_id"),
)

customer_attribute_def = Table(  # occupation, lifestyle, tastes … without forty columns
    "customer_attribute_def",
    metadata,
    grown_key(),
    Column("code", String(64), nullable=False, unique=True),
    Column("label_ja", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("value_type", words(AttributeType, "value_type"), nullable=False),
    Column("sensitivity", words(Sensitivity, "sensitivity"), nullable=False),
    Column("purpose", Text),
    Column("role", Text),  # the one that may see it; NULL: everybody
    Column("position", Integer, nullable=False),
)

customer_attribute = Table(
    "customer_attribute",
    metadata,
    grown_key(),
    refers("customer_id", "customer", required=True),
    refers("def_id", "customer_attribute_def", required=True),
    Column("value", Text, nullable=False),
    Column("source", Text),
    Column("observed_at", UtcDateTime, nullable=False),
    Index(None, "customer_id", "def_id"),
    Index(None, "def_id"),
)

external_ref = Table(  # the keys that other systems know a customer by
    "external_ref",
    metadata,
    Column("system", String(64), nullable=False),
    Column("external_id", String(128), nullable=False),
    refers("customer_id", "customer", required=True),
    PrimaryKeyConstraint("system", "external_id"),
    Index(None, "customer_id"),
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
