"""Another caller of a call that rings: what an UPDATE or a re-INVITE says (RFC 3311, RFC 3325, RFC 4916).

Two rules. A call whose caller has withheld the number stays withheld: what comes later may name the same person. A
request that names nobody says nothing new.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cti.events import Caller
from cti.sip.caller import read_caller
from cti.sip.headers import NameAddr
from cti.sip.message import Request
from cti.sip.settings import Identity
from cti.sip.withheld import hides_name, hides_number, number_of


@dataclass(frozen=True, slots=True)
class Told:
    """What the requests of a dialog have told so far: their From, and whether one asked to keep the name private."""

    sender: NameAddr
    hides_name: bool

    @classmethod
    def by(cls, request: Request) -> "Told":
        return cls(request.sender, hides_name(request))

    def then(self, request: Request) -> "Told":
        return Told(request.sender, self.hides_name or hides_name(request))


def changed_caller(request: Request, told: Told, order: Sequence[Identity], before: Caller) -> Caller | None:
    """Who calls now, None if that is still `before`; `told` is of what came before.

    For a peer that is trusted, like `read_caller`.
    """
    if before.withheld is not None:
        return None
    said = read_caller(request, _telling(request, told.sender, order))
    if said.withheld is not None:  # PBXs invent an anonymous caller where they know of none: Privacy alone is meant
        return said if hides_number(request) else None
    if not said.number:
        return None
    if said.number == before.number:  # what is not said again still holds
        name = before.name if told.hides_name else said.name or before.name
        said = replace(said, name=name, verstat=said.verstat or before.verstat)
    is_known = (said.number, said.name, said.verstat) == (before.number, before.name, before.verstat)
    return None if is_known else said


def _telling(request: Request, before: NameAddr, order: Sequence[Identity]) -> list[Identity]:
    """From repeats the dialog's first, which may be a trunk's, unless its sender knows RFC 4916."""
    has_new_from = number_of(request.sender) != number_of(before)
    return [kind for kind in order if kind != "from" or has_new_from]
