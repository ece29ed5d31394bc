"""Who said that a missed caller is dealt with, and who took that back.

Frozen: it never imports the models.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TIME = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table, empty."""
    op.create_table(
        "callback_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), sa.ForeignKey("call.id", name="fk_callback_mark_call_id_call"), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("operator_id", _BIG_KEY, sa.ForeignKey("operator.id", name="fk_callback_mark_operator_id_operator")),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_callback_mark"),
    )
    op.create_index("ix_callback_mark_at", "callback_mark", ["at"])
    op.create_index("ix_callback_mark_call_id", "callback_mark", ["call_id"])
