"""What the call log and the reports read: one narrow row per call in the order of time; who ever rang, by number.

The database itself keeps both in step, by triggers that the migrations make: whoever writes need not know of them. A
million calls are of a few hundred kinds: a filter asks which of them it means, and then for calls of those kinds alone.
"""

from enum import IntFlag

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from db.columns import BigKey, grown_key, metadata, refers


class Used(IntFlag):
    """What of the program was used for a call."""

    NOTED = 1
    HANDED_OVER = 2
    PROMISED = 4


call_kind = Table(  # what calls have in common, "" and 0 for nothing; only ever added to
    "call_kind",
    metadata,
    grown_key(),
    Column("direction", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("withheld", String(20), nullable=False),
    Column("line", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("operator_id", BigInteger, nullable=False),
    Column("disposition_id", BigInteger, nullable=False),
    UniqueConstraint(
        "operator_id", "disposition_id", "line", "queue", "outcome", "direction", "withheld", name="uq_call_kind"
    ),
)

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
    Column("kind_id", BigInteger, nullable=False, server_default="0"),  # of call_kind
    Column("waited_ms", BigInteger),  # until somebody answered, or the caller gave up; NULL: not known
    Column("talked_ms", BigInteger),  # of answered calls, what was held left out; NULL: not known
    Column("held_ms", BigInteger),
    Column("used", Integer, nullable=False, server_default="0"),  # bits of Used
    PrimaryKeyConstraint("at", "call_id"),
    Index(None, "kind_id", "at", "call_id"),
    Index(None, "kind_id", "talk_s", "at", "call_id"),
    Index(None, "kind_id", "wait_s", "at", "call_id"),
    Index(None, "customer_id", "at", "call_id"),
    Index("ix_logged_call_e164", "e164", "at", "call_id", "direction", "outcome", "line", "operator_id"),
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
