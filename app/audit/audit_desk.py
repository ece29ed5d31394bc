"""The audit log as its page sees it: read page by page, checked from end to end; nothing here waits."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from app.audit.audit_words import to_note_down
from app.audit.signature import AuditAction
from app.audit.views import Views
from app.clock import Clock
from app.db_worker import Post, Worker
from db.audit.listing import PAGE, Told, Wanted, entries, operators
from db.audit.verify import Fault, Verdict, verify
from db.engine import reading

__all__ = ["PAGE", "AuditAction", "AuditDesk", "Fault", "Told", "Verdict", "Wanted"]

Failed = Callable[[Exception], object]
Result = TypeVar("Result")


class AuditDesk:
    """Asks an engine that may take its time; a check of a long log holds up nobody who reads it."""

    def __init__(self, engine: Any, post: Post, clock: Clock | None = None) -> None:
        self._engine = engine
        self.clock = clock or Clock()
        self._views: Views | None = None
        self._reading, self._checking = Worker("audit", post), Worker("audit-check", post)

    def written_by(self, views: Views) -> None:
        """What supervisors see is written down as what operators see is: by the desk's own way."""
        self._views = views

    def saw_call(self, call_id: UUID) -> None:
        """Somebody looks at the details of a call."""
        if self._views is not None:
            self._views.call(call_id, "details")

    def entries(
        self, wanted: Wanted, last: Told | None, then: Callable[[tuple[Told, ...]], object], failed: Failed
    ) -> None:
        """The newest first, those behind `last`; fewer than PAGE: there are no more."""
        self._reading.ask(lambda: self._read(lambda on: entries(on, wanted, last)), then, failed)

    def operators(self, then: Callable[[tuple[str, ...]], object], failed: Failed) -> None:
        """Whoever stands in the log."""
        self._reading.ask(lambda: self._read(operators), then, failed)

    def check(self, then: Callable[[Verdict], object], failed: Failed) -> None:
        """Whether the chain holds. That it was checked stands in it afterwards, for whoever looks next."""

        def checked(found: Verdict) -> None:
            if self._views is not None:
                self._views.checked(found.entries, to_note_down(found), holds=found.fault is None)
            then(found)

        self._checking.ask(lambda: self._read(verify), checked, failed)

    def last_check(self, then: Callable[[Told | None], object], failed: Failed) -> None:
        """When somebody has checked it last, and what came of it."""
        wanted = Wanted(action=AuditAction.CHECKED)
        self._reading.ask(lambda: next(iter(self._read(lambda on: entries(on, wanted))), None), then, failed)

    def stop(self) -> None:
        """End the threads."""
        self._reading.stop()
        self._checking.stop()

    def _read(self, job: Callable[[Any], Result]) -> Result:
        with reading(self._engine) as connection:
            return job(connection)
