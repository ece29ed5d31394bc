"""What of the reviews waits: found by whom it waits for, however many reviews there are.

Frozen: it never imports the models.

Revision ID: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

UNREAD, UNSEEN = sa.text("unread_since IS NOT NULL"), sa.text("seen_at IS NULL")


def upgrade() -> None:
    """Two small indices in the place of one that did not lead to anybody."""
    op.drop_index("ix_review_unread_since", "review")
    op.create_index(
        "ix_review_unread", "review", ["reviewer_id", "marked_at", "id"], sqlite_where=UNREAD, postgresql_where=UNREAD
    )
    op.create_index("ix_review_unseen", "review", ["operator_id"], sqlite_where=UNSEEN, postgresql_where=UNSEEN)
