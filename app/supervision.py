"""What a supervisor has besides the calls: each with its own threads, none in the way of a ring."""

from dataclasses import dataclass
from typing import Any

from app.audit.audit_desk import AuditDesk
from app.calllog.call_log import CallLog
from app.clock import Clock
from app.complaint_board import ComplaintBoard
from app.db_worker import Post
from app.duplicates import Duplicates, DuplicatesPlace
from app.exporting.export_desk import ExportDesk
from app.figures.report_desk import ReportDesk
from app.importing.import_desk import ImportDesk, ImportPlace
from app.live.live_desk import LiveDesk


@dataclass(frozen=True, slots=True)
class Supervision:
    """Made once; the pages ask it."""

    imports: ImportDesk
    exports: ExportDesk
    duplicates: Duplicates
    audit: AuditDesk
    complaints: ComplaintBoard
    live: LiveDesk
    reports: ReportDesk
    call_log: CallLog

    @classmethod
    def over(cls, engine: Any, place: ImportPlace, post: Post, clock: Clock | None = None) -> "Supervision":
        """`engine` is one that may take its time."""
        return cls(
            ImportDesk(engine, post, place, clock),
            ExportDesk(post, place.records, place.seat, clock),
            Duplicates(engine, DuplicatesPlace(place.seat, place.records), post, clock),
            AuditDesk(engine, post, clock),
            ComplaintBoard(engine, post, clock),
            LiveDesk(engine, post, clock),
            ReportDesk(engine, post, place, clock),
            CallLog(engine, place, post, clock),
        )

    def stop(self) -> None:
        """End the threads."""
        first = self.call_log, self.reports, self.live, self.complaints
        for one in (*first, self.audit, self.duplicates, self.imports, self.exports):
            one.stop()
