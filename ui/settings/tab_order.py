"""Tab goes down the page as the eye does, whatever was built first."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QWidget


def down_the_page(*parts: QWidget) -> None:
    """All that the keyboard reaches in these, one part after the other, each in the order of its layouts."""
    reached = [one for part in parts for one in _reached(part)]
    for before, after in pairwise(reached):
        QWidget.setTabOrder(before, after)


def _reached(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if layout is not None and not isinstance(widget, QAbstractScrollArea):
        yield from _in(layout)


def _in(layout: QLayout) -> Iterator[QWidget]:
    for n in range(layout.count()):
        item = layout.itemAt(n)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            yield from _in(inner)
        elif widget is not None:
            yield from _reached(widget)
