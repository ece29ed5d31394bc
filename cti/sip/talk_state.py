"""The life of a call that was answered, as a table: from the 200 to the last BYE."""

from enum import StrEnum


class TalkState(StrEnum):
    ACCEPTED = "accepted"  # our 200 has no ACK yet
    TALKING = "talking"
    HANGING_UP = "hanging up"  # wanted before the ACK came: no BYE may leave earlier (section 15)
    LEAVING = "leaving"  # our BYE has left
    OVER = "over"


class TalkInput(StrEnum):
    ACK = "ack"
    HANG_UP = "hang up"
    BYE = "bye"
    UNHEARD = "unheard"  # no ACK for 32 seconds
    GONE = "gone"  # our BYE is answered, or never will be


_S, _I = TalkState, TalkInput
MOVES = {
    (_S.ACCEPTED, _I.ACK): _S.TALKING,
    (_S.ACCEPTED, _I.HANG_UP): _S.HANGING_UP,
    (_S.ACCEPTED, _I.UNHEARD): _S.LEAVING,
    (_S.ACCEPTED, _I.BYE): _S.OVER,
    (_S.HANGING_UP, _I.ACK): _S.LEAVING,
    (_S.HANGING_UP, _I.UNHEARD): _S.LEAVING,
    (_S.HANGING_UP, _I.BYE): _S.OVER,
    (_S.TALKING, _I.HANG_UP): _S.LEAVING,
    (_S.TALKING, _I.BYE): _S.OVER,
    (_S.LEAVING, _I.GONE): _S.OVER,
}
