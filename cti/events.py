"""The facts that a call source reports, as frozen values: past tense, no protocol, no sentences.

`at` is aware UTC; `received_ns` and `parsed_ns` are `time.monotonic_ns()` readings of the same clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Withheld(StrEnum):
    """Why there is no number (the wording of Japanese carriers, see docs of `cti.sip.caller`)."""

    ANONYMOUS = "anonymous"
    PAYPHONE = "payphone"
    OUT_OF_AREA = "out_of_area"
    SERVICE_CONFLICT = "service_conflict"


class Direction(StrEnum):
    """Which way a call goes, seen from the desk."""

    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class EndCause(StrEnum):
    """Why a call ended; "missed" is an outcome that the desk draws from this, not a cause."""

    CANCELLED = "cancelled"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    HUNG_UP = "hung_up"
    REJECTED = "rejected"
    BUSY = "busy"
    TIMED_OUT = "timed_out"
    FAILED = "failed"


class IdentityFrom(StrEnum):
    """Who named the caller: a header of SIP, or another kind of source."""

    PAI = "pai"
    RPID = "rpid"
    FROM = "from"
    DIALOG_INFO = "dialog_info"  # no header: the body of a dialog event
    AMI = "ami"
    PUSH = "push"
    NCID = "ncid"
    COMMAND = "command"  # `omote pop`


class Verstat(StrEnum):
    """What the network says of the caller's number (3GPP TS 24.229); None in a `Caller` if it says nothing."""

    VERIFIED = "verified"
    FAILED = "failed"


class Danger(StrEnum):
    """What a source does, or may do, to the operator's phone: told in words, with the way out."""

    SHARED_EXTENSION = "shared_extension"  # another phone is registered beside us: a PBX may ring only one of the two
    KEEPS_RINGING = "keeps_ringing"  # ... and our 180 lets the caller hear ringing after that phone has rejected
    EVICTED_PHONE = "evicted_phone"  # our REGISTER has thrown another phone off; it was taken back
    ANOTHER_OMOTE = "another_omote"  # another Omote is registered as this extension
    NO_IDENTITY = "no_identity"  # dialog events come without the caller
    NO_DIALOG_EVENTS = "no_dialog_events"  # the PBX has no dialog events for the phone that is to be watched
    NO_PRESENTATION = "no_presentation"  # our account may not ask whether a number is withheld: no number is shown
    HEADSET_GONE = "headset_gone"  # one that was chosen is not plugged in: the system's usual one is used
    NO_SOUND = "no_sound"  # nothing to talk or hear with, in the midst of a call
    BARE_NETWORK = "bare_network"  # a secret of ours, or who calls, crosses the network in clear


class NotOfferedBecause(StrEnum):
    """Why an INVITE, or what another source was sent, did not become a call of this desk."""

    STRANGER = "stranger"  # from an address that is neither the server's nor allowed
    WRONG_CONTACT = "wrong_contact"  # not for the Contact user that we registered
    IN_DIALOG = "in_dialog"  # of a dialog that we do not have
    NOT_TELEPHONY = "not_telephony"  # a Request-URI that is neither sip nor tel
    MALFORMED = "malformed"
    TOO_MANY_CALLS = "too_many_calls"  # beyond the bound of calls that ring at once
    TOO_MANY_CONNECTIONS = "too_many_connections"  # of one peer over TCP or TLS, or of all: what it wanted is not known
    FLOOD = "flood"  # more than this peer or this caller may bring, and no customer's number
    FORGED = "forged"  # a wrong token or signature
    TOO_LONG = "too_long"  # longer than anything that means a call


class SourceState(StrEnum):
    """What a source can hear right now."""

    STARTING = "starting"
    LISTENING = "listening"  # bound, nothing to register with
    REGISTERED = "registered"
    UNREACHABLE = "unreachable"  # no answer or no such host: tried again for ever
    UNTRUSTED = "untrusted"  # no TLS with it: its certificate is not what we want, or a file of ours is no good
    REFUSED = "refused"  # the registrar does not accept our credentials
    NO_ROOM = "no_room"  # the extension has room for other phones only: ours would throw one off, or is not let in
    NOT_REPORTED = "not_reported"  # the PBX does not tell of the phone that is to be watched
    NO_SECRET = "no_secret"  # noqa: S105 -- a state, not a password
    PORT_IN_USE = "port_in_use"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who the network says is calling. `number` is as received, `name` clean plain text; both "" if withheld."""

    number: str
    name: str
    withheld: Withheld | None = None
    identity_from: IdentityFrom | None = None
    verstat: Verstat | None = None


@dataclass(frozen=True, slots=True)
class CallOffered:
    """A call rings here, or goes out from here. `source_id` is unique within the source; `linked_id` is the PBX's id of
    the whole call.

    `caller` is the other party: who calls us or, going OUT, whom we call; `dialled` is the number of ours that was
    rung, and "" going OUT. `queue` names what the call waited in, since `waiting_since`, if the source tells.

    Every text is printable, without NUL or broken bytes, and shorter than 400 characters, whatever the peer sent.
    """

    source: str
    source_id: str
    caller: Caller
    dialled: str
    diverted_from: str
    linked_id: str
    direction: Direction
    at: datetime
    received_ns: int
    parsed_ns: int
    is_test: bool = False
    queue: str = ""
    waiting_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """Somebody answered. `by` is an operator's login or extension, None when the source can't know."""

    source: str
    source_id: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The call is over for this desk."""

    source: str
    source_id: str
    why: EndCause
    at: datetime


@dataclass(frozen=True, slots=True)
class CallerChanged:
    """A call that rings or talks has another caller now: it was transferred to us, or it is known late who it is.

    `linked_id` is the PBX's id of the whole call from now on; "" if it stays what it was.
    """

    source: str
    source_id: str
    caller: Caller
    at: datetime
    linked_id: str = ""


@dataclass(frozen=True, slots=True)
class CallHeld:
    """One of the two who talk lets the other wait, or (`is_held` False) talks on."""

    source: str
    source_id: str
    is_held: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceHeard:
    """A sign of life of what the source listens to, whatever it was; told every ten seconds at most.

    The next one is due `within`; None if the source only hears what its peer happens to say.
    """

    source: str
    at: datetime
    within: timedelta | None = None


@dataclass(frozen=True, slots=True)
class InQueue:
    """A caller who waits in a queue of the telephone system; `linked_id` as of his `CallOffered`."""

    linked_id: str
    queue: str
    since: datetime


@dataclass(frozen=True, slots=True)
class QueuesSeen:
    """All who wait, whether their calls are offered here or not; None: the source can't tell any more."""

    source: str
    waiting: tuple[InQueue, ...] | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NotOffered:
    """`count` INVITEs from `peer` (an address, "" for many) did not become calls, since the last word about them."""

    source: str
    because: NotOfferedBecause
    peer: str
    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceWarned:
    """All dangers of a source as they stand now, each with the bare fact behind it (a Contact…); () ends them."""

    source: str
    dangers: tuple[tuple[Danger, str], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceChanged:
    """A source's state, with the bare fact behind it (a status line, an address) in `detail`; no sentence."""

    source: str
    state: SourceState
    detail: str
    at: datetime


CallEvent = (
    CallOffered
    | CallAnswered
    | CallerChanged
    | CallHeld
    | CallEnded
    | NotOffered
    | SourceWarned
    | SourceChanged
    | SourceHeard
    | QueuesSeen
)


@dataclass(frozen=True, slots=True)
class LegAdded:
    """The call of this leg rings in another place too: `offered` is no call of its own.

    `hides_number`: its source tells one that another source withholds; it is not in `offered`.
    """

    source: str
    source_id: str
    offered: CallOffered
    hides_number: bool = False


@dataclass(frozen=True, slots=True)
class RangAgain:
    """The call of this leg, which was over for this desk or answered by somebody, rings here once more as `offered`."""

    source: str
    source_id: str
    offered: CallOffered
    hides_number: bool = False


@dataclass(frozen=True, slots=True)
class LegSettled:
    """What became of one leg while the call as a whole stays as it is."""

    fact: CallAnswered | CallEnded


@dataclass(frozen=True, slots=True)
class NumberWithheld:
    """A source says that the caller, whose number another one has told, withholds it: it is to be forgotten, for good.

    No other caller: the same one, who must not be shown.
    """

    source: str
    source_id: str
    why: Withheld
    at: datetime


DeskEvent = (
    CallEvent | LegAdded | RangAgain | LegSettled | NumberWithheld
)  # what `cti.call_merge` makes of the sources' facts
