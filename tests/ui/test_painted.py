"""The last stamp: told once, after the paint of the very widget, not before and not for another."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.painted import PaintWatch
from ui.plain_text import label


class Log(QObject):
    """Notes when a widget has been painted: an event filter that was installed first runs last."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self._heard = heard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._heard.append("paint")
        return False


@pytest.fixture
def name(qtbot: QtBot) -> Iterator[QLabel]:
    """A label in a window that has been shown and painted."""
    window, made = QWidget(), label("name")
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(made)
    with qtbot.waitExposed(window):
        window.show()
    QApplication.processEvents()
    yield made
    window.close()


def test_it_is_told_once_and_after_the_paint(qtbot: QtBot, name: QLabel) -> None:
    heard: list[str] = []
    log = Log(heard)
    name.installEventFilter(log)
    PaintWatch(name, lambda: heard.append("told"))
    assert heard == []
    qtbot.waitUntil(lambda: "told" in heard)
    assert heard == ["paint", "told"]
    name.update()
    qtbot.waitUntil(lambda: heard[2:] == ["paint"])
    QApplication.processEvents()
    assert heard == ["paint", "told", "paint"]


def test_a_widget_that_is_not_shown_has_not_been_painted(qtbot: QtBot) -> None:
    heard: list[str] = []
    hidden = label("name")
    qtbot.addWidget(hidden)
    PaintWatch(hidden, lambda: heard.append("told"))
    for _turn in range(5):
        QApplication.processEvents()
    assert heard == []
    hidden.show()
    qtbot.waitUntil(lambda: heard == ["told"])


def test_a_widget_that_goes_away_before_its_paint_tells_nothing(qtbot: QtBot, name: QLabel) -> None:
    heard: list[str] = []
    PaintWatch(name, lambda: heard.append("told"))
    name.deleteLater()
    QApplication.sendPostedEvents(name, QEvent.Type.DeferredDelete)
    qtbot.wait(30)
    assert heard == []
