"""A complaint's state can no longer be changed past its history.

A step names the version that the complaint has after it. Triggers refuse another state without the step that leads
there, so it is written first. What is older names none; 0011's triggers keep the new column like the others.

Frozen: it never imports the models.

Revision ID: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

REFUSED, ONLY_GROWS = "complaint.state moves with its event", "complaint_event only grows"
KEPT = ("id", "complaint_id", "at", "operator_id", "from_state", "to_state", "version_id")
ERASED = (
    "EXISTS (SELECT 1 FROM complaint JOIN customer ON customer.id = complaint.customer_id"
    " WHERE complaint.id = old.complaint_id AND customer.erased_at IS NOT NULL)"
)
TOLD = (
    "new.version_id > old.version_id AND EXISTS (SELECT 1 FROM complaint_event WHERE complaint_id = new.id"
    " AND version_id = new.version_id AND from_state = old.state AND to_state = new.state)"
)


def upgrade() -> None:
    """One column, one trigger, and another anew."""
    op.add_column("complaint_event", sa.Column("version_id", sa.Integer))
    for statement in _on_file() if op.get_bind().dialect.name == "sqlite" else _on_server():
        op.execute(statement)


def _is_blanked(same: str) -> str:
    kept = " AND ".join(f"new.{column} {same} old.{column}" for column in KEPT)
    return f"new.text IS NULL AND {kept} AND {ERASED}"


def _on_file() -> list[str]:
    return [
        "DROP TRIGGER complaint_event_changed",
        "CREATE TRIGGER complaint_event_changed BEFORE UPDATE ON complaint_event"
        f" WHEN NOT ({_is_blanked('IS')}) BEGIN SELECT RAISE(ABORT, '{ONLY_GROWS}'); END",
        "CREATE TRIGGER complaint_moved BEFORE UPDATE OF state ON complaint"
        f" WHEN new.state IS NOT old.state AND NOT ({TOLD}) BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    ]


def _on_server() -> list[str]:
    only_grows = f"""
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF {_is_blanked("IS NOT DISTINCT FROM")} THEN RETURN new; END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF old.operator_id IS NULL THEN RETURN old; END IF;
    END IF;
    RAISE EXCEPTION '{ONLY_GROWS}';
END"""
    moves = f"BEGIN IF {TOLD} THEN RETURN new; END IF; RAISE EXCEPTION '{REFUSED}'; END"
    return [
        "CREATE OR REPLACE FUNCTION complaint_event_refuse() RETURNS trigger LANGUAGE plpgsql"
        f" AS $body$ {only_grows} $body$",
        f"CREATE FUNCTION complaint_move() RETURNS trigger LANGUAGE plpgsql AS $body$ {moves} $body$",
        "CREATE TRIGGER complaint_moved BEFORE UPDATE OF state ON complaint FOR EACH ROW"
        " WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION complaint_move()",
    ]
