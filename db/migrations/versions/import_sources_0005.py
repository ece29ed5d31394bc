"""What an import was keyed by and which numbers its columns told: so that a later one knows what is its own to give up.

Frozen: it never imports the models. Imports before this one have neither; any column of theirs is taken to match.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add two columns that may be empty."""
    op.add_column("import_batch", sa.Column("key_system", sa.String(64)))
    op.add_column("import_batch", sa.Column("number_columns", sa.Text()))
