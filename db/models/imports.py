"""What an import did, so that it can be undone: its batch, the keys that it made, the values that it replaced."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from db.columns import UtcDateTime, grown_key, metadata, refers, words
from db.kinds import ImportKind

import_batch = Table(
    "import_batch",
    metadata,
    grown_key(),
    Column("batch_no", String(32), nullable=False, unique=True),
    Column("kind", words(ImportKind, "kind"), nullable=False),
    Column("file_name", Text, nullable=False),
    refers("operator_id", "operator"),
    Column("merged_at", UtcDateTime, nullable=False),
    Column("created", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("undone_at", UtcDateTime),
    refers("undone_by_id", "operator"),
    Column("key_system", String(64)),  # whose keys its customers had; "" is our customer numbers
    Column("number_columns", Text),  # ",any,home,": the labels of the columns that told numbers
    Index(None, "merged_at"),
)

import_range = Table(  # the rows that it made, as runs of keys: a million rows cost one row here
    "import_range",
    metadata,
    refers("batch_id", "import_batch", required=True),
    Column("table_name", String(64), nullable=False),
    Column("first_id", BigInteger, nullable=False),
    Column("last_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("batch_id", "table_name", "first_id"),
)

import_row = Table(  # the rows that it changed
    "import_row",
    metadata,
    refers("batch_id", "import_batch", required=True),
    Column("table_name", String(64), nullable=False),
    Column("record_id", Text, nullable=False),
    Column("before", Text, nullable=False),  # JSON: column to value
    Column("after", Text, nullable=False),
    PrimaryKeyConstraint("batch_id", "table_name", "record_id"),
)
