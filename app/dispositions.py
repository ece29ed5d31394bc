"""Which outcome codes this desk offers: the settings' tree, or where they have none what the records offer.

The settings' tree is brought into the records through the outbox, before any call that uses it.
"""

from collections.abc import Callable, Sequence

from app.finishing import FinishRules
from app.keeping import StatusBoard
from app.parts import TreeSnapshot
from app.place import Place
from app.records import Records
from db.dispositions import DispositionFact, facts_of

__all__ = ["DispositionFact", "Dispositions"]

Then = Callable[[Sequence[DispositionFact]], object]


class Dispositions:
    """`rules` learn which codes need a note."""

    def __init__(self, records: Records, place: Place, board: StatusBoard) -> None:
        self._records = records
        self._place = place
        self._board = board
        self.rules = FinishRules(disposition_required=place.disposition_required)
        self.are_known = False
        self._codes: Sequence[DispositionFact] | None = None

    def begin(self, then: Then) -> None:
        """`then` gets all codes, also those that only old calls have; again when the records have been asked."""
        tree = self._place.dispositions
        if tree:
            self._records.put(
                self._place.clock.new_id(), [TreeSnapshot(tree)], lambda _safe: None, self._board.records_failed
            )
            self._learn(facts_of(tree), then)
        self.ask(then)

    def offer(self, then: Then) -> None:
        """What is known by now; at first `begin`."""
        if self._codes is None:
            self.begin(then)
        else:
            then(self._codes)

    def ask(self, then: Then) -> None:
        """What the records say, which could not be asked before or have been asked already."""
        self._records.dispositions(lambda found: self._found(found, then), self._board.records_failed)

    def _found(self, found: Sequence[DispositionFact], then: Then) -> None:
        self.are_known = True
        if offered := facts_of(self._place.dispositions):
            mine = {one.code for one in offered}
            found = [*offered, *(one.as_old() for one in found if one.code not in mine)]
        self._learn(found, then)

    def _learn(self, codes: Sequence[DispositionFact], then: Then) -> None:
        self._codes = codes
        self.rules.learn(codes)
        then(codes)
