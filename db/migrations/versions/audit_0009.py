"""The audit log as one chain for the whole database, which only grows.

Nobody has written one before: the table is made anew. Triggers refuse to change or remove an entry; on SQLite another
one also refuses an entry that does not follow the last, since REPLACE would remove without asking the triggers.

Frozen: it never imports the models.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TIME = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
START = "0" * 64
REFUSED = "audit_log only grows"


def upgrade() -> None:
    """One table in another's place."""
    op.drop_table("audit_log")
    op.create_table(
        "audit_log",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("operator", sa.String(64), nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("record", sa.String(64), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_log"),
        sa.UniqueConstraint("id", name="uq_audit_log_id"),
        sa.UniqueConstraint("previous_hash", name="uq_audit_log_previous_hash"),
    )
    for columns in (["at", "number"], ["operator", "at"], ["action", "at"], ["subject", "record", "at"]):
        op.create_index(f"ix_audit_log_{'_'.join(columns)}", "audit_log", columns)
    for statement in _on_file() if op.get_bind().dialect.name == "sqlite" else _on_server():
        op.execute(statement)


def _on_file() -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{REFUSED}')"
    follows = (
        "new.number = (SELECT coalesce(max(number), 0) + 1 FROM audit_log)"
        f" AND new.previous_hash = coalesce((SELECT hash FROM audit_log ORDER BY number DESC LIMIT 1), '{START}')"
        " AND NOT EXISTS (SELECT 1 FROM audit_log WHERE id = new.id)"
    )
    return [
        f"CREATE TRIGGER audit_log_changed BEFORE UPDATE ON audit_log BEGIN {refuse}; END",
        f"CREATE TRIGGER audit_log_removed BEFORE DELETE ON audit_log BEGIN {refuse}; END",
        f"CREATE TRIGGER audit_log_follows BEFORE INSERT ON audit_log WHEN NOT ({follows}) BEGIN {refuse}; END",
    ]


def _on_server() -> list[str]:
    body = f"BEGIN RAISE EXCEPTION '{REFUSED}'; END"
    return [
        f"CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$",
        "CREATE TRIGGER audit_log_changed BEFORE UPDATE OR DELETE ON audit_log"
        " FOR EACH ROW EXECUTE FUNCTION audit_log_refuse()",
        "CREATE TRIGGER audit_log_emptied BEFORE TRUNCATE ON audit_log"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()",
    ]
