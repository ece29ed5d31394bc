"""Exports as the page sees them: in a process of their own, one at a time; nothing here waits."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from app.audit.exports import audited
from app.audit.signature import AuditEntry, Signature
from app.clock import Clock
from app.db_worker import Post, Worker
from app.error_words import error_words
from app.errors import UserError
from app.exporting.order import ExportOrder, entry_about, has_period, table_asked
from app.exporting.tables import ExportKind, Row
from app.exporting.writers import REPLACE_OPTION, Lacking, Written, forget_part, told_lost, write
from app.importing.job import RecordsAddress
from app.own_process import Hearing, Killed, Line, OwnProcess
from app.seat import Seat
from app.trouble_words import user_error
from app.words import _
from db.engine import open_engine
from db.errors import DatabaseUnavailable

__all__ = [
    "REPLACE_OPTION", "ExportDesk", "ExportKind", "ExportListener", "ExportOrder", "Lacking", "Written", "has_period",
    "told_lost",
]  # fmt: skip
_TELL_EVERY = 2_000


class ExportListener(Protocol):
    """Hears, in the desk's thread, how many rows are written, and once how the export ended."""

    def export_tells(self, rows: int) -> None: ...
    def export_ended(self, end: Written | UserError) -> None: ...


@dataclass(frozen=True, slots=True)
class _Job:
    order: ExportOrder
    records: RecordsAddress
    entry: AuditEntry


class ExportDesk:
    """`records` is asked where they are when an export begins: the keyring may take its time."""

    def __init__(
        self, post: Post, records: Callable[[], RecordsAddress], seat: Seat, clock: Clock | None = None
    ) -> None:
        self._post, self._records, self._seat = post, records, seat
        self._clock = clock or Clock()
        self._worker = Worker("export", post)
        self._process: OwnProcess[int, Written] | None = None
        self._is_wanted = False

    @property
    def today(self) -> date:
        """By this PC's clock."""
        return self._clock.now().astimezone().date()

    def begin(self, order: ExportOrder, listener: ExportListener) -> None:
        """Write the file, unless it is cancelled first."""
        self._is_wanted = True
        entry = entry_about(order, Signature.of(self._seat, self._clock))

        def ended(end: Written | UserError) -> None:
            self._process, self._is_wanted = None, False
            listener.export_ended(end)

        def said(end: Written | UserError | Killed) -> None:
            self._post(ended, self._cut_off(order) if isinstance(end, Killed) else end)

        def failed(error: Exception) -> None:
            ended(error if isinstance(error, UserError) else UserError(error_words(error), ""))

        def start() -> OwnProcess[int, Written]:
            hearing: Hearing[int, Written] = Hearing(self._post, listener.export_tells, said)
            return OwnProcess("export", _run, _Job(order, self._records(), entry), hearing)

        self._worker.ask(start, self._started, failed)

    def cancel(self) -> None:
        """Nothing is written; a file that was there stays."""
        self._is_wanted = False
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End with the program."""
        if (process := self._process) is not None:
            process.kill()
            process.wait()
        self._worker.stop()

    def _started(self, process: OwnProcess[int, Written]) -> None:
        self._process = process
        if not self._is_wanted:
            process.kill()

    def _cut_off(self, order: ExportOrder) -> UserError:
        forget_part(order.path)
        if not self._is_wanted:
            return UserError(_("The export was cancelled."), _("Nothing was written."))
        return UserError(_("The export ended before its time."), _("Nothing was written. Try again."))


def _run(line: Line, job: _Job) -> Written:
    """The export's process."""
    order, records = job.order, job.records
    engine = open_engine(records.url, records.folder, lambda: records.password)
    try:
        return audited(engine, job.entry, lambda: _written(line, order, engine))
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    finally:
        engine.dispose()


def _written(line: Line, order: ExportOrder, engine: Any) -> Written:
    table = table_asked(order, engine)
    told = table._replace(rows=_counted(table.rows, line))
    return write([told], order.path, order.encoding, order.lacking)


def _counted(rows: Iterable[Row], line: Line) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield row
        if not number % _TELL_EVERY:
            line.tell(number)
