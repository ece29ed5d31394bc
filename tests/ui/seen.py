"""What an operator's eyes find in a window: the texts of what is visible, from left to right within a line."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)

from ui.plain_text import CutLabel


def labels(window: QWidget, role: str) -> list[str]:
    """Visible labels of one type style, in the order in which they were made."""
    _lay_out()
    return [one.text() for one in window.findChildren(QLabel) if one.property("role") == role and _is_seen(one)]


def buttons(window: QWidget) -> list[str]:
    """Visible buttons, as they are drawn."""
    return [drawn(one.text()) for one in window.findChildren(QPushButton) if _is_seen(one)]


def button(window: QWidget, text: str) -> QPushButton:
    """The visible button with exactly this text."""
    (found,) = [one for one in window.findChildren(QPushButton) if _is_seen(one) and drawn(one.text()) == text]
    return found


def line(widget: QWidget) -> str:
    """The visible words and links of a row, read from left to right; whole where they are cut with …."""
    _lay_out()
    parts: list[QLabel | QPushButton] = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    shown = sorted(filter(_is_seen, parts), key=lambda one: one.mapTo(widget, QPoint()).x())
    return " ".join(_whole(one) for one in shown)


def _lay_out() -> None:
    """As the program does before it paints."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def _whole(one: QLabel | QPushButton) -> str:
    if isinstance(one, CutLabel):
        return one.whole
    return drawn(one.text()) if isinstance(one, QPushButton) else one.text()


def tabs(bar: QTabBar) -> list[str]:
    return [drawn(bar.tabText(number)) for number in range(bar.count())]


def rows(view: QTableView) -> list[list[str]]:
    """Every cell's text, both lines."""
    model = view.model()
    width, height = model.columnCount(), model.rowCount()
    return [[str(model.index(row, column).data()) for column in range(width)] for row in range(height)]


def headings(view: QTableView) -> list[str]:
    model = view.model()
    across = Qt.Orientation.Horizontal
    return [str(model.headerData(column, across) or "") for column in range(model.columnCount())]


def entries(view: QListView) -> list[str]:
    """Every row of a list, with all its lines."""
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def everything(window: QWidget) -> str:
    """All text that stands in a window, in whatever widget."""
    found = [one.text() for one in window.findChildren(QLabel)]
    found += [drawn(one.text()) for one in window.findChildren(QPushButton)]
    found += [text for bar in window.findChildren(QTabBar) for text in tabs(bar)]
    found += [cell for view in window.findChildren(QTableView) for row in rows(view) for cell in row]
    found += [text for view in window.findChildren(QListView) for text in entries(view)]
    found += [one.text() for one in window.findChildren(QLineEdit)]
    found += [one.toPlainText() for one in window.findChildren(QPlainTextEdit)]
    return "\n".join(found)


def drawn(text: str) -> str:
    """A text with mnemonics as Qt draws it: `&&` is one `&`, a lone one would vanish."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _is_seen(widget: QWidget) -> bool:
    text = widget.text() if isinstance(widget, QLabel | QPushButton) else ""
    return widget.isVisible() and bool(text)
