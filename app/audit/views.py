"""Personal data that an operator opened by hand: on its way into the audit log as safely as a note is.

A card that a ring opens by itself is not here: the call's own row, its candidates and its trace tell of it.
"""

from collections.abc import Callable
from uuid import UUID

from app.audit.signature import AuditAction, AuditEntry, Signature
from app.clock import Clock
from app.parts import AuditSnapshot
from app.records import Records
from app.seat import Seat


class Views:
    """Through the outbox: on this PC's disk first, in the log as soon as the database takes it."""

    def __init__(self, records: Records, seat: Seat, clock: Clock, failed: Callable[[Exception], object]) -> None:
        self._records, self._seat, self._clock, self._failed = records, seat, clock, failed

    def card(self, customer_id: int, how: str, call_id: UUID | None = None) -> None:
        """A customer's card; `how` is one word for the way to it."""
        call = str(call_id) if call_id is not None else None
        self.put(self._signature().entry(AuditAction.CARD_OPENED, "customer", customer_id, how=how, call=call))

    def call(self, call_id: UUID, how: str) -> None:
        """What was said and written at a past call."""
        self.put(self._signature().entry(AuditAction.CALL_OPENED, "call", call_id, how=how))

    def role(self, role: str) -> None:
        """Whoever works here sees more from now on, or less."""
        self.put(self._signature().entry(AuditAction.ROLE_CHANGED, role=role))

    def checked(self, entries: int, head: str, *, holds: bool) -> None:
        """The whole log was read; its end as it was then stands in what comes after."""
        self.put(self._signature().entry(AuditAction.CHECKED, holds=holds, entries=entries, head=head))

    def put(self, entry: AuditEntry) -> None:
        """Safe on this PC's disk in a moment."""
        self._records.put(entry.id, [AuditSnapshot(entry)], lambda _safe: None, self._failed)

    def _signature(self) -> Signature:
        return Signature.of(self._seat, self._clock)
