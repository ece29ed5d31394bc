"""What each operator does at the moment, as the desk tells it.

Frozen: it never imports the models.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

TIME = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
DOING = "'break', 'on_call', 'after_call', 'ready'"


def upgrade() -> None:
    """One small table: a row for each desk that runs."""
    op.create_table(
        "operator_presence",
        sa.Column("login", sa.String(64), nullable=False),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("doing", sa.String(20), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("login", "desk", name="pk_operator_presence"),
        sa.CheckConstraint(f"doing IN ({DOING})", name="ck_operator_presence_doing"),
    )
