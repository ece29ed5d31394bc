"""What a call's wrap-up keeps: after-call work, codes that are not offered any more, follow-ups by their due time.

Frozen: it never imports the models. Columns are added in plain SQL, since SQLite can do that at once.

Revision ID: 0006
"""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add two columns and an index."""
    op.execute("ALTER TABLE interaction ADD COLUMN after_call_ms INTEGER")
    op.execute("ALTER TABLE disposition ADD COLUMN is_offered BOOLEAN DEFAULT true NOT NULL")
    op.execute("CREATE INDEX ix_follow_up_due ON follow_up (due_at) WHERE done_at IS NULL")
