"""What a request tells: one event of a call in the words of Zammad's published generic CTI format.

https://docs.zammad.org/en/latest/api/generic-cti/index.html
"""

from dataclasses import dataclass
from enum import StrEnum

from cti.caller_words import direction_of, is_no_number, why_no_number
from cti.errors import PeerError
from cti.events import Caller, Direction, EndCause, IdentityFrom, Withheld
from cti.plain_text import plain_text
from cti.push.form import Form

LONGEST_ID = 250  # as published
MOST_USERS = 50
_WITHHELD = {"private", "withheld", "hidden", "blocked"}  # beside the words of SIP


class PushedEvent(StrEnum):
    """The three that there are."""

    NEW_CALL = "newCall"
    ANSWER = "answer"
    HANGUP = "hangup"


_CAUSES = {
    "cancel": EndCause.CANCELLED,
    "busy": EndCause.BUSY,
    "noanswer": EndCause.TIMED_OUT,
    "congestion": EndCause.FAILED,
    "notfound": EndCause.FAILED,
    "forwarded": EndCause.ANSWERED_ELSEWHERE,
}


@dataclass(frozen=True, slots=True)
class Pushed:
    """One event. `caller` is the other party, `users` who is called or, going out, who calls; all texts are clean.

    `answered_by` is what `answeringNumber` says: an extension, a login or any other name.
    """

    event: PushedEvent
    call_id: str
    direction: Direction
    caller: Caller
    dialled: str
    users: tuple[str, ...]
    queue: str
    answered_by: str
    cause: str

    @property
    def why_over(self) -> EndCause:
        """Of a call that nobody has answered."""
        return _CAUSES.get(self.cause, EndCause.CANCELLED)


def read_pushed(form: Form) -> Pushed:
    """PeerError for what makes no event; of the fields, those that we know count."""
    event, goes_out = _event(form), _goes_out(form)
    caller = _caller(_first(form, "to" if goes_out else "from"))
    return Pushed(
        event=event,
        call_id=_call_id(form),
        direction=Direction.OUT if goes_out else direction_of(caller),
        caller=caller,
        dialled="" if goes_out else _shown(form, "to"),
        users=tuple(name for name in map(plain_text, form.get("user", [])[:MOST_USERS]) if name),
        queue=_shown(form, "queue"),
        answered_by=_shown(form, "answeringNumber"),
        cause=_first(form, "cause").strip().lower(),
    )


def _event(form: Form) -> PushedEvent:
    known = {one.lower(): one for one in PushedEvent}
    found = known.get(_first(form, "event").strip().lower())
    if found is None:
        raise PeerError("Invalid event!", 422)
    return found


def _goes_out(form: Form) -> bool:
    direction = _first(form, "direction").strip().lower()
    if direction not in {"in", "out"}:
        raise PeerError("Invalid direction!", 422)
    return direction == "out"


def _call_id(form: Form) -> str:
    call_id = _first(form, "callId").strip()
    if not call_id or len(call_id) > LONGEST_ID:
        raise PeerError("Invalid callId!", 422)
    return call_id


def _caller(text: str) -> Caller:
    number = plain_text(text)
    if number.lower() in _WITHHELD:
        return Caller("", "", Withheld.ANONYMOUS, IdentityFrom.PUSH)
    withheld = why_no_number(number, "")
    return Caller("" if is_no_number(number) else number, "", withheld, IdentityFrom.PUSH if number else None)


def _first(form: Form, name: str) -> str:
    return form.get(name, [""])[0]


def _shown(form: Form, name: str) -> str:
    return plain_text(_first(form, name))
