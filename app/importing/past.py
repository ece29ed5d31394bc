"""`omote import list` and `omote import undo`: what was imported, and how to have it out again."""

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.compose import open_records, operator_of
from app.errors import UserError
from app.paths import Profile
from app.settings import Settings
from app.trouble_words import user_error
from app.words import _
from db.errors import DatabaseUnavailable
from db.importing.undo import AlreadyUndone, Batch, NoSuchBatch, Undone, batches, undo
from db.pace import Pace


def list_imports(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """The newest first."""
    engine = open_records(profile, settings, pace=Pace.UNHURRIED)
    try:
        found = batches(engine)
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    finally:
        engine.dispose()
    if args.json:
        _say(json.dumps([asdict(one) for one in found], ensure_ascii=False, default=_iso))
        return 0
    if not found:
        _say(_("Nothing was imported so far."))
    for one in found:
        _say(_line(one))
    return 0


def undo_import(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Raises UserError; then everything is as it was."""
    engine = open_records(profile, settings, pace=Pace.UNHURRIED)
    try:
        done = undo(engine, args.batch, operator_of(settings), datetime.now().astimezone())
    except NoSuchBatch as error:
        raise UserError(
            _("There is no import {batch}.").format(batch=args.batch), _("This shows all: omote import list")
        ) from error
    except AlreadyUndone as error:
        raise UserError(
            _("The import {batch} was taken back on {day}.").format(batch=args.batch, day=_when(error.at)),
            _("There is nothing to do."),
        ) from error
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    finally:
        engine.dispose()
    _tell(args, done)
    return 0


def _tell(args: argparse.Namespace, done: Undone) -> None:
    if args.json:
        _say(json.dumps(asdict(done), ensure_ascii=False))
        return
    _say(
        _("{batch} was taken back: {removed} removed, {restored} as they were before.").format(
            batch=done.batch_no, removed=f"{done.removed:,}", restored=f"{done.restored:,}"
        )
    )
    if done.in_use:
        _say(_("Left, since calls, notes or other records belong to them: {count}").format(count=f"{done.in_use:,}"))
    if done.changed_since:
        _say(_("Left, since somebody has changed them: {count}").format(count=f"{done.changed_since:,}"))
    if done.later:
        _say(_("Later imports that touched the same records: {batches}").format(batches=", ".join(done.later)))


def _line(one: Batch) -> str:
    counts = _("{created} new, {updated} updated, {refused} refused").format(
        created=f"{one.created:,}", updated=f"{one.updated:,}", refused=f"{one.refused:,}"
    )
    undone = "  " + _("(taken back on {day})").format(day=_when(one.undone_at)) if one.undone_at else ""
    return f"{one.batch_no}  {_when(one.merged_at)}  {one.kind}  {one.file_name}  {one.operator}  {counts}{undone}"


def _when(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _iso(value: Any) -> str:
    return str(value.isoformat())


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
