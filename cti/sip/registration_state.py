"""How a registration moves: the whole state machine as one table.

Each time that we register we first ask who is registered already (fetching), then add ourselves (trying). If a phone is
missing from the answer we ask again (verifying); if it is gone we take our binding back (withdrawing) and stay away.
While registered we ask from time to time whether we still are (checking). If we were away and the registrar still has
us, we take the binding back first (unbinding): it may hold that contact for dead, and a new one is tried at once.
"""

from enum import StrEnum


class State(StrEnum):
    OFF = "off"
    FETCHING = "fetching"
    UNBINDING = "unbinding"
    TRYING = "trying"
    VERIFYING = "verifying"
    REGISTERED = "registered"
    CHECKING = "checking"
    WAITING = "waiting"
    REFUSED = "refused"
    WITHDRAWING = "withdrawing"
    NO_ROOM = "no room"
    LEAVING = "leaving"


class Input(StrEnum):
    SEND = "send"
    FETCHED = "fetched"  # the list has come, or cannot be had
    DISPLACED = "displaced"  # a phone stands in our place
    DOUBTED = "doubted"  # bound, but we were away
    GRANTED = "granted"
    MISSING = "missing"  # granted, but a phone is not listed any more
    EVICTED = "evicted"
    CHECK = "check"
    FAILED = "failed"
    REFUSED = "refused"
    LEAVE = "leave"


MOVES = {
    (State.OFF, Input.SEND): State.FETCHING,
    (State.OFF, Input.REFUSED): State.REFUSED,  # it rests still
    (State.FETCHING, Input.SEND): State.FETCHING,
    (State.TRYING, Input.SEND): State.FETCHING,
    (State.VERIFYING, Input.SEND): State.FETCHING,
    (State.WAITING, Input.SEND): State.FETCHING,
    (State.REFUSED, Input.SEND): State.FETCHING,
    (State.REGISTERED, Input.SEND): State.FETCHING,
    (State.CHECKING, Input.SEND): State.FETCHING,
    (State.NO_ROOM, Input.SEND): State.FETCHING,
    (State.LEAVING, Input.SEND): State.FETCHING,
    (State.FETCHING, Input.FETCHED): State.TRYING,
    (State.FETCHING, Input.DOUBTED): State.UNBINDING,
    (State.FETCHING, Input.DISPLACED): State.NO_ROOM,
    (State.FETCHING, Input.FAILED): State.WAITING,
    (State.FETCHING, Input.REFUSED): State.REFUSED,
    (State.FETCHING, Input.LEAVE): State.LEAVING,
    (State.UNBINDING, Input.SEND): State.FETCHING,
    (State.UNBINDING, Input.FETCHED): State.TRYING,
    (State.UNBINDING, Input.FAILED): State.WAITING,
    (State.UNBINDING, Input.REFUSED): State.REFUSED,
    (State.UNBINDING, Input.LEAVE): State.LEAVING,
    (State.TRYING, Input.DOUBTED): State.UNBINDING,
    (State.TRYING, Input.GRANTED): State.REGISTERED,
    (State.TRYING, Input.MISSING): State.VERIFYING,
    (State.TRYING, Input.FAILED): State.WAITING,
    (State.TRYING, Input.REFUSED): State.REFUSED,
    (State.TRYING, Input.LEAVE): State.LEAVING,
    (State.VERIFYING, Input.GRANTED): State.REGISTERED,
    (State.VERIFYING, Input.EVICTED): State.WITHDRAWING,
    (State.VERIFYING, Input.LEAVE): State.LEAVING,
    (State.WITHDRAWING, Input.GRANTED): State.NO_ROOM,
    (State.WITHDRAWING, Input.FAILED): State.NO_ROOM,
    (State.WITHDRAWING, Input.REFUSED): State.NO_ROOM,
    (State.WITHDRAWING, Input.LEAVE): State.LEAVING,
    (State.REGISTERED, Input.CHECK): State.CHECKING,
    (State.REGISTERED, Input.LEAVE): State.LEAVING,
    (State.CHECKING, Input.GRANTED): State.REGISTERED,
    (State.CHECKING, Input.FAILED): State.WAITING,
    (State.CHECKING, Input.LEAVE): State.LEAVING,
    (State.WAITING, Input.LEAVE): State.OFF,
    (State.REFUSED, Input.REFUSED): State.REFUSED,
    (State.REFUSED, Input.LEAVE): State.OFF,
    (State.LEAVING, Input.GRANTED): State.OFF,
    (State.LEAVING, Input.FAILED): State.OFF,
    (State.LEAVING, Input.REFUSED): State.OFF,
}
