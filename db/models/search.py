"""What customers and notes are found by: keys in byte order, and tokens under a full-text index of each database.

SQLite has the tokens in a contentless FTS5 table and nowhere else, PostgreSQL in a column under GIN. Our tokens have no
signs and are cut at blanks: `ascii` leaves them whole, while `unicode61` has an opinion on every character.
"""

from typing import Any

from sqlalchemy import DDL, BigInteger, Column, ForeignKey, Index, Integer, Table, Text, column, event, table

from db.columns import BigKey, grown_key, metadata, refers_made

_IN_BYTE_ORDER = Text().with_variant(Text(collation="C"), "postgresql")  # as SQLite has it: a range is a prefix

customer_search = Table(  # none for who is merged into another or erased
    "customer_search",
    metadata,
    Column("customer_id", BigKey, ForeignKey("customer.id"), primary_key=True, autoincrement=False),
    Column("name_key", _IN_BYTE_ORDER, nullable=False),
    Column("reading_key", _IN_BYTE_ORDER, nullable=False),
    Column("marks", Text, nullable=False),  # company, numbers, keys of other systems: one a line
    Column("tokens", _IN_BYTE_ORDER),  # PostgreSQL alone
    Index("ix_customer_search_name", "name_key", "reading_key"),
    Index("ix_customer_search_reading", "reading_key", "name_key"),
)

note_search = Table(  # counted in the order of writing: the newest are the highest
    "note_search",
    metadata,
    grown_key(),
    refers_made("note_id", "note", required=True),
    Column("revision", Integer, nullable=False),  # the one that the tokens are of
    Column("tokens", _IN_BYTE_ORDER),  # PostgreSQL alone
    Index(None, "note_id", unique=True),
)

customer_fts = table("customer_fts", column("rowid", BigInteger), column("customer_fts", Text))
note_fts = table("note_fts", column("rowid", BigInteger), column("note_fts", Text))

_ddl: Any = DDL  # SQLAlchemy leaves it without types
for _searched, _fts in ((customer_search, customer_fts), (note_search, note_fts)):
    _virtual = _ddl(
        f"CREATE VIRTUAL TABLE {_fts.name} USING fts5"
        "(tokens, content='', detail='none', columnsize=0, tokenize='ascii')"
    )
    # kB that wait to be put in: none makes writing seven times as slow, the usual 4 MB answering four times as slow
    _gin = _ddl(
        f"CREATE INDEX ix_{_searched.name}_tokens ON {_searched.name}"
        " USING gin (string_to_array(tokens, ' ')) WITH (gin_pending_list_limit = 256)"
    )
    event.listen(_searched, "after_create", _virtual.execute_if(dialect="sqlite"))
    event.listen(_searched, "after_create", _gin.execute_if(dialect="postgresql"))


def is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic can compare it with a model: full-text tables and indexes lie beside them, in plain SQL."""
    return "_fts" not in str(name) and not (kind == "index" and str(name).endswith("_search_tokens"))
