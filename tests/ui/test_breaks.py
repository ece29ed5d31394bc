"""A break in the windows: no pop appears, the tray counts, every window says so, and coming back shows who rings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.keys import BREAK


def press(window: QWidget) -> None:
    (shortcut,) = [one for one in window.findChildren(QShortcut) if one.key().toString() in BREAK.presses]
    shortcut.activated.emit()


def ring_silently(desk: RunningDesk, number: str) -> None:
    call = desk.offer(number)
    desk.qtbot.waitUntil(lambda: call.came_in_break)


def test_no_window_appears_and_tray_title_and_states_say_so(desk: RunningDesk) -> None:
    press(desk.desktop.main)
    ring_silently(desk, CUSTOMER_NUMBER)
    ring_silently(desk, ENGLISH_NUMBER)
    assert not desk.pop.isVisible()
    told = "On a break since 14:12: 2 calls came"
    assert desk.pop.windowTitle() == f"{told} – Omote"
    assert told in desk.desktop.main.windowTitle()
    assert told in desk.desktop.tray.icon.toolTip()
    assert desk.desktop.tray.on_break.isChecked()
    assert told in seen.everything(desk.desktop.main)


def test_the_trays_entry_ends_it_and_the_call_that_rings_appears(desk: RunningDesk) -> None:
    press(desk.pop)
    ring_silently(desk, CUSTOMER_NUMBER)
    desk.desktop.tray.on_break.trigger()
    assert desk.pop.isVisible()
    assert desk.pop.windowTitle() == "(1) ringing – Omote"
    assert not desk.desktop.tray.on_break.isChecked()


def test_a_break_leaves_a_note_that_is_being_typed_alone(desk: RunningDesk) -> None:
    first = desk.ring(CUSTOMER_NUMBER)
    desk.pop.take_me_there()
    QTest.keyClick(desk.pop.note.body, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    ring_silently(desk, ENGLISH_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "still here")
    assert first.note.body == "still here"
    assert desk.pop.isVisible()


def test_the_main_windows_title_names_its_page_again_when_the_break_is_over(desk: RunningDesk) -> None:
    desk.desktop.main.go_to(1)
    before = desk.desktop.main.windowTitle()
    press(desk.desktop.main)
    assert "On a break since 14:12" in desk.desktop.main.windowTitle()
    desk.desktop.main.go_to(0)
    assert "On a break since 14:12" in desk.desktop.main.windowTitle()
    desk.desktop.main.go_to(1)
    press(desk.desktop.main)
    assert desk.desktop.main.windowTitle() == before
