"""A card's facts with what was written here and may not be in the records yet: complaints, their steps, follow-ups."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.parts import (
    ComplaintSnapshot,
    HandoverSnapshot,
    KeptSnapshot,
    PromiseSnapshot,
    PutOffSnapshot,
    ReassignSnapshot,
    ReopenSnapshot,
    StepSnapshot,
    TriedSnapshot,
)
from db.complaints import NewComplaint, Step
from db.facts import ComplaintFact, CustomerFacts, FollowUpFact
from db.follow_ups import Promise
from db.kinds import COMPLAINT_STEPS, OPEN_STATES, ComplaintState


def with_parts(facts: CustomerFacts, parts: Iterable[object]) -> CustomerFacts:
    """All of them that are about this customer, in their order."""
    mine, before = facts.customer.customer_id, {one.follow_up_id: one for one in facts.follow_ups}
    for part in parts:
        match part:
            case ComplaintSnapshot(new) if new.customer_id == mine:
                facts = with_complaint(facts, new, new.handler)
            case StepSnapshot(step):
                facts = with_step(facts, step)
            case PromiseSnapshot(made) if made.customer_id == mine:
                before[made.follow_up_id] = follow_up_of(made)
                facts = with_follow_up(facts, before[made.follow_up_id])
            case KeptSnapshot(kept):
                facts = without_follow_up(facts, kept.follow_up_id)
            case ReopenSnapshot(follow_up_id) if follow_up_id in before:
                facts = with_follow_up(facts, before[follow_up_id])
            case _:
                facts = _with_change(facts, part)
    return facts


def _with_change(facts: CustomerFacts, part: object) -> CustomerFacts:
    """What becomes of a follow-up that stays to be done, or of who deals with a complaint."""
    match part:
        case ReassignSnapshot(given):
            return with_assignee(facts, given.follow_up_id, given.assignee)
        case PutOffSnapshot(made) | TriedSnapshot(made):
            return with_due(facts, made.follow_up_id, made.due_at)
        case HandoverSnapshot(handed):
            return with_handler(facts, handed.complaint_no, handed.handler)
        case _:
            return facts


def with_complaint(facts: CustomerFacts, new: NewComplaint, handler: str) -> CustomerFacts:
    """An open complaint more; `handler` is a name."""
    if any(one.complaint_no == new.complaint_no for one in facts.complaints):
        return facts
    made = ComplaintFact(
        0, new.complaint_no, new.category, new.severity, ComplaintState.RECEIVED, is_open=True, handler=handler,
        received_at=new.received_at, due_at=new.due_at, text=new.text, resolution="",
    )  # fmt: skip
    return _counted(facts, (made, *facts.complaints), more=1)


def with_step(facts: CustomerFacts, step: Step) -> CustomerFacts:
    """The complaint moved on, if it still stands as it was seen; what the records may refuse is not shown before."""
    if step.may_be_own_work:
        return facts
    moved = tuple([_moved(one, step) if one.complaint_no == step.complaint_no else one for one in facts.complaints])
    return facts if moved == facts.complaints else _counted(facts, moved, more=0)


def with_handler(facts: CustomerFacts, complaint_no: str, handler: str) -> CustomerFacts:
    """Somebody else deals with it; `handler` is a name."""
    given = [one._replace(handler=handler) if one.complaint_no == complaint_no else one for one in facts.complaints]
    return facts if tuple(given) == facts.complaints else replace(facts, complaints=tuple(given))


def with_follow_up(facts: CustomerFacts, made: FollowUpFact) -> CustomerFacts:
    """A follow-up more, by its due time."""
    if any(one.follow_up_id == made.follow_up_id for one in facts.follow_ups):
        return facts
    return replace(facts, follow_ups=tuple(sorted([*facts.follow_ups, made], key=lambda one: one.due_at)))


def without_follow_up(facts: CustomerFacts, follow_up_id: UUID) -> CustomerFacts:
    """It was done."""
    left = tuple([one for one in facts.follow_ups if one.follow_up_id != follow_up_id])
    return facts if len(left) == len(facts.follow_ups) else replace(facts, follow_ups=left)


def with_due(facts: CustomerFacts, follow_up_id: UUID, due_at: datetime) -> CustomerFacts:
    """It is due at another time."""
    if all(one.follow_up_id != follow_up_id or one.due_at == due_at for one in facts.follow_ups):
        return facts
    moved = [one._replace(due_at=due_at) if one.follow_up_id == follow_up_id else one for one in facts.follow_ups]
    return replace(facts, follow_ups=tuple(sorted(moved, key=lambda one: one.due_at)))


def with_assignee(facts: CustomerFacts, follow_up_id: UUID, assignee: str) -> CustomerFacts:
    """It is another's; `assignee` is a name."""
    if all(one.follow_up_id != follow_up_id or one.assignee == assignee for one in facts.follow_ups):
        return facts
    given = [one._replace(assignee=assignee) if one.follow_up_id == follow_up_id else one for one in facts.follow_ups]
    return replace(facts, follow_ups=tuple(given))


def follow_up_of(made: Promise, assignee: str = "") -> FollowUpFact:
    """The follow-up as the card tells of it; the assignee by his login where nobody knows his name."""
    return FollowUpFact(made.follow_up_id, made.kind, made.due_at, assignee or made.assignee, made.text)


def _moved(one: ComplaintFact, step: Step) -> ComplaintFact:
    if one.version_id != step.version_id or step.to_state not in COMPLAINT_STEPS[one.state]:
        return one
    solved = step.to_state is ComplaintState.RESOLVED and bool(step.words)
    return one._replace(
        state=step.to_state,
        is_open=step.to_state in OPEN_STATES,
        resolution=step.words if solved else one.resolution,
        version_id=one.version_id + 1,
    )


def _counted(facts: CustomerFacts, complaints: tuple[ComplaintFact, ...], more: int) -> CustomerFacts:
    """Open ones first, then the newest, as the records give them."""
    opened = sum(one.is_open for one in complaints) - sum(one.is_open for one in facts.complaints)
    ordered = sorted(complaints, key=lambda one: (not one.is_open, -one.received_at.timestamp()))
    return replace(
        facts,
        complaints=tuple(ordered),
        complaint_count=facts.complaint_count + more,
        open_complaint_count=facts.open_complaint_count + opened,
    )
