"""What must not be erased for the time being, and why.

Frozen: it never imports the models.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    """Add the table."""
    key = sa.ForeignKey("customer.id", name="fk_legal_hold_customer_id_customer")
    op.create_table(
        "legal_hold",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("customer_id", BIG_KEY, key, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("operator", sa.String(64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("lifted_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_legal_hold"),
    )
    op.create_index("ix_legal_hold_customer_id", "legal_hold", ["customer_id"])
