"""What an operator enters into the records from a call: a new customer, or the number that rang for a known one."""

from uuid import UUID

from app.call import Call
from app.keeping import StatusBoard
from app.phone_number import e164_int
from app.records import Records
from app.who_is_it import WhoIsIt
from db.belonging import NewCustomer

__all__ = ["Entering", "NewCustomer", "is_recorded"]


def is_recorded(call: Call) -> bool:
    """Whether there is nothing to record: no open card, no number that could be trusted, or one that stands there."""
    facts, e164 = call.pop.facts, e164_int(call.ring.number.key)
    if facts is None or e164 is None or call.ring.withheld is not None or call.ring.may_be_spoofed:
        return True
    return any(one.e164 == e164 for one in facts.numbers)


class Entering:
    """Writes at once, unlike notes: without the database neither is possible, and the states say so."""

    def __init__(self, records: Records, who: WhoIsIt, board: StatusBoard, operator: str) -> None:
        self._records = records
        self._who = who
        self._board = board
        self._operator = operator
        self._under_way: set[UUID] = set()

    def create(self, call: Call, new: NewCustomer) -> None:
        """The caller is somebody whom the records do not know; past calls of the number follow, and the card opens.

        A second press while the first is under way enters nobody twice.
        """
        if call.id in self._under_way:
            return
        self._under_way.add(call.id)
        self._records.create_customer(
            call,
            new,
            self._operator,
            lambda key: self._created(call, key),
            lambda error: self._not_created(call, error),
        )

    def _created(self, call: Call, customer_id: int) -> None:
        self._under_way.discard(call.id)
        self._who.choose(call, customer_id)

    def _not_created(self, call: Call, error: Exception) -> None:
        self._under_way.discard(call.id)
        self._board.records_failed(error)

    def attach(self, call: Call) -> None:
        """The number that rang is the open customer's, from now on; past calls of the number follow."""
        customer_id = call.opened_id
        if customer_id is not None:
            self._records.attach_number(
                call, customer_id, self._operator, lambda _followed: self._attached(call, customer_id),
                self._board.records_failed,
            )  # fmt: skip

    def _attached(self, call: Call, customer_id: int) -> None:
        if call.opened_id == customer_id:  # else the operator has moved on
            self._who.choose(call, customer_id)
