"""The notice of another call that rings: who and where, the way there, and never over the note."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER, HOUSEHOLD_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk


def told(desk: RunningDesk) -> str:
    return seen.line(desk.pop.notice)


def test_the_first_call_needs_no_notice(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    assert not desk.pop.notice.isVisible()


def test_a_second_call_is_told_with_its_line_and_goes_when_it_stops_ringing(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    second = desk.ring(ENGLISH_NUMBER)
    assert told(desk) == "◌ Also ringing: Emily Carter Main shop Go there   Ctrl+G"
    third = desk.ring(HOUSEHOLD_NUMBER)
    assert told(desk) == "◌ Also ringing: 田中家 (3 people) Main shop · and 1 more Go there   Ctrl+G"
    desk.give_up(third)
    desk.answer(second)
    assert not desk.pop.notice.isVisible()


def test_its_key_goes_to_the_call_while_typing_and_it_then_tells_of_the_one_that_was_left(desk: RunningDesk) -> None:
    first, second = desk.ring(CUSTOMER_NUMBER), desk.ring(ENGLISH_NUMBER)
    desk.pop.take_me_there()
    QTest.keyClicks(desk.pop.note.body, "half a")
    QTest.keyClick(desk.pop.note.body, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert desk.pop.call is second
    assert (first.note.body, second.note.body) == ("half a", "")
    assert told(desk).startswith("◌ Also ringing: 髙橋 一郎")


def test_a_click_goes_there_too_and_the_keyboard_stays_in_the_note(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    second = desk.ring(ENGLISH_NUMBER)
    desk.pop.take_me_there()
    QTest.mouseClick(seen.button(desk.pop.notice, "Go there   Ctrl+G"), Qt.MouseButton.LeftButton)
    assert desk.pop.call is second
    assert desk.pop.focusWidget() is desk.pop.note.body


@pytest.mark.parametrize(("width", "height"), [(720, 560), (900, 600), (1080, 680), (1920, 1080)])
def test_it_never_lies_over_the_note(desk: RunningDesk, width: int, height: int) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.ring(ENGLISH_NUMBER, "W" * 64)
    desk.pop.resize(width, height)
    QApplication.processEvents()
    assert not desk.pop.notice.geometry().intersects(on_window(desk.pop.note, desk))
    assert on_window(desk.pop.body, desk).contains(desk.pop.notice.geometry())


def on_window(widget: QWidget, desk: RunningDesk) -> QRect:
    return widget.rect().translated(widget.mapTo(desk.pop, widget.rect().topLeft()))
