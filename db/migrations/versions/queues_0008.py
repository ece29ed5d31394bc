"""What a call waited in before it rang here, and since when.

Frozen: it never imports the models. Columns are added in plain SQL, since SQLite can do that at once.

Revision ID: 0008
"""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add two columns, empty."""
    time = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "VARCHAR(32)"
    op.execute("ALTER TABLE call ADD COLUMN queue TEXT")
    op.execute(f"ALTER TABLE call ADD COLUMN waiting_since {time}")
