"""Which of two sources names the caller better, where they tell of one call.

Who asserts beats who only says: the network's header and the PBX's own events, a dialog event, From, and last of all
those who were told it by somebody else. Withheld beats them all, see `cti.shown_caller`.
"""

from dataclasses import replace

from cti.events import Caller, IdentityFrom, Verstat
from cti.same_number import is_same_number

_RANKS = {
    IdentityFrom.PAI: 0, IdentityFrom.RPID: 0, IdentityFrom.AMI: 0, IdentityFrom.DIALOG_INFO: 1, IdentityFrom.FROM: 2,
    IdentityFrom.PUSH: 3, IdentityFrom.NCID: 4, IdentityFrom.COMMAND: 5, None: 6,
}  # fmt: skip


def is_better(said: Caller, known: Caller) -> bool:
    """Whether `said` is the better witness of who calls; of equals the first stays. Spoofed never beats verified."""
    if {said.verstat, known.verstat} == {Verstat.FAILED, Verstat.VERIFIED}:
        return said.verstat is Verstat.VERIFIED
    return _RANKS[said.identity_from] < _RANKS[known.identity_from]


def better_of(known: Caller, said: Caller) -> Caller:
    """Of two callers with a number: the better one, and what the other knows besides if he has the same number."""
    better, other = (said, known) if is_better(said, known) else (known, said)
    if not is_same_number(better.number, other.number):
        return better
    return replace(better, name=better.name or other.name, verstat=better.verstat or other.verstat)
