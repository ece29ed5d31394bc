"""Who waits in the telephone system's queues, as each desk that can see them tells with its sign of life.

Frozen: it never imports the models.

Revision ID: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """One column."""
    op.add_column("operator_presence", sa.Column("waiting", sa.Text))
