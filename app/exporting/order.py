"""What is to be exported: the same for the command line and for the page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.audit.signature import AuditAction, AuditEntry, Signature
from app.calllog.asked import Asked
from app.exporting.log_table import log_table
from app.exporting.tables import EXPORTS, ExportKind
from app.exporting.writers import Lacking, Table
from db.exporting import Span


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """`first` and `last` are whole days by this PC's clock, None: from the beginning, to the end."""

    kind: ExportKind
    path: Path
    first: date | None = None
    last: date | None = None
    encoding: str = "utf-8"
    lacking: Lacking = Lacking.REFUSED
    asked: Asked | None = None  # of calls: those that the log shows for this, in its order


def entry_about(order: ExportOrder, by: Signature) -> AuditEntry:
    """What the audit log says of it; the file by its name alone."""
    first, last = (day.isoformat() if day else None for day in (order.first, order.last))
    what, file = order.kind.value, order.path.name
    more = {} if order.asked is None else {"filter": ", ".join(order.asked.set_parts)}
    return by.entry(AuditAction.EXPORT_BEGUN, what=what, file=file, first=first, last=last, **more)


def has_period(kind: ExportKind) -> bool:
    """Whether its rows have a day: customers are who they are today."""
    return kind is not ExportKind.CUSTOMERS


def span_of(first: date | None, last: date | None) -> Span:
    """Both days are meant whole, as this PC's clock has them."""
    span = Span()
    start = span.start if first is None else _midnight(first)
    return Span(start, span.end if last is None else _midnight(last + timedelta(days=1)))


def table_of(kind: ExportKind, engine: Any, span: Span) -> Table:
    """Its rows are read while they are written."""
    export = EXPORTS[kind]
    return Table(kind.value, export.columns, export.rows(engine, span))


def table_asked(order: ExportOrder, engine: Any) -> Table:
    """What the order is about."""
    if order.asked is not None:
        return log_table(order.asked, engine)
    return table_of(order.kind, engine, span_of(order.first, order.last))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
