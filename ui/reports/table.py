"""A report's table as rows on the screen: a table of one row stands upright, name beside figure."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.figures.cells import shown
from app.figures.report import Table
from app.words import _
from ui.rows import Cell, Column, RowsView
from ui.theme import Tokens

_ROW, _LEAST, _AROUND, _MANY, _WIDE = 30, 72, 28, 7, 4


def table_view(table: Table, tokens: Tokens) -> RowsView:
    """A view of its own, since every table has other columns."""
    view = _upright(table, tokens) if is_upright(table) else _flat(table, tokens)
    view.verticalHeader().setDefaultSectionSize(_ROW)
    view.setAccessibleName(table.title or _("Figures"))
    return view


def is_upright(table: Table) -> bool:
    """One row of many figures is read from above to below."""
    return len(table.rows) == 1 and len(table.columns) > _WIDE


def _upright(table: Table, tokens: Tokens) -> RowsView:
    view = RowsView((Column(_("Figure")), Column("", 160, is_right=True)), tokens)
    pairs = zip(table.columns, table.rows[0], strict=True)
    view.fill([(Cell(column.title), Cell(shown(value, column.kind), is_strong=True)) for column, value in pairs])
    return view


def _flat(table: Table, tokens: Tokens) -> RowsView:
    widths = _widths(table)
    columns = [
        Column(one.title, wide, is_right=one.kind.is_figure) for one, wide in zip(table.columns, widths, strict=True)
    ]
    view = RowsView(columns, tokens)
    view.fill([
        [Cell(shown(value, column.kind), is_strong=not place) for place, (value, column) in enumerate(pairs)]
        for pairs in (list(zip(row, table.columns, strict=True)) for row in table.rows)
    ])  # fmt: skip
    return view


def _widths(table: Table) -> list[int]:
    """Figures take what they need, names what is left; many short ones share it."""
    if sum(one.kind.is_figure for one in table.columns) >= _MANY:
        return [0] * len(table.columns)
    metrics = QFontMetrics(QApplication.font())
    return [
        0 if not column.kind.is_figure else _wide([column.title, *cells], metrics)
        for column, cells in zip(table.columns, _shown(table), strict=True)
    ]


def _shown(table: Table) -> list[list[str]]:
    """Column by column."""
    return [[shown(row[place], column.kind) for row in table.rows] for place, column in enumerate(table.columns)]


def _wide(words: list[str], metrics: QFontMetrics) -> int:
    return max(_LEAST, max(map(metrics.horizontalAdvance, words)) + _AROUND)
