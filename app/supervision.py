"""What a supervisor has besides the calls: each with its own threads, none in the way of a ring."""

from dataclasses import dataclass
from typing import Any, Protocol

from app.audit.audit_desk import AuditDesk
from app.calllog.call_log import CallLog, CallLogPlace
from app.clock import Clock
from app.complaint_board import ComplaintBoard
from app.complaints import Complaints
from app.db_worker import Post
from app.duplicates import Duplicates, DuplicatesPlace
from app.exporting.export_desk import ExportDesk
from app.figures.report_desk import ReportDesk
from app.importing.import_desk import ImportDesk
from app.live.live_desk import LiveDesk
from app.live.presence import Presence
from app.obligations import Obligations
from app.person.persons_desk import DeskOfPersons, PersonsDesk
from app.reviews.reviewing import Reviewing
from app.reviews.reviews import Reviews
from app.roles import Roles
from app.supervision_place import SupervisionPlace


class SupervisedDesk(DeskOfPersons, Protocol):
    """What this needs of the desk."""

    complaints: Complaints
    obligations: Obligations
    presence: Presence
    reviews: Reviews
    roles: Roles


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
    persons: PersonsDesk
    reviewing: Reviewing

    @classmethod
    def over(cls, engine: Any, place: SupervisionPlace, post: Post, clock: Clock | None = None) -> "Supervision":
        """`engine` is one that may take its time."""
        seat, records = place.seat, place.imports.records
        return cls(
            ImportDesk(engine, post, place.imports, clock),
            ExportDesk(post, records, seat, clock),
            Duplicates(engine, DuplicatesPlace(seat, records), post, clock),
            AuditDesk(engine, post, clock),
            ComplaintBoard(engine, post, clock),
            LiveDesk(engine, post, clock),
            ReportDesk(engine, post, place, clock),
            CallLog(engine, CallLogPlace(seat, records, place.recording_url), post, clock),
            PersonsDesk(engine, place, post, clock),
            Reviewing(engine, seat, post, clock),
        )

    def used_at(self, desk: SupervisedDesk) -> None:
        """What is done on these pages goes the desk's own way; and it tells of itself."""
        self.audit.written_by(desk.views)
        desk.roles.changed.append(lambda: desk.views.role(desk.roles.role))
        self.complaints.moved_by(desk)
        self.persons.used_at(desk)
        self.live.when_signed = self.persons.files.look
        self.live.told_by(desk.presence)
        self.reviewing.said_by(desk)

    def stop(self) -> None:
        """End the threads."""
        first = self.reviewing, self.call_log, self.reports, self.live, self.complaints, self.persons
        for one in (*first, self.audit, self.duplicates, self.imports, self.exports):
            one.stop()
