"""Whether a number may be shown that one source tells and another withholds: never.

AMI, a push and a caller-ID box may say a number in clear whose caller asked the network to hide it.
"""

from dataclasses import replace

from cti.events import Caller, CallOffered, Direction
from cti.merged_call import MergedCall


def withholds(call: MergedCall, said: Caller) -> bool:
    """Whether `said` withholds the number that the call shows. A colleague's is not his, nor is one that we called."""
    return bool(call.caller.number) and said.withheld is not None and call.direction is Direction.IN


def as_may_be_shown(call: MergedCall, leg: CallOffered) -> CallOffered:
    """Another leg of a call: without its caller, if that one is withheld. Only a colleague who rings about it shows."""
    is_hidden = call.caller.withheld is not None and leg.caller.withheld is None
    if not is_hidden or (leg.direction is Direction.INTERNAL and not call.is_ringing):
        return leg
    return replace(leg, caller=Caller("", "", call.caller.withheld, leg.caller.identity_from))
