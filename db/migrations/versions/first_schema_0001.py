"""The first schema: people, numbers, commerce, complaints, calls, contacts, notes.

Frozen: it never imports the models, so that it builds in ten years what it builds today.

Revision ID: 0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
UUID = sa.Uuid()
WORD = sa.String(20)


def upgrade() -> None:
    """Build every table of 0.1."""
    _people()
    _numbers()
    _commerce()
    _complaints()
    _calls()
    _contacts()
    _notes()


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


def _people() -> None:
    op.create_table(
        "operator",
        *_key("operator", BIG_KEY),
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("extension", sa.String(20)),
        sa.UniqueConstraint("login", name="uq_operator_login"),
    )
    op.create_table(
        "customer",
        *_key("customer", BIG_KEY),
        sa.Column("customer_no", sa.String(64), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text()),
        sa.Column("company", sa.Text()),
        sa.Column("rank", sa.String(20)),
        sa.Column("lifecycle_stage", WORD, nullable=False),
        sa.Column("memo", sa.Text()),
        sa.Column("birth_date", sa.Date()),
        sa.Column("birth_precision", WORD),
        sa.Column("language", sa.String(12), nullable=False, server_default="ja"),
        sa.Column("postal_code", sa.String(16)),
        sa.Column("address", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("last_contact_at", TIME),
        sa.Column("created_at", TIME, nullable=False),
        _refers("customer", "merged_into_id", "customer", BIG_KEY),
        sa.Column("erased_at", TIME),
        sa.Column("version_id", sa.Integer(), nullable=False, server_default="1"),
        _one_of("customer", "kind", "person company unknown"),
        _one_of("customer", "lifecycle_stage", "prospect active loyal dormant former"),
        _one_of("customer", "birth_precision", "day month year no_year"),
        sa.UniqueConstraint("customer_no", name="uq_customer_customer_no"),
    )
    op.create_table(
        "household",
        *_key("household", BIG_KEY),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.create_table(
        "household_member",
        _refers("household_member", "household_id", "household", BIG_KEY, nullable=False),
        _refers("household_member", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.Column("role", WORD, nullable=False),
        _one_of("household_member", "role", "head partner child parent other"),
        sa.PrimaryKeyConstraint("household_id", "customer_id", name="pk_household_member"),
    )
    op.create_index("ix_household_member_customer_id", "household_member", ["customer_id"])
    op.create_table(
        "company_link",
        _refers("company_link", "company_id", "customer", BIG_KEY, nullable=False),
        _refers("company_link", "person_id", "customer", BIG_KEY, nullable=False),
        sa.Column("role", sa.Text()),
        sa.PrimaryKeyConstraint("company_id", "person_id", name="pk_company_link"),
    )
    op.create_index("ix_company_link_person_id", "company_link", ["person_id"])


def _numbers() -> None:
    op.create_table(
        "phone_number",
        *_key("phone_number", BIG_KEY),
        sa.Column("e164", sa.BigInteger()),
        sa.Column("raw", sa.String(250), nullable=False),
        sa.Column("digits_rev", sa.BigInteger()),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        _one_of(
            "phone_number",
            "kind",
            "fixed mobile voip toll_free premium uan m2m extension special international unknown",
        ),
        sa.UniqueConstraint("e164", name="uq_phone_number_e164"),
    )
    op.create_index("ix_phone_number_digits_rev", "phone_number", ["digits_rev"])
    op.create_table(
        "customer_phone",
        *_key("customer_phone", BIG_KEY),
        _refers("customer_phone", "customer_id", "customer", BIG_KEY, nullable=False),
        _refers("customer_phone", "phone_number_id", "phone_number", BIG_KEY, nullable=False),
        sa.Column("extension", sa.String(20), nullable=False, server_default=""),
        sa.Column("label", WORD, nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("confidence", WORD, nullable=False),
        sa.Column("valid_to", TIME),
        sa.Column("last_used_at", TIME),
        _one_of("customer_phone", "label", "home mobile work main direct fax other"),
        _one_of("customer_phone", "confidence", "known maybe stale"),
        sa.UniqueConstraint(
            "customer_id",
            "phone_number_id",
            "extension",
            name="uq_customer_phone_customer_id_phone_number_id_extension",
        ),
    )
    op.create_index(
        "ix_customer_phone_ring",
        "customer_phone",
        ["phone_number_id", "customer_id", "extension", "label", "confidence", "valid_to", "last_used_at"],
    )
    op.create_index(
        "uq_customer_phone_live_primary",
        "customer_phone",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("is_primary AND valid_to IS NULL"),
        postgresql_where=sa.text("is_primary AND valid_to IS NULL"),
    )


def _commerce() -> None:
    op.create_table(
        "product",
        *_key("product", BIG_KEY),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.UniqueConstraint("code", name="uq_product_code"),
    )
    op.create_table(
        "purchase",
        *_key("purchase", BIG_KEY),
        _refers("purchase", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.Column("order_no", sa.String(64), nullable=False),
        sa.Column("ordered_at", TIME, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        _refers("purchase", "returned_purchase_id", "purchase", BIG_KEY),
        _one_of("purchase", "state", "ordered shipping completed returned cancelled"),
        sa.UniqueConstraint("order_no", name="uq_purchase_order_no"),
    )
    op.create_index("ix_purchase_newest", "purchase", ["customer_id", "ordered_at", "id"])
    op.create_table(
        "purchase_item",
        *_key("purchase_item", BIG_KEY),
        _refers("purchase_item", "purchase_id", "purchase", BIG_KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _refers("purchase_item", "product_id", "product", BIG_KEY),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("purchase_id", "position", name="uq_purchase_item_purchase_id_position"),
    )


def _complaints() -> None:
    op.create_table(
        "complaint",
        *_key("complaint", BIG_KEY),
        sa.Column("complaint_no", sa.String(64), nullable=False),
        _refers("complaint", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text()),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        _refers("complaint", "product_id", "product", BIG_KEY),
        _refers("complaint", "handler_id", "operator", BIG_KEY),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("due_at", TIME),
        sa.Column("resolved_at", TIME),
        sa.Column("text", sa.Text()),
        sa.Column("resolution", sa.Text()),
        sa.Column("reopened_count", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("version_id", sa.Integer(), nullable=False, server_default="1"),
        _one_of("complaint", "state", "received acknowledged investigating responding resolved verified closed"),
        sa.UniqueConstraint("complaint_no", name="uq_complaint_complaint_no"),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name="ck_complaint_severity"),
    )
    op.create_index("ix_complaint_newest", "complaint", ["customer_id", "received_at", "id"])
    op.create_table(
        "complaint_event",
        *_key("complaint_event", UUID),
        _refers("complaint_event", "complaint_id", "complaint", BIG_KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        _refers("complaint_event", "operator_id", "operator", BIG_KEY),
        sa.Column("from_state", WORD),
        sa.Column("to_state", WORD, nullable=False),
        sa.Column("text", sa.Text()),
        _one_of(
            "complaint_event", "from_state", "received acknowledged investigating responding resolved verified closed"
        ),
        _one_of(
            "complaint_event", "to_state", "received acknowledged investigating responding resolved verified closed"
        ),
    )
    op.create_index("ix_complaint_event_complaint_id_at", "complaint_event", ["complaint_id", "at"])


def _calls() -> None:
    op.create_table(
        "call",
        *_key("call", UUID),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("linked_id", sa.Text()),
        sa.Column("direction", WORD, nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("e164", sa.BigInteger()),
        sa.Column("extension", sa.String(20)),
        sa.Column("name", sa.Text()),
        sa.Column("withheld", WORD),
        sa.Column("dialled", sa.Text()),
        sa.Column("line", sa.Text()),
        sa.Column("diverted_from", sa.Text()),
        sa.Column("offered_at", TIME, nullable=False),
        sa.Column("answered_at", TIME),
        sa.Column("ended_at", TIME),
        sa.Column("end_cause", WORD),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("answered_by", sa.Text()),
        _refers("call", "operator_id", "operator", BIG_KEY),
        _refers("call", "customer_id", "customer", BIG_KEY),
        _one_of("call", "direction", "in out internal"),
        _one_of("call", "withheld", "anonymous payphone out_of_area service_conflict"),
        _one_of("call", "end_cause", "cancelled answered_elsewhere hung_up rejected busy timed_out failed"),
        _one_of("call", "outcome", "offered answered missed elsewhere"),
    )
    op.create_index("ix_call_customer_id_offered_at", "call", ["customer_id", "offered_at"])
    op.create_index("ix_call_e164_offered_at", "call", ["e164", "offered_at"])
    op.create_index("ix_call_offered_at", "call", ["offered_at"])
    op.create_table(
        "call_leg",
        *_key("call_leg", UUID),
        _refers("call_leg", "call_id", "call", UUID, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("offered_at", TIME, nullable=False),
        sa.Column("answered_at", TIME),
        sa.Column("ended_at", TIME),
        sa.Column("end_cause", WORD),
        _one_of("call_leg", "end_cause", "cancelled answered_elsewhere hung_up rejected busy timed_out failed"),
    )
    op.create_index("ix_call_leg_call_id", "call_leg", ["call_id"])
    op.create_table(
        "call_candidate",
        _refers("call_candidate", "call_id", "call", UUID, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        _refers("call_candidate", "customer_id", "customer", BIG_KEY, nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        _one_of(
            "call_candidate", "reason", "remembered extension exact household company switchboard suffix mentioned name"
        ),
        sa.PrimaryKeyConstraint("call_id", "rank", name="pk_call_candidate"),
    )
    op.create_index("ix_call_candidate_customer_id", "call_candidate", ["customer_id"])


def _contacts() -> None:
    op.create_table(
        "disposition",
        *_key("disposition", BIG_KEY),
        _refers("disposition", "parent_id", "disposition", BIG_KEY),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("label_ja", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("needs_note", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.UniqueConstraint("code", name="uq_disposition_code"),
    )
    op.create_table(
        "interaction",
        *_key("interaction", UUID),
        _refers("interaction", "customer_id", "customer", BIG_KEY),
        _refers("interaction", "call_id", "call", UUID),
        sa.Column("channel", WORD, nullable=False),
        sa.Column("direction", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("excerpt", sa.Text()),
        _refers("interaction", "handler_id", "operator", BIG_KEY),
        _refers("interaction", "disposition_id", "disposition", BIG_KEY),
        sa.Column("started_at", TIME, nullable=False),
        _one_of("interaction", "channel", "phone mail sns message visit"),
        _one_of("interaction", "direction", "in out internal"),
        _one_of("interaction", "kind", "inquiry order delivery return complaint callback notice other"),
    )
    op.create_index("ix_interaction_call_id", "interaction", ["call_id"])
    op.create_index("ix_interaction_newest", "interaction", ["customer_id", "started_at", "id"])
    op.create_table(
        "customer_handler",
        _refers("customer_handler", "customer_id", "customer", BIG_KEY, nullable=False),
        _refers("customer_handler", "operator_id", "operator", BIG_KEY, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_subject", sa.Text()),
        sa.PrimaryKeyConstraint("customer_id", "operator_id", name="pk_customer_handler"),
    )
    op.create_table(
        "follow_up",
        *_key("follow_up", UUID),
        _refers("follow_up", "customer_id", "customer", BIG_KEY),
        _refers("follow_up", "call_id", "call", UUID),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        _refers("follow_up", "assignee_id", "operator", BIG_KEY),
        sa.Column("text", sa.Text()),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
        _refers("follow_up", "done_by_id", "operator", BIG_KEY),
        sa.Column("version_id", sa.Integer(), nullable=False, server_default="1"),
        _one_of("follow_up", "kind", "callback send check"),
    )
    op.create_index(
        "ix_follow_up_open",
        "follow_up",
        ["customer_id", "due_at"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def _notes() -> None:
    op.create_table(
        "note",
        *_key("note", UUID),
        _refers("note", "call_id", "call", UUID),
        _refers("note", "customer_id", "customer", BIG_KEY),
        sa.Column("kind", WORD, nullable=False),
        _refers("note", "operator_id", "operator", BIG_KEY),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False, server_default="1"),
        _one_of("note", "kind", "body handover resolution pinned"),
    )
    op.create_index("ix_note_call_id", "note", ["call_id"])
    op.create_index("ix_note_customer_id_created_at", "note", ["customer_id", "created_at"])
    op.create_table(
        "note_revision",
        *_key("note_revision", UUID),
        _refers("note_revision", "note_id", "note", UUID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _refers("note_revision", "operator_id", "operator", BIG_KEY),
        sa.Column("at", TIME, nullable=False),
        sa.UniqueConstraint("note_id", "number", name="uq_note_revision_note_id_number"),
    )
