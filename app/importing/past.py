"""`omote import list` and `omote import undo`: what was imported, and how to have it out again."""

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.audit.signature import Signature
from app.compose import open_records, operator_of
from app.importing.undo import Batch, Undone, past_imports, take_back
from app.paths import Profile
from app.settings import Settings
from app.words import _
from db.pace import Pace


def list_imports(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """The newest first."""
    engine = open_records(profile, settings, pace=Pace.UNHURRIED)
    try:
        found = past_imports(engine)
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
        done = take_back(engine, args.batch, Signature(operator_of(settings)))
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
