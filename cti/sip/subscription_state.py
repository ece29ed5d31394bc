"""How a subscription moves: the whole state machine as one table, and what the reasons of RFC 6665 mean for it."""

from enum import StrEnum


class State(StrEnum):
    OFF = "off"
    TRYING = "trying"
    ACTIVE = "active"
    WAITING = "waiting"
    REFUSED = "refused"
    LEAVING = "leaving"


class Input(StrEnum):
    SEND = "send"
    GRANTED = "granted"
    FAILED = "failed"
    REFUSED = "refused"
    LEAVE = "leave"


MOVES = {
    (State.OFF, Input.SEND): State.TRYING,
    (State.OFF, Input.REFUSED): State.REFUSED,  # it rests still
    (State.TRYING, Input.SEND): State.TRYING,
    (State.ACTIVE, Input.SEND): State.TRYING,
    (State.WAITING, Input.SEND): State.TRYING,
    (State.REFUSED, Input.SEND): State.TRYING,
    (State.LEAVING, Input.SEND): State.TRYING,
    (State.TRYING, Input.GRANTED): State.ACTIVE,
    (State.TRYING, Input.FAILED): State.WAITING,
    (State.TRYING, Input.REFUSED): State.REFUSED,
    (State.TRYING, Input.LEAVE): State.LEAVING,
    (State.ACTIVE, Input.FAILED): State.WAITING,
    (State.ACTIVE, Input.REFUSED): State.REFUSED,
    (State.ACTIVE, Input.LEAVE): State.LEAVING,
    (State.WAITING, Input.LEAVE): State.OFF,
    (State.REFUSED, Input.REFUSED): State.REFUSED,
    (State.REFUSED, Input.LEAVE): State.OFF,
    (State.LEAVING, Input.GRANTED): State.OFF,
    (State.LEAVING, Input.FAILED): State.OFF,
    (State.LEAVING, Input.REFUSED): State.OFF,
}


class Verdict(StrEnum):
    """What the PBX's last word means."""

    AGAIN = "again"  # the subscription is gone, a new one may be had at once
    LATER = "later"
    REFUSED = "refused"  # not with these credentials
    REJECTED = "rejected"  # not for us, and not to be asked again soon
    NO_EVENTS = "no events"  # not for this phone


BY_STATUS = {
    401: Verdict.REFUSED, 403: Verdict.REFUSED, 407: Verdict.REFUSED,
    404: Verdict.NO_EVENTS, 405: Verdict.NO_EVENTS, 406: Verdict.NO_EVENTS, 489: Verdict.NO_EVENTS,
    501: Verdict.NO_EVENTS, 603: Verdict.NO_EVENTS, 604: Verdict.NO_EVENTS,
    481: Verdict.AGAIN,
}  # fmt: skip
BY_REASON = {
    "deactivated": Verdict.AGAIN, "timeout": Verdict.AGAIN,
    "probation": Verdict.LATER, "giveup": Verdict.LATER,
    "rejected": Verdict.REJECTED,
    "noresource": Verdict.NO_EVENTS, "invariant": Verdict.NO_EVENTS,
}  # fmt: skip
