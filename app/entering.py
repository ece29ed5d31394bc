"""What an operator enters into the records from a call: a new customer, or the number that rang for a known one."""

from app.call import Call
from app.keeping import StatusBoard
from app.records import Records
from app.who_is_it import WhoIsIt
from db.belonging import NewCustomer

__all__ = ["Entering", "NewCustomer"]


class Entering:
    """Writes at once, unlike notes: without the database neither is possible, and the states say so."""

    def __init__(self, records: Records, who: WhoIsIt, board: StatusBoard, operator: str) -> None:
        self._records = records
        self._who = who
        self._board = board
        self._operator = operator

    def create(self, call: Call, new: NewCustomer) -> None:
        """The caller is somebody whom the records do not know; past calls of the number follow, and the card opens."""
        self._records.create_customer(
            call, new, self._operator, lambda key: self._who.choose(call, key), self._board.records_failed
        )

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
