"""What the user agent says about calls, as the facts that a source reports."""

from datetime import datetime

from cti.events import (
    CallAnswered,
    CallEnded,
    CallerChanged,
    CallEvent,
    CallHeld,
    CallOffered,
    NotOffered,
    SourceWarned,
)
from cti.sip.dialog import AgentEvent, Answered, Endangered, Ended, Held, Offered, Refused, Transferred


def reported(source: str, event: AgentEvent, at: datetime, stamps_ns: tuple[int, int]) -> CallEvent | None:
    """`stamps_ns`: when the message was received, and understood. None: it is about the registration alone."""
    fact: CallEvent | None = None
    match event:
        case Offered():
            fact = _offered(source, event, at, stamps_ns)
        case Answered(call_id, by):
            fact = CallAnswered(source, call_id, by, at)
        case Transferred(call_id, caller):
            fact = CallerChanged(source, call_id, caller, at)
        case Held(call_id, is_held):
            fact = CallHeld(source, call_id, is_held, at)
        case Ended(call_id, why):
            fact = CallEnded(source, call_id, why, at)
        case Refused(because, peer, count):
            fact = NotOffered(source, because, peer, count, at)
        case Endangered(dangers):
            fact = SourceWarned(source, dangers, at)
    return fact


def _offered(source: str, event: Offered, at: datetime, stamps_ns: tuple[int, int]) -> CallOffered:
    return CallOffered(
        source=source,
        source_id=event.call_id,
        caller=event.caller,
        dialled=event.dialled,
        diverted_from=event.diverted_from,
        linked_id=event.linked_id,
        direction=event.direction,
        at=at,
        received_ns=stamps_ns[0],
        parsed_ns=stamps_ns[1],
        is_test=event.is_test,
    )
