"""The calls on the desk, and which one is on the card. A newcomer never replaces the card being worked on."""

from collections.abc import Iterator
from uuid import UUID

from app.call import LIVE, OTHERS, Call, CallState
from cti.events import CallOffered

MOST_OTHERS = 10


class Calls:
    """Kept in the order of their first ring."""

    def __init__(self) -> None:
        self._calls: dict[UUID, Call] = {}
        self.selected_id: UUID | None = None

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls.values()))

    def __len__(self) -> int:
        return len(self._calls)

    def add(self, call: Call) -> None:
        self._calls[call.id] = call

    def get(self, call_id: UUID) -> Call | None:
        return self._calls.get(call_id)

    def by_source(self, source: str, source_id: str) -> Call | None:
        """The call that a source means by one of its legs."""
        for call in self._calls.values():
            if not call.is_restored and any((leg.source, leg.source_id) == (source, source_id) for leg in call.legs):
                return call
        return None

    def taken_back_as(self, offered: CallOffered) -> Call | None:
        """The call of a draft or of the log that rings now: the same call for the PBX, or the same for its source."""
        for call in self._calls.values():
            ring = call.ring
            is_linked = bool(offered.linked_id) and ring.linked_id == offered.linked_id
            is_same = (ring.source, ring.source_id) == (offered.source, offered.source_id)
            if call.is_restored and (is_linked or is_same):
                return call
        return None

    @property
    def selected(self) -> Call | None:
        return self._calls.get(self.selected_id) if self.selected_id else None

    @property
    def is_ringing(self) -> bool:
        """Whether a call rings that can be seen."""
        return any(call.state is CallState.RINGING for call in self._seen())

    def offer(self, newcomer: Call) -> None:
        """Select a newcomer, unless the selected card is in use."""
        if self.selected is None or not self.selected.is_in_use:
            self.selected_id = newcomer.id

    def select_next(self, leaving: Call) -> None:
        """Another unfinished call comes to the card; `leaving` stays there when it is the only one."""
        for call in self._seen():
            if call is not leaving and call.state in LIVE | {CallState.AFTER_CALL}:
                self.selected_id = call.id
                return

    def let_go_of_old(self) -> None:
        """Calls that rang only and that nobody touched stay in today's list; the strip keeps the ones worth a look.

        A colleague's goes first, then a stranger's, then a customer's who has been missed; the oldest of each before.
        """
        untouched = [call for call in self._calls.values() if call.state in OTHERS and not call.is_in_use]
        unheard = [call for call in self._calls.values() if call.why_no_pop and call.is_taken_by_nobody_known]
        for call in [*sorted(untouched, key=_worth_a_look)[:-MOST_OTHERS], *unheard[:-MOST_OTHERS]]:
            self.remove(call.id)

    def remove(self, call_id: UUID) -> None:
        """Take a finished call away; a live one comes to the card, else the oldest that is left."""
        self._calls.pop(call_id, None)
        if self.selected_id == call_id:
            rest = sorted(self._seen(), key=lambda call: call.state not in LIVE)
            self.selected_id = rest[0].id if rest else None

    def _seen(self) -> list[Call]:
        """Without those that do not pop: an internal call, a line that pops on answer or never."""
        return [call for call in self._calls.values() if call.why_no_pop is None]


def _worth_a_look(call: Call) -> tuple[bool, bool]:
    is_missed = call.state is CallState.MISSED
    return is_missed, is_missed and (call.pop.facts is not None or bool(call.pop.candidates))
