"""Reports as their page sees them: counted on a thread of their own, which mostly waits for the database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from app.audit.exports import audited
from app.audit.signature import AuditAction, AuditEntry, Signature
from app.clock import Clock
from app.db_worker import Post, Worker
from app.exporting.writers import Lacking, Written, write
from app.figures.asked import Asked
from app.figures.cells import sheets
from app.figures.house_rules import ChosenRules
from app.figures.report import Report
from app.figures.reports import REPORTS, ReportKind
from app.seat import Seat
from app.trouble_words import user_error
from db.engine import reading
from db.errors import DatabaseUnavailable
from db.reports.choices import Choices, choices

__all__ = ["Choices", "ReportDesk", "ReportKind", "put_out"]
Failed = Callable[[Exception], object]


def put_out(report: Report) -> Written:
    """What went out, where no file's writer tells it."""
    return Written(sum(len(table.rows) for table in report.tables), {}, 0)


class ReportPlace(Protocol):
    """Who reads, and by which rules is counted."""

    @property
    def seat(self) -> Seat: ...
    @property
    def rules(self) -> ChosenRules: ...


class ReportDesk:
    """`engine` is one that may take its time. Answers come back in the desk's thread."""

    def __init__(self, engine: Any, post: Post, place: ReportPlace, clock: Clock | None = None) -> None:
        self._engine, self._seat, self.rules = engine, place.seat, place.rules
        self.clock = clock or Clock()
        self._worker = Worker("reports", post)

    @property
    def today(self) -> date:
        """By the clock of the house."""
        return self.clock.now().astimezone(self.rules.house.zone).date()

    def make(self, kind: ReportKind, asked: Asked, then: Callable[[Report], object], failed: Failed) -> None:
        """Count."""
        self._worker.ask(lambda: self._read(lambda on: REPORTS[kind].report(on, asked)), then, failed)

    def choices(self, then: Callable[[Choices], object], failed: Failed) -> None:
        """What can be chosen."""
        self._worker.ask(lambda: self._read(choices), then, failed)

    def write(self, report: Report, path: Path, then: Callable[[Written], object], failed: Failed) -> None:
        """Into an .xlsx or CSV file, audited."""
        self.put_out(report, path.name, lambda: write(sheets(report), path, "utf-8", Lacking.REFUSED), then, failed)

    def put_out(
        self, report: Report, where: str, out: Callable[[], Written], then: Callable[[Written], object], failed: Failed
    ) -> None:
        """Let `out` do it, on the reports' thread, between two entries of the audit log."""
        self._worker.ask(lambda: self._audited(report, where, out), then, failed)

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()

    def _audited(self, report: Report, where: str, out: Callable[[], Written]) -> Written:
        begun = self._entry(report, where)
        try:
            return audited(self._engine, begun, out)
        except DatabaseUnavailable as error:
            raise user_error(error) from error

    def _entry(self, report: Report, where: str) -> AuditEntry:
        by = Signature.of(self._seat, self.clock)
        return by.entry(AuditAction.EXPORT_BEGUN, what=report.title, file=where)

    def _read(self, job: Callable[[Any], Any]) -> Any:
        try:
            with reading(self._engine) as connection:
                return job(connection)
        except DatabaseUnavailable as error:
            raise user_error(error) from error
