"""What supervisors say of calls and what operators answer; and which calls were drawn to be listened to or read."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, PrimaryKeyConstraint, Table, Text, text

from db.columns import UtcDateTime, made_key, metadata, refers, refers_made, words
from db.kinds import ReviewFact, ReviewWay

_UNREAD, _UNSEEN = text("unread_since IS NOT NULL"), text("seen_at IS NULL")

review = Table(  # one for each who reviews a call; all of it is folded from its events, which alone count
    "review",
    metadata,
    made_key(),
    refers_made("call_id", "call", required=True),
    refers("operator_id", "operator", required=True),  # whose call it was
    refers("reviewer_id", "operator", required=True),
    Column("way", words(ReviewWay, "way"), nullable=False),  # how the call came to be reviewed
    Column("made_at", UtcDateTime, nullable=False, index=True),
    Column("mark", Integer, nullable=False),
    Column("marked_at", UtcDateTime, nullable=False),
    Column("versions", Integer, nullable=False),
    Column("seen_at", UtcDateTime),  # when the operator saw the newest version
    Column("answered_at", UtcDateTime),
    Column("unread_since", UtcDateTime),  # the oldest answer that the reviewer has not read
    CheckConstraint("mark BETWEEN 1 AND 5", name="mark"),
    Index(None, "call_id"),
    Index(None, "marked_at", "id"),  # read backwards, as the next
    Index(None, "operator_id", "marked_at", "id"),
    Index("ix_review_unread", "reviewer_id", "marked_at", "id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    Index("ix_review_unseen", "operator_id", sqlite_where=_UNSEEN, postgresql_where=_UNSEEN),
)

review_event = Table(  # only ever added: triggers refuse to change or remove it, but for words that are to go
    "review_event",
    metadata,
    made_key(),
    refers_made("review_id", "review", required=True),
    Column("at", UtcDateTime, nullable=False),
    refers("operator_id", "operator", required=True),
    Column("kind", words(ReviewFact, "kind"), nullable=False),
    Column("mark", Integer),
    Column("text", Text),
    Index(None, "review_id", "at"),
)

review_sample = Table(  # told so that it can be drawn again
    "review_sample",
    metadata,
    made_key(),
    refers("operator_id", "operator", required=True),  # who drew it
    Column("made_at", UtcDateTime, nullable=False),
    Column("way", words(ReviewWay, "way"), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    refers("whose_id", "operator"),  # NULL: everybody's calls
    Column("wanted", Integer, nullable=False),
    Column("eligible", Integer, nullable=False),  # out of so many
    Index(None, "operator_id", "id"),
)

review_sample_call = Table(
    "review_sample_call",
    metadata,
    refers_made("sample_id", "review_sample", required=True),
    Column("place", Integer, nullable=False),
    refers_made("call_id", "call", required=True),
    Column("risk", Integer, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON: pairs of a reason and its number
    Column("dropped_at", UtcDateTime),
    PrimaryKeyConstraint("sample_id", "place"),
    Index(None, "call_id"),
)
