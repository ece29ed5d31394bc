"""A report's table as rows on the screen: a table of one row stands upright, name beside figure."""

from app.figures.cells import shown
from app.figures.report import Kind, Table
from app.words import _
from ui.rows import Cell, Column, RowsView
from ui.theme import Tokens

_ROW, _FIGURE = 30, 112


def table_view(table: Table, tokens: Tokens) -> RowsView:
    """A view of its own, since every table has other columns."""
    upright = len(table.rows) == 1 and len(table.columns) > 4
    view = _upright(table, tokens) if upright else _flat(table, tokens)
    view.verticalHeader().setDefaultSectionSize(_ROW)
    view.setAccessibleName(table.title or _("Figures"))
    return view


def _upright(table: Table, tokens: Tokens) -> RowsView:
    view = RowsView((Column(_("Figure")), Column("", 160, is_right=True)), tokens)
    pairs = zip(table.columns, table.rows[0], strict=True)
    view.fill([(Cell(column.title), Cell(shown(value, column.kind), is_strong=True)) for column, value in pairs])
    return view


def _flat(table: Table, tokens: Tokens) -> RowsView:
    figures = [one for one in table.columns if one.kind is not Kind.TEXT]
    wide = _FIGURE if len(figures) < 5 else 0  # many share what there is
    columns = [
        Column(one.title, 0 if one.kind is Kind.TEXT else wide, is_right=one.kind is not Kind.TEXT)
        for one in table.columns
    ]
    view = RowsView(columns, tokens)
    view.fill([
        [Cell(shown(value, column.kind), is_strong=not place) for place, (value, column) in enumerate(pairs)]
        for pairs in (list(zip(row, table.columns, strict=True)) for row in table.rows)
    ])  # fmt: skip
    return view
