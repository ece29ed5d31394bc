"""What is asked for reports: each over all calls that there are."""

from datetime import UTC, timedelta
from functools import partial

from sqlalchemy import Connection

from app.figures.asked import Asked
from app.figures.reports import REPORTS, ReportKind
from bench.beside import Theme
from bench.spelling import RUNG_AT

_AIM_MS = 2_000
_ALL = timedelta(days=5 * 366)  # that is how long ago the first call was


def report_themes(rounds: int) -> dict[str, Theme]:
    """Every report, with its n."""
    return {"reports": Theme({kind.value: partial(_report, kind) for kind in ReportKind}, _AIM_MS, rounds)}


def _report(kind: ReportKind, connection: Connection) -> int:
    today = RUNG_AT.date()
    return REPORTS[kind].report(connection, Asked(today - _ALL, today, RUNG_AT, UTC)).n
