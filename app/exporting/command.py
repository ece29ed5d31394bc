"""`omote export`: records into a file for Excel, for another program, or for the person whom they are about."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from app.audit.exports import audited
from app.audit.signature import AuditAction, AuditEntry, Signature
from app.compose import operator_of, records_for_command
from app.errors import UserError
from app.exporting.order import ExportOrder, entry_about, span_of, table_of
from app.exporting.tables import EXPORTS, ExportKind
from app.exporting.writers import Lacking, Table, Written, told_lost, write
from app.paths import Profile
from app.settings import Settings
from app.words import _
from db.engine import reading
from db.exporting import Span
from db.person.whole import person_of

_ONE = "customer"


def export_command(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Raises UserError; then nothing was written."""
    with records_for_command(profile, settings) as engine:
        entry = _entry(args, engine, Signature(operator_of(settings)))
        job = _one_customer if args.kind == _ONE else _all
        written = audited(engine, entry, lambda: job(args, engine))
    _tell(args, written)
    return 0


def _entry(args: argparse.Namespace, engine: Any, by: Signature) -> AuditEntry:
    """One customer's is found under that customer; his file may be called after him, so only its kind is said."""
    if args.kind != _ONE:
        return entry_about(_order(args), by)
    with reading(engine) as connection:
        found = person_of(connection, args.number)
    key = found.ids[0] if found else ""
    return by.entry(AuditAction.EXPORT_BEGUN, "customer" if found else "", key, what=_ONE, file=args.file.suffix)


def _order(args: argparse.Namespace) -> ExportOrder:
    return ExportOrder(ExportKind(args.kind), args.file, getattr(args, "first", None), getattr(args, "last", None))


def _all(args: argparse.Namespace, engine: Any) -> Written:
    span = span_of(getattr(args, "first", None), getattr(args, "last", None))
    return _write(args, [table_of(ExportKind(args.kind), engine, span)], args.file)


def export_one(number: str, path: Path, engine: Any) -> Written:
    """All that is known about one person, for reading: a sheet per table."""
    return write(_tables_of(number, engine), path, "utf-8", Lacking.REPLACED)


def _tables_of(number: str, engine: Any) -> list[Table]:
    span = Span(customer_no=number)
    tables = [table_of(kind, engine, span) for kind in EXPORTS]
    if not (first := list(tables[0].rows)):
        raise UserError(
            _("No customer has the number {number}.").format(number=number),
            _("Look the number up in the window."),
        )
    tables[0] = tables[0]._replace(rows=first)
    return tables


def _one_customer(args: argparse.Namespace, engine: Any) -> Written:
    """All that is known about one person: a sheet per table, or a CSV file per table."""
    tables = _tables_of(args.number, engine)
    if args.file.suffix.lower() == ".xlsx":
        return _write(args, tables, args.file)
    parts = [_write(args, [one], args.file.with_name(f"{args.file.stem}-{one.name}.csv")) for one in tables]
    lost = {sign: sum(part.lost.get(sign, 0) for part in parts) for part in parts for sign in part.lost}
    return Written(sum(part.rows for part in parts), lost, 0)


def _write(args: argparse.Namespace, tables: list[Table], path: Path) -> Written:
    return write(tables, path, args.encoding, Lacking.REPLACED if args.replace else Lacking.REFUSED)


def _tell(args: argparse.Namespace, written: Written) -> None:
    if args.json:
        _say(json.dumps({"file": str(args.file), "rows": written.rows, "replaced": written.lost}, ensure_ascii=False))
        return
    _say(_("{rows} rows written to {path}.").format(rows=f"{written.rows:,}", path=args.file))
    if written.lost:
        _note(_("〓 stands in place of: {signs}").format(signs=told_lost(written.lost)))
    if written.cut:
        _note(_("Texts cut because a cell of Excel's holds 32,767 characters: {count}").format(count=written.cut))


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201
