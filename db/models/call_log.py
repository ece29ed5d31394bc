"""What the call log is read from: one narrow row per call in the order of time, and who ever rang, by number.

The database itself keeps both in step, by triggers that the migration makes: whoever writes need not know of them. A
page of the log is a walk along the table's own key: even a filter that finds nothing costs one pass over narrow rows.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, Uuid

from db.columns import BigKey, metadata, refers

logged_call = Table(
    "logged_call",
    metadata,
    Column("at", BigInteger, nullable=False),  # milliseconds since 1970, of offered_at
    Column("call_id", Uuid(), nullable=False),
    Column("direction", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("withheld", String(20)),
    Column("line", Text),  # its name, else the number that was dialled
    Column("queue", Text),
    Column("operator_id", BigInteger),
    Column("customer_id", BigInteger),
    Column("e164", BigInteger),
    Column("disposition_id", BigInteger),  # of the last wrap-up
    Column("wait_s", Integer, nullable=False),  # 0 where it is not known
    Column("talk_s", Integer, nullable=False),
    PrimaryKeyConstraint("at", "call_id"),
    Index(None, "line", "at", "call_id"),
    Index(None, "outcome", "at", "call_id"),
    Index(None, "operator_id", "at", "call_id"),
    Index(None, "customer_id", "at", "call_id"),
    Index(None, "e164", "at", "call_id"),
    Index(None, "disposition_id", "at", "call_id"),
    Index(None, "queue", "at", "call_id"),
    Index(None, "withheld", "at", "call_id"),
    sqlite_with_rowid=False,  # the rows themselves lie in the order of time
)

caller_number = Table(  # parts of numbers are looked for here: people ring again and again
    "caller_number",
    metadata,
    Column("e164", BigKey, primary_key=True, autoincrement=False),
    Column("digits", Text, nullable=False),  # as dialled at home, and with the country
)

saved_view = Table(  # filters, columns and order of a list, under a name
    "saved_view",
    metadata,
    refers("operator_id", "operator", required=True),
    Column("list", String(32), nullable=False),
    Column("name", String(100), nullable=False),
    Column("told", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("operator_id", "list", "name"),
)
