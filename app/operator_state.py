"""What an operator does at the moment, as a supervisor would say it."""

from collections.abc import Iterable
from enum import StrEnum

from app.call import Call, CallState
from app.screen import Status


class OperatorState(StrEnum):
    """A break counts for more than anything that goes on meanwhile, a call for more than the work after another."""

    BREAK = "break"
    ON_CALL = "on_call"
    AFTER_CALL = "after_call"
    READY = "ready"


def operator_state(status: Status, calls: Iterable[Call]) -> OperatorState:
    """From the desk's own facts: nobody has to set it."""
    states = {call.state for call in calls if call.by_hand is None}
    if status.break_since is not None:
        return OperatorState.BREAK
    if states & {CallState.TALKING, CallState.DIALLING}:
        return OperatorState.ON_CALL
    return OperatorState.AFTER_CALL if CallState.AFTER_CALL in states else OperatorState.READY
