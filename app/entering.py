"""What an operator enters into the records from a call: a new customer, or the number that rang for a known one."""

from uuid import UUID

from app import call_rows
from app.call import Call
from app.call_rows import CustomerSnapshot, NumberSnapshot
from app.keeping import StatusBoard
from app.phone_number import e164_int
from app.place import Place
from app.pop import Trouble
from app.records import Records
from app.unsent import unsent_card, with_numbers
from app.who_is_it import LIMIT_MS, WhoIsIt
from db.belonging import NewCustomer

__all__ = ["Entering", "NewCustomer", "is_recorded"]


def is_recorded(call: Call) -> bool:
    """Whether there is nothing to record: no open card, no number that could be trusted, or one that stands there."""
    facts, e164 = call.pop.facts, e164_int(call.ring.number.key)
    if facts is None or e164 is None or call.ring.withheld is not None or call.ring.may_be_spoofed:
        return True
    return any(one.e164 == e164 for one in facts.numbers)


Snapshot = CustomerSnapshot | NumberSnapshot


class Entering:
    """Like a note it is kept on this PC first; the card shows what waits until the records have it.

    While they take it at once, the card that opens is theirs, as if they had been asked directly.
    """

    def __init__(self, records: Records, who: WhoIsIt, board: StatusBoard, place: Place) -> None:
        self._records = records
        self._who = who
        self._board = board
        self._place = place
        self._under_way: dict[UUID, Snapshot] = {}

    def create(self, call: Call, new: NewCustomer) -> None:
        """The caller is somebody whom the records do not know; past calls of the number follow, and the card opens."""
        self._enter(call, call_rows.customer_of(call, new, self._place.operator))

    def attach(self, call: Call) -> None:
        """The number that rang is the open customer's, from now on; past calls of the number follow."""
        if (attached := call_rows.attached_of(call, self._place.operator)) is not None:
            self._enter(call, attached)

    def _enter(self, call: Call, entered: Snapshot) -> None:
        """A second press while the first is under way enters nothing twice."""
        if call.id in self._under_way:
            return
        self._under_way[call.id] = entered
        self._records.enter(
            call,
            entered,
            lambda _safe: self._place.later(LIMIT_MS, lambda: self._overdue(call, entered)),
            lambda error: self._not_entered(call, error),
        )
        self._records.when_sent(lambda trouble: self._tried(call, entered, trouble))

    def _not_entered(self, call: Call, error: Exception) -> None:
        self._under_way.pop(call.id, None)
        self._board.records_failed(error)

    def _overdue(self, call: Call, entered: Snapshot) -> None:
        """Somebody holds the records; what is safe here need not wait for them."""
        if self._was_under_way(call, entered):
            self._show(call, entered)

    def _tried(self, call: Call, entered: Snapshot, trouble: Trouble | None) -> None:
        is_first = self._was_under_way(call, entered)
        if is_first and trouble is not None:
            self._show(call, entered)
        elif is_first and self._is_still_asked(call, entered):
            self._who.choose(call, entered.customer_id)
        elif trouble is None:
            self._who.sent(call)

    def _was_under_way(self, call: Call, entered: Snapshot) -> bool:
        if self._under_way.get(call.id) is not entered:
            return False
        del self._under_way[call.id]
        return True

    def _show(self, call: Call, entered: Snapshot) -> None:
        if isinstance(entered, CustomerSnapshot):
            self._who.show(call, unsent_card(entered.entered))
        elif self._is_still_asked(call, entered) and call.pop.facts is not None:
            self._who.show(call, with_numbers(call.pop, [entered]))

    def _is_still_asked(self, call: Call, entered: Snapshot) -> bool:
        """Whether the operator has not moved on to another customer."""
        return isinstance(entered, CustomerSnapshot) or call.opened_id == entered.customer_id
