"""The rest of the records: more about people and numbers, what they allow, imports, and who did what.

Frozen: it never imports the models. Columns are added one by one and in plain SQL, since SQLite can do that at once
while a table built anew would take minutes at ten million customers.

Revision ID: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
UUID = sa.Uuid()
WORD = sa.String(20)


def upgrade() -> None:
    """Add the tables and columns of 0.2."""
    _grow_tables()
    _people()
    _permissions()
    _numbers()
    _calls()
    _imports()
    _control()


def _one_of(table: str, column: str, words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words.split())
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def _key(table: str, kind: sa.types.TypeEngine[Any]) -> tuple[sa.Column[Any], sa.PrimaryKeyConstraint]:
    return sa.Column("id", kind, nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _refers(
    table: str, column: str, target: str, kind: sa.types.TypeEngine[Any], *, nullable: bool = True
) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}")
    return sa.Column(column, kind, key, nullable=nullable)


def _add(table: str, column: str, kind: sa.types.TypeEngine[Any], more: str = "") -> None:
    spelled = kind.compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {spelled} {more}")


def _add_word(table: str, column: str, words: str) -> None:
    listed = ", ".join(f"'{word}'" for word in words.split())
    _add(table, column, WORD, f"CONSTRAINT ck_{table}_{column} CHECK ({column} IN ({listed}))")


def _add_operator(table: str, column: str) -> None:
    _add(table, column, BIG_KEY, f"CONSTRAINT fk_{table}_{column}_operator REFERENCES operator (id)")


def _index_known(table: str, column: str) -> None:
    op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column}) WHERE {column} IS NOT NULL")


def _grow_tables() -> None:
    _add_word("customer", "preferred_channel", "phone mail sns message visit")
    _index_known("customer", "merged_into_id")
    _add_word("phone_number", "block_state", "warned blocked")
    _add("phone_number", "block_reason", sa.Text())
    _add_operator("phone_number", "blocked_by_id")
    _add("phone_number", "blocked_until", TIME)
    _add("customer_phone", "valid_from", TIME)
    _add_word("customer_phone", "source", "operator import call")
    _add("call", "hold_ms", sa.Integer())
    _add_word("call_leg", "outcome", "offered answered missed elsewhere")
    _add("interaction", "thread_id", UUID)
    _index_known("interaction", "thread_id")
    for column in ("acknowledged_at", "responded_at", "verified_at", "closed_at"):
        _add("complaint", column, TIME)
    _add("follow_up", "team", sa.Text())
    _add("follow_up", "attempts", sa.Integer(), "DEFAULT '0' NOT NULL")
    _index_known("follow_up", "call_id")
    op.create_index("ix_follow_up_customer_id", "follow_up", ["customer_id"])
    _add("purchase", "channel", sa.Text())
    _index_known("purchase", "returned_purchase_id")
    _add("purchase_item", "unit_price", sa.BigInteger())
    _add("purchase_item", "tax_rate", sa.Integer())


def _people() -> None:
    op.create_table(
        "address",
        *_key("address", BIG_KEY),
        _refers("address", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.Column("label", WORD, nullable=False),
        sa.Column("postal_code", sa.String(16)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_to", TIME),
        _one_of("address", "label", "home work delivery billing other"),
    )
    op.create_index("ix_address_customer_id", "address", ["customer_id"])
    op.create_table(
        "customer_attribute_def",
        *_key("customer_attribute_def", BIG_KEY),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("label_ja", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("value_type", WORD, nullable=False),
        sa.Column("sensitivity", WORD, nullable=False),
        sa.Column("purpose", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("position", sa.Integer(), nullable=False),
        _one_of("customer_attribute_def", "value_type", "text number date choice yes_no"),
        _one_of("customer_attribute_def", "sensitivity", "plain personal special"),
        sa.UniqueConstraint("code", name="uq_customer_attribute_def_code"),
    )
    op.create_table(
        "customer_attribute",
        *_key("customer_attribute", BIG_KEY),
        _refers("customer_attribute", "customer_id", "customer", BIG_KEY, nullable=False),
        _refers("customer_attribute", "def_id", "customer_attribute_def", BIG_KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("observed_at", TIME, nullable=False),
    )
    op.create_index("ix_customer_attribute_customer_id_def_id", "customer_attribute", ["customer_id", "def_id"])
    op.create_index("ix_customer_attribute_def_id", "customer_attribute", ["def_id"])
    op.create_table(
        "external_ref",
        sa.Column("system", sa.String(64), nullable=False),
        sa.Column("external_id", sa.String(128), nullable=False),
        _refers("external_ref", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.PrimaryKeyConstraint("system", "external_id", name="pk_external_ref"),
    )
    op.create_index("ix_external_ref_customer_id", "external_ref", ["customer_id"])


def _permissions() -> None:
    op.create_table(
        "consent",
        *_key("consent", UUID),
        _refers("consent", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.Column("contact_point", sa.Text()),
        sa.Column("channel", WORD, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("source", sa.Text()),
        _refers("consent", "operator_id", "operator", BIG_KEY),
        sa.Column("at", TIME, nullable=False),
        _one_of("consent", "channel", "phone mail sns message visit"),
        _one_of("consent", "status", "granted refused withdrawn"),
    )
    op.create_index("ix_consent_customer_id_at", "consent", ["customer_id", "at"])
    op.create_table(
        "caution",
        *_key("caution", BIG_KEY),
        _refers("caution", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _refers("caution", "created_by_id", "operator", BIG_KEY),
        _refers("caution", "approved_by_id", "operator", BIG_KEY),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME),
    )
    op.create_index("ix_caution_customer_id", "caution", ["customer_id"])


def _numbers() -> None:
    op.create_table(
        "number_range",
        *_key("number_range", BIG_KEY),
        sa.Column("first_e164", sa.BigInteger(), nullable=False),
        sa.Column("last_e164", sa.BigInteger(), nullable=False),
        _refers("number_range", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.Column("note", sa.Text()),
        sa.CheckConstraint("first_e164 <= last_e164", name="ck_number_range_order"),
    )
    op.create_index("ix_number_range_customer_id", "number_range", ["customer_id"])
    op.create_index("ix_number_range_first_e164", "number_range", ["first_e164"])
    op.create_table(
        "number_choice",
        sa.Column("e164", sa.BigInteger(), nullable=False),
        sa.Column("extension", sa.String(20), nullable=False, server_default=""),
        _refers("number_choice", "customer_id", "customer", BIG_KEY, nullable=False),
        _refers("number_choice", "operator_id", "operator", BIG_KEY),
        sa.Column("chosen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("e164", "extension", name="pk_number_choice"),
    )
    op.create_index("ix_number_choice_customer_id", "number_choice", ["customer_id"])


def _calls() -> None:
    op.create_table(
        "call_ref",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        _refers("call_ref", "call_id", "call", UUID, nullable=False),
        sa.PrimaryKeyConstraint("source", "source_id", name="pk_call_ref"),
    )
    op.create_index("ix_call_ref_call_id", "call_ref", ["call_id"])
    op.create_table(
        "call_event",
        *_key("call_event", UUID),
        _refers("call_event", "call_id", "call", UUID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text()),
        _one_of("call_event", "kind", "offered answered caller_changed ended"),
    )
    op.create_index("ix_call_event_call_id_at", "call_event", ["call_id", "at"])


def _imports() -> None:
    op.create_table(
        "import_batch",
        *_key("import_batch", BIG_KEY),
        sa.Column("batch_no", sa.String(32), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        _refers("import_batch", "operator_id", "operator", BIG_KEY),
        sa.Column("merged_at", TIME, nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("undone_at", TIME),
        _refers("import_batch", "undone_by_id", "operator", BIG_KEY),
        _one_of("import_batch", "kind", "customers purchases complaints interactions"),
        sa.UniqueConstraint("batch_no", name="uq_import_batch_batch_no"),
    )
    op.create_index("ix_import_batch_merged_at", "import_batch", ["merged_at"])
    op.create_table(
        "import_range",
        _refers("import_range", "batch_id", "import_batch", BIG_KEY, nullable=False),
        sa.Column("table_name", sa.String(64), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "table_name", "first_id", name="pk_import_range"),
    )
    op.create_table(
        "import_row",
        _refers("import_row", "batch_id", "import_batch", BIG_KEY, nullable=False),
        sa.Column("table_name", sa.String(64), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "table_name", "record_id", name="pk_import_row"),
    )


def _control() -> None:
    op.create_table(
        "audit_log",
        *_key("audit_log", UUID),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _refers("audit_log", "operator_id", "operator", BIG_KEY),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("table_name", sa.String(64)),
        sa.Column("record_id", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("desk", "number", name="uq_audit_log_desk_number"),
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    op.create_index("ix_audit_log_table_name_record_id", "audit_log", ["table_name", "record_id"])
    op.create_table(
        "merge_log",
        *_key("merge_log", BIG_KEY),
        _refers("merge_log", "kept_id", "customer", BIG_KEY, nullable=False),
        _refers("merge_log", "merged_id", "customer", BIG_KEY, nullable=False),
        _refers("merge_log", "operator_id", "operator", BIG_KEY),
        sa.Column("at", TIME, nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("undone_at", TIME),
        _refers("merge_log", "undone_by_id", "operator", BIG_KEY),
    )
    op.create_index("ix_merge_log_kept_id", "merge_log", ["kept_id"])
    op.create_index("ix_merge_log_merged_id", "merge_log", ["merged_id"])
    op.create_table(
        "duplicate_pair",
        _refers("duplicate_pair", "first_id", "customer", BIG_KEY, nullable=False),
        _refers("duplicate_pair", "second_id", "customer", BIG_KEY, nullable=False),
        sa.Column("decision", WORD, nullable=False),
        sa.Column("score", sa.Float()),
        _refers("duplicate_pair", "operator_id", "operator", BIG_KEY),
        sa.Column("decided_at", TIME, nullable=False),
        _one_of("duplicate_pair", "decision", "same not_same"),
        sa.CheckConstraint("first_id < second_id", name="ck_duplicate_pair_order"),
        sa.PrimaryKeyConstraint("first_id", "second_id", name="pk_duplicate_pair"),
    )
    op.create_index("ix_duplicate_pair_second_id", "duplicate_pair", ["second_id"])
    op.create_table(
        "retention_rule",
        *_key("retention_rule", BIG_KEY),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.CheckConstraint("keep_days > 0", name="ck_retention_rule_keep_days"),
        sa.UniqueConstraint("subject", name="uq_retention_rule_subject"),
    )
    op.create_table(
        "erasure_request",
        *_key("erasure_request", UUID),
        sa.Column("customer_no", sa.String(64), nullable=False),
        sa.Column("suppression_hash", sa.String(64)),
        _refers("erasure_request", "operator_id", "operator", BIG_KEY),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
        sa.Column("reason", sa.Text()),
    )
    op.create_index("ix_erasure_request_suppression_hash", "erasure_request", ["suppression_hash"])
