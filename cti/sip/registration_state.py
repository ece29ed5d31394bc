"""How a registration moves: the whole state machine as one table."""

from enum import StrEnum


class State(StrEnum):
    OFF = "off"
    TRYING = "trying"
    REGISTERED = "registered"
    WAITING = "waiting"
    REFUSED = "refused"
    LEAVING = "leaving"


class Input(StrEnum):
    SEND = "send"
    GRANTED = "granted"
    FAILED = "failed"
    REFUSED = "refused"
    LEAVE = "leave"
    GONE = "gone"


MOVES = {
    (State.OFF, Input.SEND): State.TRYING,
    (State.TRYING, Input.SEND): State.TRYING,
    (State.WAITING, Input.SEND): State.TRYING,
    (State.REFUSED, Input.SEND): State.TRYING,
    (State.REGISTERED, Input.SEND): State.TRYING,
    (State.TRYING, Input.GRANTED): State.REGISTERED,
    (State.TRYING, Input.FAILED): State.WAITING,
    (State.TRYING, Input.REFUSED): State.REFUSED,
    (State.TRYING, Input.LEAVE): State.LEAVING,
    (State.REGISTERED, Input.LEAVE): State.LEAVING,
    (State.WAITING, Input.LEAVE): State.OFF,
    (State.REFUSED, Input.LEAVE): State.OFF,
    (State.LEAVING, Input.SEND): State.TRYING,
    (State.LEAVING, Input.GRANTED): State.OFF,
    (State.LEAVING, Input.FAILED): State.OFF,
    (State.LEAVING, Input.REFUSED): State.OFF,
}
