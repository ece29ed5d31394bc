"""A report's figures as words on a screen, and as typed cells of a file."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from app.exporting.tables import Cell
from app.exporting.writers import Table as Sheet
from app.figures.report import Column, Kind, Report, Value
from app.words import _

NONE = "–"
_LONGEST_NAME = 31  # of a sheet in Excel
_FORBIDDEN = str.maketrans("", "", r"[]:*?/\'")


def shown(value: Value, kind: Kind) -> str:
    """For people."""
    if value is None:
        return NONE
    return value if isinstance(value, str) else _WORDS.get(kind, _plain)(value)


def sheets(report: Report) -> list[Sheet]:
    """What the report is, then each of its tables."""
    made = [Sheet(_("Report"), (_("Report"), report.title), [list(row) for row in about(report)])]
    for number, table in enumerate(report.tables, 1):
        name = (table.title or report.title).translate(_FORBIDDEN)[:_LONGEST_NAME] or str(number)
        headings = tuple(map(_heading, table.columns))
        rows = [
            [_typed(value, column.kind) for value, column in zip(row, table.columns, strict=True)] for row in table.rows
        ]
        made.append(Sheet(name, headings, rows))
    return made


def about(report: Report) -> Iterator[tuple[str, str]]:
    """All that is printed with the figures: never one without them."""
    yield _("Period"), report.period
    yield "n", f"{report.n:,} ({report.counted})"
    yield from ((_("Formula"), one) for one in report.formulas)
    yield from ((_("Definition"), one) for one in report.definitions)


def _seconds(value: float) -> str:
    if value < 60:
        return _("{n} s").format(n=f"{value:.1f}")
    minutes, seconds = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _plain(value: float) -> str:
    return f"{value:,}"


_WORDS: dict[Kind, Callable[[float], str]] = {
    Kind.SHARE: lambda value: f"{value * 100:.1f} %",
    Kind.SECONDS: _seconds,
    Kind.DAYS: lambda value: _("{n} days").format(n=f"{value:.1f}"),
    Kind.DECIMAL: lambda value: f"{value:,.2f}",
}


def _heading(column: Column) -> str:
    unit = {Kind.SHARE: " (%)", Kind.SECONDS: _(" (s)"), Kind.DAYS: _(" (days)")}.get(column.kind, "")
    return f"{column.title}{unit}".strip()


def _typed(value: Value, kind: Kind) -> Cell:
    """A number stays one, a day becomes one; what there is no figure for is empty."""
    if value is None:
        return ""
    if kind is Kind.DAY and isinstance(value, str) and len(value) == len("2026-11-21"):
        return date.fromisoformat(value)
    if isinstance(value, str | int):
        return value
    return Decimal(str(round(value * 100 if kind is Kind.SHARE else value, 4)))
