"""`omote import`: a file into the records, with a word for every row that was not taken; and back out again."""

import argparse
import json
import sys
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from app.compose import open_records, operator_of, password_of_records
from app.credentials import Credentials
from app.errors import UserError
from app.importing.because import sentence
from app.importing.columns import Surroundings
from app.importing.files import described, system_of
from app.importing.job import Aim, ImportJob, LeftBehind, OddRows, Progress, RecordsAddress, RefusedRows, Told
from app.importing.mapping import RememberedMappings
from app.importing.opened import Opened, Wanted, opened
from app.importing.process import import_file
from app.importing.progress_line import ProgressLine
from app.importing.refused_rows import refused_path, write_refused
from app.paths import Profile
from app.settings import Settings
from app.words import _
from db.importing.merge import Merged, merged_at
from db.importing.staged import DuplicateRule, ImportPlan, Refusal
from db.kinds import ImportKind
from db.pace import Pace

_MOST_SAID = 20
_MOST_KEPT = 100_000


def import_command(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """0: done, whatever rows were refused. Raises UserError, also if not one row could be taken."""
    remembered = RememberedMappings(profile.mappings_file)
    file = opened(Wanted(args.file, ImportKind(args.kind), args.mapping, args.encoding, args.sheet), remembered)
    job = _job(args, profile, settings, file)
    engine = open_records(profile, settings, pace=Pace.UNHURRIED)
    if not args.json:
        _say_columns(file)
    heard = _Heard(ProgressLine(sys.stderr, _nothing if args.json else _say))
    try:
        merged = import_file(job, heard.tell)
    except KeyboardInterrupt:
        merged = _cut_off(engine, job)
    finally:
        heard.line.end()
        engine.dispose()
    if args.mapping is not None and job.aim is Aim.MERGE:
        remembered.remember(file.mapping)
    _tell_end(args, merged, heard, _write_refused(args, file, heard))
    _require_rows(merged, args.file)
    return 0


@dataclass(slots=True)
class _Heard:
    """What an import says on its way."""

    line: ProgressLine
    refused: dict[int, Refusal] = field(default_factory=dict)
    odd: list[Refusal] = field(default_factory=list)
    odd_count: int = 0

    def tell(self, told: Told) -> None:
        if isinstance(told, Progress):
            self.line.show(told)
        elif isinstance(told, RefusedRows):
            for one in told.rows if len(self.refused) < _MOST_KEPT else ():
                self.refused.setdefault(one.row, one)
        elif isinstance(told, OddRows):
            self.odd_count += len(told.rows)
            self.odd.extend(told.rows[: _MOST_KEPT - len(self.odd)])
        elif isinstance(told, LeftBehind):
            self.line.end()
            _note(_("An import before this one was cut off; nothing of it is in the records."))


def _job(args: argparse.Namespace, profile: Profile, settings: Settings, file: Opened) -> ImportJob:
    now, kind, rule = datetime.now().astimezone(), ImportKind(args.kind), DuplicateRule(args.duplicates)
    plan = ImportPlan(kind, args.file.name, operator_of(settings), rule, system_of(file.source))
    password = password_of_records(settings, Credentials())
    address = RecordsAddress(settings.database.url, profile.database_folder, password)
    around = Surroundings(now.date(), settings.home_region, outside_prefix=settings.site.outside_prefix)
    return ImportJob(file.to_import(around), plan, address, now, Aim.DRY_RUN if args.dry_run else Aim.MERGE)


def _require_rows(merged: Merged, path: Path) -> None:
    taken = merged.created + merged.updated + merged.unchanged + merged.skipped
    if not taken and not merged.refused:
        raise UserError(_("{file} has no rows below its headings.").format(file=path.name), _("Nothing was imported."))
    if not taken:
        raise UserError(
            _("No row of {file} could be taken.").format(file=path.name),
            _("The lines above say why. Nothing was imported."),
        )


def _cut_off(engine: Any, job: ImportJob) -> Merged:
    """Ctrl+C: the records say whether it came before the merge or after."""
    merged = merged_at(engine, job.at) if job.aim is Aim.MERGE else None
    if merged is None:
        raise UserError(_("The import was cancelled."), _("Nothing of it is in the records."))
    return merged


def _say_columns(file: Opened) -> None:
    pairs = [(one, field) for one, field in zip(file.mapping.headings, file.mapping.fields, strict=True) if one]
    taken = [f"{heading} = {field}" if heading != field else heading for heading, field in pairs if field]
    left_out = [heading for heading, field in pairs if not field]
    _say(f"{file.source.path.name}: {described(file.source)}")
    _say(_("Columns: {names}.").format(names=", ".join(taken)))
    if left_out:
        _say(_("Not taken: {names}.").format(names=", ".join(left_out)))


def _write_refused(args: argparse.Namespace, file: Opened, heard: _Heard) -> Path | None:
    if not heard.refused or (args.dry_run and args.refused is None):
        return None
    path: Path = args.refused or refused_path(args.file)
    try:
        write_refused(file.source, heard.refused, path)
    except UserError as error:
        _note(str(error))
        return None
    return path


def _tell_end(args: argparse.Namespace, merged: Merged, heard: _Heard, refused_file: Path | None) -> None:
    if args.json:
        counts = {name: value for name, value in asdict(merged).items() if name not in ("batch_no", "seconds")}
        refusals = [one._asdict() for one in list(heard.refused.values())[:_MOST_KEPT]]
        odd = [one._asdict() for one in heard.odd]
        _say(json.dumps({
            "batch": merged.batch_no, "dry_run": args.dry_run, **counts, "odd": heard.odd_count,
            "refused_rows": refusals, "odd_rows": odd, "refused_file": str(refused_file or ""),
        }, ensure_ascii=False))  # fmt: skip
        return
    for heading, rows, count in (
        (_("Refused:"), list(heard.refused.values()), merged.refused),
        (_("Taken, but worth a look:"), heard.odd, heard.odd_count),
    ):
        _say_rows(heading, rows, count)
    if refused_file is not None:
        _say(_("The refused rows with their reasons: {path}").format(path=refused_file))
    _say(_counts(merged))
    if args.dry_run:
        _say(_("Nothing was changed: this was a dry run."))
    elif merged.batch_no:
        _say(_("To take it back: omote import undo {batch}").format(batch=merged.batch_no))


def _say_rows(heading: str, rows: list[Refusal], count: int) -> None:
    if not rows:
        return
    _say(heading)
    for one in rows[:_MOST_SAID]:
        told = _("  line {line}, {column}: {reason}").format(
            line=one.row, column=one.column or "-", reason=sentence(one.because)
        )
        _say(f"{told} ({one.value})" if one.value else told)
    if count > _MOST_SAID:
        _say(_("  … and {count} more").format(count=f"{count - _MOST_SAID:,}"))


def _counts(merged: Merged) -> str:
    return _("{created} new, {updated} updated, {unchanged} unchanged, {skipped} skipped, {refused} refused.").format(
        **{name: f"{value:,}" for name, value in asdict(merged).items() if name not in ("batch_no", "seconds")}
    )


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _nothing(_text: str) -> None:
    """For scripts."""


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201
