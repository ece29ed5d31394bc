"""The closed sets of words that the records know; each is a named CHECK in the schema, so a new word needs a migration.

The words of calls are those of `cti.events`, told again here since the two layers are strangers (a test compares them).
"""

from enum import StrEnum


class CustomerKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"
    UNKNOWN = "unknown"


class LifecycleStage(StrEnum):
    PROSPECT = "prospect"
    ACTIVE = "active"
    LOYAL = "loyal"
    DORMANT = "dormant"
    FORMER = "former"


class BirthPrecision(StrEnum):
    """How much of a birth date is known; the unknown parts are stored as 1 (year 1904 stands for no year)."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NO_YEAR = "no_year"


class NumberKind(StrEnum):
    FIXED = "fixed"
    MOBILE = "mobile"
    VOIP = "voip"
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    UAN = "uan"
    M2M = "m2m"
    EXTENSION = "extension"
    SPECIAL = "special"
    INTERNATIONAL = "international"
    UNKNOWN = "unknown"


class NumberLabel(StrEnum):
    """Where a number rings, as the customer says."""

    HOME = "home"
    MOBILE = "mobile"
    WORK = "work"
    MAIN = "main"  # a company's switchboard
    DIRECT = "direct"
    FAX = "fax"
    OTHER = "other"


class Confidence(StrEnum):
    """How sure we are that the number is still this customer's."""

    KNOWN = "known"
    MAYBE = "maybe"
    STALE = "stale"


class HouseholdRole(StrEnum):
    HEAD = "head"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


class PurchaseState(StrEnum):
    ORDERED = "ordered"
    SHIPPING = "shipping"
    COMPLETED = "completed"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class ComplaintState(StrEnum):
    """The lifecycle of JIS Q 10002, in its order."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    RESPONDING = "responding"
    RESOLVED = "resolved"
    VERIFIED = "verified"
    CLOSED = "closed"


OPEN_STATES = (
    ComplaintState.RECEIVED,
    ComplaintState.ACKNOWLEDGED,
    ComplaintState.INVESTIGATING,
    ComplaintState.RESPONDING,
)


_C = ComplaintState
COMPLAINT_STEPS: dict[ComplaintState, tuple[ComplaintState, ...]] = {
    _C.RECEIVED: (_C.ACKNOWLEDGED, _C.INVESTIGATING, _C.RESPONDING, _C.RESOLVED),
    _C.ACKNOWLEDGED: (_C.INVESTIGATING, _C.RESPONDING, _C.RESOLVED),
    _C.INVESTIGATING: (_C.RESPONDING, _C.RESOLVED),
    _C.RESPONDING: (_C.RESOLVED, _C.INVESTIGATING),
    _C.RESOLVED: (_C.VERIFIED, _C.INVESTIGATING),
    _C.VERIFIED: (_C.CLOSED, _C.INVESTIGATING),
    _C.CLOSED: (_C.INVESTIGATING,),
}
"""Where a complaint may go next, the usual step first; from a state that is not open back is reopening it."""


class Channel(StrEnum):
    PHONE = "phone"
    MAIL = "mail"
    SNS = "sns"
    MESSAGE = "message"
    VISIT = "visit"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class InteractionKind(StrEnum):
    INQUIRY = "inquiry"
    ORDER = "order"
    DELIVERY = "delivery"
    RETURN = "return"
    COMPLAINT = "complaint"
    CALLBACK = "callback"
    NOTICE = "notice"
    OTHER = "other"


class Withheld(StrEnum):
    ANONYMOUS = "anonymous"
    PAYPHONE = "payphone"
    OUT_OF_AREA = "out_of_area"
    SERVICE_CONFLICT = "service_conflict"


class EndCause(StrEnum):
    CANCELLED = "cancelled"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    HUNG_UP = "hung_up"
    REJECTED = "rejected"
    BUSY = "busy"
    TIMED_OUT = "timed_out"
    FAILED = "failed"


class Outcome(StrEnum):
    """What became of a call, as the desk drew it from the facts."""

    OFFERED = "offered"
    ANSWERED = "answered"
    MISSED = "missed"
    ELSEWHERE = "elsewhere"


class Reason(StrEnum):
    """Why a customer was shown as a candidate."""

    REMEMBERED = "remembered"
    EXTENSION = "extension"
    EXACT = "exact"
    HOUSEHOLD = "household"
    COMPANY = "company"
    SWITCHBOARD = "switchboard"
    SUFFIX = "suffix"
    MENTIONED = "mentioned"
    NAME = "name"


class NoteKind(StrEnum):
    BODY = "body"
    HANDOVER = "handover"
    RESOLUTION = "resolution"
    PINNED = "pinned"


class FollowUpKind(StrEnum):
    CALLBACK = "callback"
    SEND = "send"
    CHECK = "check"


class AddressLabel(StrEnum):
    """What an address beside the customer's own is for."""

    HOME = "home"
    WORK = "work"
    DELIVERY = "delivery"
    BILLING = "billing"
    OTHER = "other"


class AttributeType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


class Sensitivity(StrEnum):
    """How carefully a fact about a person is to be treated; SPECIAL needs consent (health, belief, record)."""

    PLAIN = "plain"
    PERSONAL = "personal"
    SPECIAL = "special"


class BlockState(StrEnum):
    """A number that calls to annoy: the operator is warned, or the call shows no card."""

    WARNED = "warned"
    BLOCKED = "blocked"


class NumberSource(StrEnum):
    """Who said that a number is a customer's."""

    OPERATOR = "operator"
    IMPORT = "import"
    CALL = "call"


class CallFact(StrEnum):
    """What a source reported of a call; the rows of `call` are folded from these."""

    OFFERED = "offered"
    ANSWERED = "answered"
    CALLER_CHANGED = "caller_changed"
    ENDED = "ended"


class ConsentStatus(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PairDecision(StrEnum):
    """What a person said of two records that look alike."""

    SAME = "same"
    NOT_SAME = "not_same"


class ImportKind(StrEnum):
    """What an import file holds."""

    CUSTOMERS = "customers"
    PURCHASES = "purchases"
    COMPLAINTS = "complaints"
    INTERACTIONS = "interactions"


class Doing(StrEnum):
    """What an operator does at the moment; the words are those of `app.operator_state`."""

    BREAK = "break"
    ON_CALL = "on_call"
    AFTER_CALL = "after_call"
    READY = "ready"


class ReviewWay(StrEnum):
    """How a call comes to be reviewed: drawn by lot, drawn because something was odd, or picked by a supervisor."""

    RANDOM = "random"
    RISK = "risk"
    CHOSEN = "chosen"


class ReviewFact(StrEnum):
    """What happens to a review: a version of it, the operator's looking and answering, the reviewer's reading that."""

    MARKED = "marked"
    SEEN = "seen"
    ANSWERED = "answered"
    READ = "read"


class Role(StrEnum):
    """What whoever works with Omote may see; each includes the one before it."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
