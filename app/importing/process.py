"""An import from file to records: here, or in a process of its own, so that a busy Python never delays the screen.

Whatever ends it (an error, a kill, a cancel), the records have all of it or nothing.
"""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from app.audit.signature import AuditAction, AuditEntry, Signature
from app.errors import UserError
from app.importing.job import Aim, ImportJob, LeftBehind, OddRows, Progress, RefusedRows, Stage, Tell, Told
from app.importing.workers import stage_file
from app.own_process import Hearing, Killed, Line, OwnProcess
from app.trouble_words import user_error
from app.words import _
from db.engine import open_engine
from db.errors import DatabaseUnavailable, Trouble
from db.importing.merge import Merge, Merged, merged_at
from db.importing.parts import ImportRunning, StagingPlace

Post = Callable[..., None]
Ended = Callable[[Merged | UserError], object]


def import_file(job: ImportJob, tell: Tell) -> Merged:
    """Do it in this process (and its workers). Raises UserError; then nothing was imported."""
    try:
        with _staging_place(job) as place:
            if place.left_behind:
                tell(LeftBehind())
            rows = stage_file(job.file, job.plan.kind, place, tell)
            return _merge(job, place, rows, tell)
    except DatabaseUnavailable as error:
        raise user_error(error) from error


@contextmanager
def _staging_place(job: ImportJob) -> Any:
    try:
        place = StagingPlace(job.records.folder)
    except ImportRunning as error:
        raise UserError(
            _("Another import is running."), _("Wait until it has ended. Nothing of this one was imported.")
        ) from error
    try:
        yield place
    finally:
        place.leave()


def _merge(job: ImportJob, place: StagingPlace, rows: int, tell: Tell) -> Merged:
    engine = open_engine(job.records.url, job.records.folder, lambda: job.records.password)
    try:
        tell(Progress(Stage.COMPARING, rows, 1.0))
        with Merge(engine, place, job.plan) as merge:
            found = merge.compare()
            if job.aim is Aim.MERGE:
                tell(Progress(Stage.MERGING, rows, 1.0))
                found = merge.write(found, job.at, _entry(job))
            for refused in merge.refusals():
                tell(RefusedRows(tuple(refused)))
            for odd in place.odd():
                tell(OddRows(tuple(odd)))
            return found
    except DatabaseUnavailable as error:
        if error.reason is not Trouble.UNREACHABLE:
            raise
        return _kept_all_the_same(engine, job)
    finally:
        engine.dispose()


def _entry(job: ImportJob) -> AuditEntry:
    """Whose import it was; which one is known when it is there."""
    return Signature(job.plan.operator).entry(AuditAction.IMPORTED, "import_batch", what=job.plan.kind.value)


def _kept_all_the_same(engine: Any, job: ImportJob) -> Merged:
    """A server that went away while it was told to keep all may have kept it. Raises UserError if it has not."""
    what = _("The database server went away during the import.")
    try:
        merged = merged_at(engine, job.at) if job.aim is Aim.MERGE else None
    except DatabaseUnavailable as error:
        todo = _("All of it is in the records, or nothing. Look at the list of imports before you try again.")
        raise UserError(what, todo) from error
    if merged is None:
        raise UserError(what, _("Nothing of it is in the records. Try again."))
    return merged


class ImportRun:
    """An import in a process of its own. `post` runs a callable in the caller's thread, as everywhere.

    `tell` hears how it goes, `ended` once how it ended.
    """

    def __init__(self, job: ImportJob, post: Post, tell: Tell, ended: Ended) -> None:
        self._job = job
        self._is_cancelled = False

        def said(end: Merged | UserError | Killed) -> None:
            post(ended, self._found_out() if isinstance(end, Killed) else end)

        self._process: OwnProcess[Told, Merged] = OwnProcess("import", _run, job, Hearing(post, tell, said))

    @property
    def pid(self) -> int:
        """The process that works, whose children are the workers."""
        return self._process.pid

    def cancel(self) -> None:
        """Nothing of it stays, unless it has been merged already: then `ended` says so."""
        self._is_cancelled = True
        self._process.kill()

    def wait(self) -> None:
        """Until it has ended and has said so."""
        self._process.wait()

    def _found_out(self) -> Merged | UserError:
        """It was killed: the records say whether before or after the merge."""
        records = self._job.records
        try:
            with _staging_place(self._job):
                engine = open_engine(records.url, records.folder, lambda: records.password)
                merged = merged_at(engine, self._job.at) if self._job.aim is Aim.MERGE else None
                engine.dispose()
        except DatabaseUnavailable as error:
            return user_error(error)
        except UserError as error:
            return error
        if merged is not None:
            return merged
        if self._is_cancelled:
            return UserError(_("The import was cancelled."), _("Nothing of it is in the records."))
        return UserError(_("The import ended before its time."), _("Nothing of it is in the records. Try again."))


def _run(line: Line, job: ImportJob) -> Merged:
    """The import's process."""
    return import_file(job, line.tell)
