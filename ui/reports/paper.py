"""A report on paper or as a PDF: its figures never without formula, period, n and definitions."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import (
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTableFormat,
)

from app.figures.cells import about, shown
from app.figures.report import Chart, Report, Table
from app.words import _
from ui.reports.chart import Drawing, height_of
from ui.theme import LIGHT

_WIDTH, _SCALE = 640, 3  # of the chart: pixels, and how much finer it is drawn for paper
_MARGIN = 15.0  # mm


def write_pdf(report: Report, path: Path, face: QFont) -> None:
    """An A4 page or several; raises OSError where the file can't be written."""
    path.open("ab").close()  # Qt tells of a file that it may not write in a log line alone
    writer = QPdfWriter(str(path))
    writer.setTitle(report.title)
    set_page(writer)
    document(report, face).print_(writer)


def set_page(device: QPagedPaintDevice) -> None:
    """A4 with margins."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)


def document(report: Report, face: QFont) -> QTextDocument:
    """Built text by text: nothing in it is read as markup."""
    made = QTextDocument()
    font = QFont(face)
    font.setPointSizeF(8.5)
    made.setDefaultFont(font)
    cursor = QTextCursor(made)
    cursor.insertText(report.title, _style(15, is_strong=True))
    for name, words in about(report):
        cursor.insertBlock()
        cursor.insertText(f"{name}: ", _style(8.5, is_strong=True))
        cursor.insertText(words, _style(8.5))
    cursor.insertBlock()
    if report.chart is not None:
        cursor.insertImage(_picture(report.chart, face))
    for table in report.tables:
        _insert(cursor, table)
    return made


def _insert(cursor: QTextCursor, table: Table) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock()
    cursor.insertText(table.title or _("Figures"), _style(10, is_strong=True))
    look = QTextTableFormat()
    look.setBorder(0.5)
    look.setCellSpacing(0)
    look.setCellPadding(2)
    look.setHeaderRowCount(1)
    grid = cursor.insertTable(len(table.rows) + 1, len(table.columns), look)
    for place, column in enumerate(table.columns):
        grid.cellAt(0, place).firstCursorPosition().insertText(column.title, _style(7.5, is_strong=True))
        for number, row in enumerate(table.rows, 1):
            grid.cellAt(number, place).firstCursorPosition().insertText(shown(row[place], column.kind), _style(7.5))


def _picture(chart: Chart, face: QFont) -> QImage:
    """In the light colours whatever the screen has: paper is white."""
    height = height_of(chart)
    picture = QImage(_WIDTH * _SCALE, height * _SCALE, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SCALE, _SCALE)
    Drawing(painter, LIGHT, face).draw(chart, QRectF(0, 0, _WIDTH, height))
    painter.end()
    picture.setDevicePixelRatio(_SCALE)
    return picture


def _style(points: float, *, is_strong: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontPointSize(points)
    made.setFontWeight(QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
    return made
