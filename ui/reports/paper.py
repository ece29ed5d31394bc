"""A report on paper or as a PDF: its figures never without formula, period, n and definitions.

The pages are laid out here and not by QTextDocument's own printing, which takes two more centimetres of margin, cuts
what is wider, and puts nothing but a number at the foot.
"""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from app.figures.cells import about, shown
from app.figures.report import Chart, Kind, Report, Table, Value
from app.words import _
from ui.reports.chart import Drawing, height_of
from ui.reports.table import is_upright
from ui.theme import LIGHT

_WIDTH, _SCALE = 640, 4  # of the chart at most: pixels, and how much finer it is drawn for paper
_MARGIN, _DPI, _MM_PER_INCH = 15.0, 96, 25.4
_FOOT_MM, _FOOT_POINTS = 9.0, 7.5
_UPRIGHT_PERCENT = 60


def write_pdf(report: Report, path: Path, face: QFont, at: datetime) -> None:
    """A4 pages, made `at`; raises OSError where the file can't be written."""
    path.open("ab").close()  # Qt tells of a file that it may not write in a log line alone
    writer = QPdfWriter(str(path))
    writer.setTitle(report.title)
    set_page(writer)
    print_on(writer, report, face, at)


def set_page(device: QPagedPaintDevice) -> None:
    """A4 with margins."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)


def print_on(device: QPagedPaintDevice, report: Report, face: QFont, at: datetime) -> None:
    """Page by page, as wide as the paper that was chosen; each with its number, the report and the time."""
    wide, foot = float(device.width()), device.logicalDpiY() * _FOOT_MM / _MM_PER_INCH
    page = QSizeF(wide, device.height() - foot)
    made = document(report, face, wide / device.logicalDpiX() * _DPI)
    made.documentLayout().setPaintDevice(device)
    made.setPageSize(page)
    painter = QPainter(device)
    for number in range(made.pageCount()):
        if number:
            device.newPage()
        painter.save()
        painter.translate(0, -number * page.height())
        made.drawContents(painter, QRectF(0, number * page.height(), wide, page.height()))
        painter.restore()
        told = _("{report} · {period} · made {at:%Y-%m-%d %H:%M}").format(
            report=report.title, period=report.period, at=at
        )
        _foot(painter, QRectF(0, page.height(), wide, foot), face, (told, f"{number + 1} / {made.pageCount()}"))
    painter.end()


def document(report: Report, face: QFont, wide: float = _WIDTH) -> QTextDocument:
    """Built text by text: nothing in it is read as markup. `wide`: how many pixels of 96 dpi the paper has."""
    made = QTextDocument()
    made.setDocumentMargin(0)
    made.setDefaultFont(_copied(face, 8.5))
    cursor = QTextCursor(made)
    cursor.insertText(report.title, _style(15, is_strong=True))
    for name, words in about(report):
        cursor.insertBlock(_below(3))
        cursor.insertText(f"{name}: ", _style(8.5, is_strong=True))
        cursor.insertText(words, _style(8.5))
    cursor.insertBlock(_below(8))
    if report.chart is not None and report.n:
        cursor.insertImage(_picture(report.chart, face, int(min(_WIDTH, wide))))
    for table in report.tables:
        _insert(cursor, table, report.title)
    return made


def _insert(cursor: QTextCursor, table: Table, title: str) -> None:
    """Its name and headings stand on every page that it is on."""
    headings, rows = _laid_out(table)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock(_below(8))
    look = QTextTableFormat()
    look.setBorder(0)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    look.setCellSpacing(0)
    look.setCellPadding(2)
    look.setHeaderRowCount(2)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, _UPRIGHT_PERCENT if is_upright(table) else 100))
    grid = cursor.insertTable(len(rows) + 2, len(headings), look)
    grid.mergeCells(0, 0, 1, len(headings))
    _write(grid, (0, 0), table.title or title, _style(10, is_strong=True))
    for place, (heading, kind) in enumerate(headings):
        _write(grid, (1, place), heading, _style(7.5, is_strong=True), is_right=kind.is_figure)
        for number, row in enumerate(rows, 2):
            text, of = row[place]
            _write(grid, (number, place), text, _style(7.5), is_right=of.is_figure)


def _laid_out(table: Table) -> tuple[list[tuple[str, Kind]], list[list[tuple[str, Kind]]]]:
    """Headings and cells as they are shown; a table of one wide row stands upright, as on the screen."""

    def cells(row: tuple[Value, ...]) -> list[tuple[str, Kind]]:
        return [(shown(value, column.kind), column.kind) for value, column in zip(row, table.columns, strict=True)]

    if not is_upright(table):
        return [(column.title, column.kind) for column in table.columns], [cells(row) for row in table.rows]
    pairs = zip(table.columns, cells(table.rows[0]), strict=True)
    return [(_("Figure"), Kind.TEXT), ("", Kind.COUNT)], [[(column.title, Kind.TEXT), one] for column, one in pairs]


def _write(
    grid: QTextTable, where: tuple[int, int], text: str, style: QTextCharFormat, *, is_right: bool = False
) -> None:
    cell = grid.cellAt(*where)
    look = QTextTableCellFormat()
    look.setBottomBorder(0.5)
    look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBottomBorderBrush(QBrush(QColor(LIGHT.line)))
    cell.setFormat(look)
    cursor = cell.firstCursorPosition()
    block = QTextBlockFormat()
    block.setAlignment(Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft)
    cursor.setBlockFormat(block)
    cursor.insertText(text, style)


def _foot(painter: QPainter, where: QRectF, face: QFont, words: tuple[str, str]) -> None:
    painter.setFont(_copied(face, _FOOT_POINTS))
    painter.setPen(QColor(LIGHT.ink2))
    told, number = words
    place = painter.fontMetrics().horizontalAdvance(number) + painter.fontMetrics().height()
    fitting = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, int(where.width()) - place)
    bottom = Qt.AlignmentFlag.AlignBottom
    painter.drawText(where, bottom | Qt.AlignmentFlag.AlignLeft, fitting)
    painter.drawText(where, bottom | Qt.AlignmentFlag.AlignRight, number)


def _picture(chart: Chart, face: QFont, wide: int) -> QImage:
    """In the light colours whatever the screen has, and on white: paper is."""
    height = height_of(chart)
    picture = QImage(wide * _SCALE, height * _SCALE, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SCALE, _SCALE)
    Drawing(painter, LIGHT, face).draw(chart, QRectF(0, 0, wide, height))
    painter.end()
    picture.setDevicePixelRatio(_SCALE)
    return picture


def _copied(face: QFont, points: float) -> QFont:
    """Without local forms: with them a PDF's digits beside Latin letters can neither be found nor copied."""
    made = QFont(face)
    made.setPointSizeF(points)
    made.setFeature(QFont.Tag("locl"), 0)
    return made


def _below(pixels: int) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(pixels)
    return made


def _style(points: float, *, is_strong: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontPointSize(points)
    made.setFontWeight(QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
    return made
