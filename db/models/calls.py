"""Calls: one row per attempt to reach this desk, its legs, and whom the pop showed."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, text

from db.columns import UtcDateTime, made_key, metadata, refers, refers_made, words
from db.kinds import CallFact, Direction, EndCause, Outcome, Reason, Withheld

call = Table(
    "call",
    metadata,
    made_key(),
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("linked_id", Text),
    Column("direction", words(Direction, "direction"), nullable=False),
    Column("number", Text),
    Column("e164", BigInteger),
    Column("extension", String(20)),
    Column("name", Text),
    Column("withheld", words(Withheld, "withheld")),
    Column("dialled", Text),
    Column("line", Text),
    Column("diverted_from", Text),
    Column("offered_at", UtcDateTime, nullable=False, index=True),
    Column("answered_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("end_cause", words(EndCause, "end_cause")),
    Column("outcome", words(Outcome, "outcome"), nullable=False),
    Column("answered_by", Text),  # as the source names him; operator_id is the one who finished it
    refers("operator_id", "operator"),
    refers("customer_id", "customer"),
    Index(None, "customer_id", "offered_at"),
    Column("hold_ms", Integer),  # waiting and talking follow from the times above
    Index(None, "e164", "offered_at"),
    Column("queue", Text),
    Column("waiting_since", UtcDateTime),
)

call_ref = Table(  # two sources and five desks may see the same call
    "call_ref",
    metadata,
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    refers_made("call_id", "call", required=True),
    PrimaryKeyConstraint("source", "source_id"),
    Index(None, "call_id"),
)

call_event = Table(  # only ever added, but for a number that is withheld; a late one is told apart by `at`
    "call_event",
    metadata,
    made_key(),
    refers_made("call_id", "call", required=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", words(CallFact, "kind"), nullable=False),
    Column("source", Text, nullable=False),
    Column("facts", Text),  # JSON
    Index(None, "call_id", "at"),
)

call_leg = Table(
    "call_leg",
    metadata,
    made_key(),
    refers_made("call_id", "call", required=True),
    Column("who", Text, nullable=False),  # the extension or login that rang
    Column("offered_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("end_cause", words(EndCause, "end_cause")),
    Column("outcome", words(Outcome, "outcome")),  # as this desk saw it; the call's is folded from all of them
    Index(None, "call_id"),
)

call_candidate = Table(
    "call_candidate",
    metadata,
    refers_made("call_id", "call", required=True),
    Column("rank", Integer, nullable=False),
    refers("customer_id", "customer", required=True),
    Column("reason", words(Reason, "reason"), nullable=False),
    Column("is_chosen", Boolean, nullable=False, server_default=text("false")),
    PrimaryKeyConstraint("call_id", "rank"),
    Index(None, "customer_id"),
)

callback_mark = Table(  # only ever added: the newest says whether the missed callers up to this call are dealt with
    "callback_mark",
    metadata,
    made_key(),
    refers_made("call_id", "call", required=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    refers("operator_id", "operator"),
    Column("is_done", Boolean, nullable=False),
    Index(None, "call_id"),
)
