"""What was made out of a call beside its note: shown again whenever it is opened, never made twice."""

from dataclasses import dataclass
from uuid import UUID

from db.facts import FollowUpFact


@dataclass(frozen=True, slots=True)
class ComplaintMade:
    """The complaint of a call; `text` is the note as it was told last."""

    key: UUID
    complaint_no: str
    category: str
    severity: int
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """A call has one complaint at most; `follow_ups` are those still to be done."""

    complaint: ComplaintMade | None = None
    follow_ups: tuple[FollowUpFact, ...] = ()
