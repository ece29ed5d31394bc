"""What a desk writes beside calls and notes, as parts of its outbox: complaints, follow-ups, reviews, codes, views."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from db.audit.chain import AuditEntry, append
from db.complaints import Handover, NewComplaint, Step, hand_over, receive, rewrite, take_step
from db.dispositions import DispositionNode, settle_tree
from db.follow_ups import Kept, Promise, PutOff, Reassigned, Tried, keep, promise, put_off, reassign, reopen, tried
from db.living import entered_as
from db.missed import Mark, mark
from db.reviews.write import Heard, Marked, hear, mark_call


@dataclass(frozen=True, slots=True)
class PromiseSnapshot:
    """A follow-up as it was promised."""

    made: Promise

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing twice."""
        promise(connection, self.made)


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """A follow-up that was done."""

    kept: Kept

    def write(self, connection: Any) -> None:
        """Into the records; whoever was first did it."""
        keep(connection, self.kept)


@dataclass(frozen=True, slots=True)
class PutOffSnapshot:
    """A follow-up that is due later than it was."""

    later: PutOff

    def write(self, connection: Any) -> None:
        """Into the records, unless it is done."""
        put_off(connection, self.later)


@dataclass(frozen=True, slots=True)
class TriedSnapshot:
    """A follow-up whose customer was not reached."""

    made: Tried

    def write(self, connection: Any) -> None:
        """Into the records, unless it is done; written again it counts nothing twice."""
        tried(connection, self.made)


@dataclass(frozen=True, slots=True)
class ReassignSnapshot:
    """A follow-up that is another operator's now."""

    made: Reassigned

    def write(self, connection: Any) -> None:
        """Into the records, unless it is done."""
        reassign(connection, self.made)


@dataclass(frozen=True, slots=True)
class ReopenSnapshot:
    """A follow-up that was not done after all."""

    follow_up_id: UUID

    def write(self, connection: Any) -> None:
        """Into the records."""
        reopen(connection, self.follow_up_id)


@dataclass(frozen=True, slots=True)
class MarkSnapshot:
    """A missed caller who was dealt with, or is not after all."""

    made: Mark

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing twice."""
        mark(connection, self.made)


@dataclass(frozen=True, slots=True)
class TreeSnapshot:
    """The outcome codes as the settings of this desk say them."""

    nodes: tuple[DispositionNode, ...]

    def write(self, connection: Any) -> None:
        """Into the records, unless they offer just these."""
        settle_tree(connection, self.nodes)


@dataclass(frozen=True, slots=True)
class ComplaintSnapshot:
    """A complaint as it was received."""

    new: NewComplaint

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing twice."""
        receive(connection, self.new)


@dataclass(frozen=True, slots=True)
class RewriteSnapshot:
    """The note that is a complaint's text, as its call was finished with it, for the customer whose call it was."""

    key: UUID
    before: str
    now: str
    customer_id: int | None

    def write(self, connection: Any) -> None:
        """Into the records, unless somebody else has changed the text."""
        rewrite(connection, self.key, self.before, self.now, self.customer_id)


@dataclass(frozen=True, slots=True)
class StepSnapshot:
    """A complaint moved on."""

    step: Step

    def write(self, connection: Any) -> None:
        """Into the records; of a step that comes too late only the words."""
        take_step(connection, self.step)


@dataclass(frozen=True, slots=True)
class HandoverSnapshot:
    """A complaint that is another's now."""

    made: Handover

    def write(self, connection: Any) -> None:
        """Into the records; of one that comes too late only the reason."""
        hand_over(connection, self.made)


@dataclass(frozen=True, slots=True)
class ReviewSnapshot:
    """What a supervisor says of a call."""

    made: Marked

    def write(self, connection: Any) -> None:
        """Into the records beside what he said before; written again it adds nothing."""
        mark_call(connection, self.made)


@dataclass(frozen=True, slots=True)
class HeardSnapshot:
    """A review that was seen, answered, or whose answer was read."""

    told: Heard

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing."""
        hear(connection, self.told)


@dataclass(frozen=True, slots=True)
class AuditSnapshot:
    """Something that somebody saw or did. Written behind all others of its transaction (see `append`)."""

    entry: AuditEntry

    def write(self, connection: Any) -> None:
        """Into the audit log; written again it adds nothing. A customer entered here goes by the records' key."""
        entry = self.entry
        if entry.subject == "customer" and entry.record.startswith("-"):
            known = entered_as(connection, int(entry.record))
            entry = replace(entry, record=entry.record if known is None else str(known))
        append(connection, entry)
