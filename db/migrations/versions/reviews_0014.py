"""What supervisors say of calls, what operators answer, and which calls were drawn.

What was said only grows: triggers refuse to change or remove it, but for words that are to go with a person or by
their age. On SQLite a third one leaves an event that is there alone, since REPLACE would remove it without asking.

Frozen: it never imports the models.

Revision ID: 0014
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
REFUSED = "review_event only grows"
WAYS = "'random', 'risk', 'chosen'"
FACTS = "'marked', 'seen', 'answered', 'read'"
KEPT = ("id", "review_id", "at", "operator_id", "kind", "mark")


def upgrade() -> None:
    """Four tables, and what guards one of them."""
    _reviews()
    _events()
    _samples()
    for statement in _on_file() if op.get_bind().dialect.name == "sqlite" else _on_server():
        op.execute(statement)


def _refers(table: str, column: str, target: str, *, is_made: bool = False, is_nullable: bool = False) -> Any:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}")
    return sa.Column(column, sa.Uuid() if is_made else BIG_KEY, key, nullable=is_nullable)


def _reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        _refers("review", "call_id", "call", is_made=True),
        _refers("review", "operator_id", "operator"),
        _refers("review", "reviewer_id", "operator"),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("marked_at", TIME, nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("seen_at", TIME),
        sa.Column("answered_at", TIME),
        sa.Column("unread_since", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.CheckConstraint(f"way IN ({WAYS})", name="ck_review_way"),
        sa.CheckConstraint("mark BETWEEN 1 AND 5", name="ck_review_mark"),
    )
    for columns in (["made_at"], ["call_id"], ["marked_at", "id"], ["operator_id", "marked_at", "id"]):
        op.create_index(f"ix_review_{'_'.join(columns)}", "review", columns)
    known = sa.text("unread_since IS NOT NULL")
    op.create_index("ix_review_unread_since", "review", ["unread_since"], sqlite_where=known, postgresql_where=known)


def _events() -> None:
    op.create_table(
        "review_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        _refers("review_event", "review_id", "review", is_made=True),
        sa.Column("at", TIME, nullable=False),
        _refers("review_event", "operator_id", "operator"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("mark", sa.Integer()),
        sa.Column("text", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_review_event"),
        sa.CheckConstraint(f"kind IN ({FACTS})", name="ck_review_event_kind"),
    )
    op.create_index("ix_review_event_review_id_at", "review_event", ["review_id", "at"])


def _samples() -> None:
    op.create_table(
        "review_sample",
        sa.Column("id", sa.Uuid(), nullable=False),
        _refers("review_sample", "operator_id", "operator"),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("start", TIME, nullable=False),
        sa.Column("end", TIME, nullable=False),
        _refers("review_sample", "whose_id", "operator", is_nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_sample"),
        sa.CheckConstraint(f"way IN ({WAYS})", name="ck_review_sample_way"),
    )
    op.create_index("ix_review_sample_operator_id_id", "review_sample", ["operator_id", "id"])
    op.create_table(
        "review_sample_call",
        _refers("review_sample_call", "sample_id", "review_sample", is_made=True),
        sa.Column("place", sa.Integer(), nullable=False),
        _refers("review_sample_call", "call_id", "call", is_made=True),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("dropped_at", TIME),
        sa.PrimaryKeyConstraint("sample_id", "place", name="pk_review_sample_call"),
    )
    op.create_index("ix_review_sample_call_call_id", "review_sample_call", ["call_id"])


def _is_blanked(same: str) -> str:
    return "new.text IS NULL AND " + " AND ".join(f"new.{column} {same} old.{column}" for column in KEPT)


def _on_file() -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{REFUSED}')"
    is_there = "EXISTS (SELECT 1 FROM review_event WHERE id = new.id)"
    return [
        "CREATE TRIGGER review_event_changed BEFORE UPDATE ON review_event"
        f" WHEN NOT ({_is_blanked('IS')}) BEGIN {refuse}; END",
        f"CREATE TRIGGER review_event_removed BEFORE DELETE ON review_event BEGIN {refuse}; END",
        "CREATE TRIGGER review_event_again BEFORE INSERT ON review_event"
        f" WHEN {is_there} BEGIN SELECT RAISE(IGNORE); END",
    ]


def _on_server() -> list[str]:
    body = f"""
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF {_is_blanked("IS NOT DISTINCT FROM")} THEN RETURN new; END IF;
    END IF;
    RAISE EXCEPTION '{REFUSED}';
END"""
    return [
        f"CREATE FUNCTION review_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$",
        "CREATE TRIGGER review_event_changed BEFORE UPDATE OR DELETE ON review_event"
        " FOR EACH ROW EXECUTE FUNCTION review_event_refuse()",
        "CREATE TRIGGER review_event_emptied BEFORE TRUNCATE ON review_event"
        " FOR EACH STATEMENT EXECUTE FUNCTION review_event_refuse()",
    ]
