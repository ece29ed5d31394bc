"""What happened to a complaint can no longer be altered; complaints by state and time.

Triggers refuse to change or remove what a person did or said. Two things stay possible: words of an erased customer's
complaint can be blanked, and what an import wrote (nobody's step) goes with the import when that is undone. On SQLite
a third one leaves an event that is there alone, since REPLACE would remove it without asking the others.

Frozen: it never imports the models.

Revision ID: 0011
"""

from alembic import op

revision = "0011"
down_revision = "0010"

REFUSED = "complaint_event only grows"
KEPT = ("id", "complaint_id", "at", "operator_id", "from_state", "to_state")
ERASED = (
    "EXISTS (SELECT 1 FROM complaint JOIN customer ON customer.id = complaint.customer_id"
    " WHERE complaint.id = old.complaint_id AND customer.erased_at IS NOT NULL)"
)


def upgrade() -> None:
    """Two triggers and three indices."""
    op.create_index("ix_complaint_due", "complaint", ["state", "due_at", "id"])
    op.create_index("ix_complaint_state", "complaint", ["state", "received_at", "id"])
    op.create_index("ix_complaint_received", "complaint", ["received_at", "id"])
    for statement in _on_file() if op.get_bind().dialect.name == "sqlite" else _on_server():
        op.execute(statement)


def _is_blanked(same: str) -> str:
    kept = " AND ".join(f"new.{column} {same} old.{column}" for column in KEPT)
    return f"new.text IS NULL AND {kept} AND {ERASED}"


def _on_file() -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{REFUSED}')"
    is_there = "EXISTS (SELECT 1 FROM complaint_event WHERE id = new.id)"
    return [
        "CREATE TRIGGER complaint_event_changed BEFORE UPDATE ON complaint_event"
        f" WHEN NOT ({_is_blanked('IS')}) BEGIN {refuse}; END",
        "CREATE TRIGGER complaint_event_removed BEFORE DELETE ON complaint_event"
        f" WHEN old.operator_id IS NOT NULL BEGIN {refuse}; END",
        "CREATE TRIGGER complaint_event_again BEFORE INSERT ON complaint_event"
        f" WHEN {is_there} BEGIN SELECT RAISE(IGNORE); END",
    ]


def _on_server() -> list[str]:
    body = f"""
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF {_is_blanked("IS NOT DISTINCT FROM")} THEN RETURN new; END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF old.operator_id IS NULL THEN RETURN old; END IF;
    END IF;
    RAISE EXCEPTION '{REFUSED}';
END"""
    return [
        f"CREATE FUNCTION complaint_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$",
        "CREATE TRIGGER complaint_event_changed BEFORE UPDATE OR DELETE ON complaint_event"
        " FOR EACH ROW EXECUTE FUNCTION complaint_event_refuse()",
        "CREATE TRIGGER complaint_event_emptied BEFORE TRUNCATE ON complaint_event"
        " FOR EACH STATEMENT EXECUTE FUNCTION complaint_event_refuse()",
    ]
