"""A report's chart: bars, lying bars, lines or steps, painted on the screen and on paper by the same strokes."""

from collections.abc import Sequence
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.figures.cells import shown
from app.figures.report import Chart, Kind, Series, Shape
from app.words import _
from ui.plain_text import cut
from ui.theme import Tokens

_LEFT, _TOP, _BOTTOM, _RIGHT, _LEGEND = 64.0, 10.0, 28.0, 12.0, 24.0
_STEPS, _ROW, _BAR = 4, 26.0, 0.68
_MOST_NAME = 0.36  # of the width, for the names of lying bars
_ROUND_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.Dense4Pattern, Qt.BrushStyle.BDiagPattern)


class ChartView(QWidget):
    """Shows one chart; a screen reader has the table beside it."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._chart: Chart | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Chart of the figures in the table"))

    def show_chart(self, chart: Chart | None) -> None:
        """None: nothing to draw."""
        self._chart = chart
        self.setVisible(chart is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, height_of(self._chart) if self._chart is not None else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._chart is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            Drawing(painter, self._tokens, self.font()).draw(self._chart, QRectF(self.rect()))
            painter.end()


def height_of(chart: Chart) -> int:
    """Pixels: as many rows as lie in it, else enough to see a course."""
    return int(_TOP + _BOTTOM + _ROW * max(1, len(chart.places))) if chart.shape is Shape.ROWS else 220


class Drawing:
    """Strokes in the colours of `tokens`."""

    def __init__(self, painter: QPainter, tokens: Tokens, face: QFont) -> None:
        self._painter, self._tokens = painter, tokens
        font = QFont(face)
        font.setPixelSize(11)
        painter.setFont(font)
        self._metrics = QFontMetricsF(font)
        self._colours = [QColor(one) for one in (tokens.accent, tokens.good, tokens.warning)]

    def draw(self, chart: Chart, area: QRectF) -> None:
        """All of it within `area`."""
        top = top_of(chart)
        if chart.shape is Shape.ROWS:
            self._rows(chart, area, top)
            return
        field = area.adjusted(_LEFT, _TOP + _LEGEND, -_RIGHT, -_BOTTOM)
        if chart.places:
            self._legend(chart.series, area)
        self._scale(field, chart.kind, top)
        self._places(field, chart.places)
        for number, one in enumerate(chart.series):
            if chart.shape is Shape.BARS:
                self._bars(field, one, number, len(chart.series), top)
            else:
                self._course(field, one, number, top, chart.shape)

    def _legend(self, series: Sequence[Series], area: QRectF) -> None:
        left = area.left() + _LEFT
        for number, one in enumerate(series):
            self._painter.fillRect(QRectF(left, area.top() + 6, 12, 12), self._brush(number))
            self._text(QRectF(left + 18, area.top(), 400, 24), one.name, Qt.AlignmentFlag.AlignLeft)
            left += 18 + self._metrics.horizontalAdvance(one.name) + 24

    def _scale(self, field: QRectF, kind: Kind, top: float) -> None:
        for value in ticks(top, kind):
            y = field.bottom() - field.height() * value / top
            self._painter.setPen(QPen(QColor(self._tokens.line), 1))
            self._painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            where = QRectF(field.left() - _LEFT, y - 8, _LEFT - 8, 16)
            self._text(where, tick_words(value, kind), Qt.AlignmentFlag.AlignRight)

    def _places(self, field: QRectF, places: Sequence[str]) -> None:
        """As many of the names as do not touch each other."""
        if not places:
            return
        wide = field.width() / len(places)
        widest = max(self._metrics.horizontalAdvance(one) for one in places) + 10
        every = max(1, ceil(widest / wide))
        for number in range(0, len(places), every):
            middle = field.left() + wide * (number + 0.5)
            where = QRectF(middle - widest / 2, field.bottom() + 6, widest, 16)
            self._text(where, places[number], Qt.AlignmentFlag.AlignHCenter)

    def _bars(self, field: QRectF, one: Series, number: int, of: int, top: float) -> None:
        wide = field.width() / max(1, len(one.values))
        bar = wide * _BAR / of
        for place, value in enumerate(one.values):
            if value is None:
                continue
            left = field.left() + wide * place + wide * (1 - _BAR) / 2 + bar * number
            high = field.height() * value / top
            self._painter.fillRect(QRectF(left, field.bottom() - high, bar - 1, high), self._brush(number))
            if (bounds := _bounds(one, place)) is not None:
                low_y, high_y = (field.bottom() - field.height() * bound / top for bound in bounds)
                self._whisker(QPointF(left + bar / 2, low_y), QPointF(left + bar / 2, high_y))

    def _course(self, field: QRectF, one: Series, number: int, top: float, shape: Shape) -> None:
        wide = field.width() / max(1, len(one.values))
        before: QPointF | None = None
        self._painter.setPen(QPen(self._colours[number % 3], 2))
        for place, value in enumerate(one.values):
            if value is None:
                before = None
                continue
            here = QPointF(field.left() + wide * (place + 0.5), field.bottom() - field.height() * value / top)
            if before is not None and shape is Shape.STEPS:
                corner = QPointF(here.x(), before.y())
                self._painter.drawLine(before, corner)
                self._painter.drawLine(corner, here)
            elif before is not None:
                self._painter.drawLine(before, here)
            if shape is Shape.LINES:
                self._painter.setBrush(self._colours[number % 3])
                self._painter.drawEllipse(here, 2, 2)
            before = here

    def _rows(self, chart: Chart, area: QRectF, top: float) -> None:
        """Names at the left, each bar with its figure behind it."""
        widest = max((self._metrics.horizontalAdvance(one) for one in chart.places), default=0.0)
        names = min(widest + 14, area.width() * _MOST_NAME)
        field = area.adjusted(names, _TOP, -_LEFT - _RIGHT, 0)
        (one,) = chart.series
        for place, value in enumerate(one.values):
            y = field.top() + _ROW * place
            self._text(QRectF(area.left(), y, names - 10, _ROW), chart.places[place], Qt.AlignmentFlag.AlignRight)
            long = field.width() * (value or 0) / top
            self._painter.fillRect(QRectF(field.left(), y + 5, long, _ROW - 10), self._brush(0))
            end = long
            if value is not None and (bounds := _bounds(one, place)) is not None:
                low, high = (field.left() + field.width() * bound / top for bound in bounds)
                self._whisker(QPointF(low, y + _ROW / 2), QPointF(high, y + _ROW / 2))
                end = max(end, high - field.left())
            where = QRectF(field.left() + end + 8, y, _LEFT + _RIGHT, _ROW)
            self._text(where, shown(_whole(value, chart.kind), chart.kind), Qt.AlignmentFlag.AlignLeft)

    def _whisker(self, low: QPointF, high: QPointF) -> None:
        self._painter.setPen(QPen(QColor(self._tokens.ink), 1))
        self._painter.drawLine(low, high)
        across = QPointF(0, 3) if low.y() == high.y() else QPointF(3, 0)
        for end in (low, high):
            self._painter.drawLine(end - across, end + across)

    def _text(self, where: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
        self._painter.setPen(QColor(self._tokens.ink2))
        fitting = self._metrics.elidedText(cut(text), Qt.TextElideMode.ElideRight, where.width())
        self._painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, fitting)

    def _brush(self, number: int) -> QBrush:
        """No series by its colour alone: each has a pattern too."""
        return QBrush(self._colours[number % 3], _PATTERNS[number % 3])


def top_of(chart: Chart) -> float:
    """Where the scale ends: never below what is drawn, and never 0."""
    every = [value for one in chart.series for value in (*one.values, *one.high) if value is not None]
    highest = max(every, default=0.0)
    return max(ticks(highest, chart.kind)) if highest > 0 else 1.0


def ticks(top: float, kind: Kind = Kind.DECIMAL) -> list[float]:
    """Round numbers from 0 to at least `top`, some four of them; of times what a clock has."""
    rough = top / _STEPS * 0.999
    unit = 10.0 ** floor(log10(rough))
    steps = [unit * one for one in (1, 2, 2.5, 5, 10)]
    if kind is Kind.SECONDS and _ROUND_SECONDS[0] <= rough <= _ROUND_SECONDS[-1]:
        steps = list(_ROUND_SECONDS)
    step = next(one for one in steps if one >= rough)
    return [step * number for number in range(ceil(round(top / step, 6)) + 1)]


def tick_words(value: float, kind: Kind) -> str:
    """Shorter than in a table."""
    match kind:
        case Kind.SHARE:
            return f"{value * 100:g} %"
        case Kind.COUNT | Kind.DECIMAL:
            return f"{round(value, 6):g}"
        case _:
            return shown(value, kind) if value else "0"


def _whole(value: float | None, kind: Kind) -> float | int | None:
    return int(value) if kind is Kind.COUNT and value is not None else value


def _bounds(one: Series, place: int) -> tuple[float, float] | None:
    if not one.low or not one.high:
        return None
    low, high = one.low[place], one.high[place]
    return None if low is None or high is None else (low, high)
