"""What customers and notes are found by.

Frozen: it never imports the models. The tables begin empty; `db.migrate` fills them from the records afterwards, with
the program's own tokens, as after any change of what a token is.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IN_BYTE_ORDER = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the search tables, and byte order to the numbers that are searched by their beginning."""
    _customers()
    _notes()
    if op.get_bind().dialect.name == "postgresql":
        for table, column in (("customer", "customer_no"), ("purchase", "order_no")):
            op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(64) COLLATE "C"')


def _customers() -> None:
    op.create_table(
        "customer_search",
        sa.Column(
            "customer_id",
            BIG_KEY,
            sa.ForeignKey("customer.id", name="fk_customer_search_customer_id_customer"),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("name_key", IN_BYTE_ORDER, nullable=False),
        sa.Column("reading_key", IN_BYTE_ORDER, nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("tokens", IN_BYTE_ORDER),
        sa.PrimaryKeyConstraint("customer_id", name="pk_customer_search"),
    )
    op.create_index("ix_customer_search_name", "customer_search", ["name_key", "reading_key"])
    op.create_index("ix_customer_search_reading", "customer_search", ["reading_key", "name_key"])
    _full_text("customer_search", "customer_fts")


def _notes() -> None:
    op.create_table(
        "note_search",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("note_id", sa.Uuid(), sa.ForeignKey("note.id", name="fk_note_search_note_id_note"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tokens", IN_BYTE_ORDER),
        sa.PrimaryKeyConstraint("id", name="pk_note_search"),
    )
    op.create_index("ix_note_search_note_id", "note_search", ["note_id"], unique=True)
    _full_text("note_search", "note_fts")


def _full_text(table: str, fts: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE VIRTUAL TABLE {fts} USING fts5(tokens, content='', detail='none', columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute(
            f"CREATE INDEX ix_{table}_tokens ON {table}"
            " USING gin (string_to_array(tokens, ' ')) WITH (gin_pending_list_limit = 256)"
        )
