"""Numbers on the screen can be dialled: by a click or a key, asked about in place, and nothing takes the keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.dialling import Wish
from cti.control import Act, Cannot
from cti.events import CallAnswered, CallEnded, Caller, CallOffered, Direction, EndCause, Withheld
from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from tests.ui.test_call_strip import entries
from ui.dial_bar import DialBar
from ui.pages.missed import MissedPage
from ui.rows import RowsView

LEFT = Qt.MouseButton.LeftButton
DIAL_KEY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def dialled(desk: RunningDesk, wire: bytes) -> None:
    """Wait until the telephone system has got just this."""

    def has_it() -> bool:
        desk.loop.run()
        return desk.control.wire == wire

    desk.qtbot.waitUntil(has_it, timeout=5000)


def asked(desk: RunningDesk, bar: DialBar, part: str) -> None:
    desk.qtbot.waitUntil(lambda: not bar.isHidden() and part in bar.words, timeout=5000)


def test_the_number_of_the_card_is_dialled_by_a_click_that_leaves_the_keyboard_in_the_note(desk: RunningDesk) -> None:
    desk.give_up(desk.ring(CUSTOMER_NUMBER))
    desk.pop.take_me_there()
    desk.pop.note.body.setFocus()
    QTest.mouseClick(desk.pop.header.dial.press, LEFT)
    dialled(desk, b"dial - 0335814111\r\n")
    assert desk.pop.focusWidget() is desk.pop.note.body


def test_the_key_dials_too(desk: RunningDesk) -> None:
    desk.give_up(desk.ring(CUSTOMER_NUMBER))
    desk.pop.take_me_there()
    QTest.keyClick(desk.pop, Qt.Key.Key_D, DIAL_KEY)
    dialled(desk, b"dial - 0335814111\r\n")


def test_while_it_rings_there_is_nothing_to_dial(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    assert desk.pop.header.dial.isHidden()
    desk.give_up(call)
    assert not desk.pop.header.dial.isHidden()
    desk.give_up(desk.ring("", withheld=Withheld.ANONYMOUS))
    desk.desk.select(list(desk.desk.calls)[-1].id)
    assert desk.pop.header.dial.isHidden()


def test_what_can_not_work_is_grey_and_says_why(desk: RunningDesk) -> None:
    desk.control.reasons[Act.DIAL] = Cannot.NO_RIGHT
    desk.give_up(desk.ring(CUSTOMER_NUMBER))
    press = desk.pop.header.dial.press
    assert not press.isEnabled()
    assert "does not let" in press.accessibleDescription()
    assert "does not let" in press.toolTip()


def test_what_may_cost_is_asked_in_both_windows_without_taking_the_keyboard(desk: RunningDesk) -> None:
    desk.give_up(desk.ring("0990504000"))
    desk.pop.take_me_there()
    desk.pop.note.body.setFocus()
    QTest.mouseClick(desk.pop.header.dial.press, LEFT)
    asked(desk, desk.pop.dial, "costs more")
    assert "0990-504-000" in desk.desktop.main.dial.words
    assert desk.pop.focusWidget() is desk.pop.note.body
    QTest.keyClick(desk.pop.note.body, Qt.Key.Key_Return)  # Enter belongs to the note
    desk.loop.run()
    assert desk.control.wire == b""
    QTest.mouseClick(desk.pop.dial.dial, LEFT)
    dialled(desk, b"dial - 0990504000\r\n")


def test_by_key_the_question_has_the_keyboard_on_no(desk: RunningDesk) -> None:
    desk.give_up(desk.ring("0990504000"))
    desk.pop.take_me_there()
    desk.qtbot.waitUntil(desk.pop.isActiveWindow, timeout=5000)
    QTest.keyClick(desk.pop, Qt.Key.Key_D, DIAL_KEY)
    asked(desk, desk.pop.dial, "costs more")
    assert desk.pop.focusWidget() is desk.pop.dial.close_it
    QTest.keyClick(desk.pop.dial.close_it, Qt.Key.Key_Space)
    assert desk.pop.dial.isHidden()
    assert desk.control.wire == b""


def test_a_number_among_the_particulars_is_a_link(desk: RunningDesk) -> None:
    desk.give_up(desk.ring(CUSTOMER_NUMBER))
    desk.pop.take_me_there()
    profile = desk.pop.body.panels.panels[-1]
    desk.pop.body.panels._tabs.setCurrentIndex(len(desk.pop.body.panels.panels) - 1)
    phone = next(row for row, cells in enumerate(seen.rows(profile.view)) if cells[0] == "Phone")
    cell = profile.view.visualRect(profile.view.model().index(phone, 1))
    QTest.mouseClick(profile.view.viewport(), LEFT, pos=cell.topLeft() + QPoint(300, 15))  # beside the text
    QTest.mouseClick(profile.view.viewport(), LEFT, pos=cell.topLeft() + QPoint(20, 15))
    dialled(desk, b"dial - 0335814111\r\n")


def test_a_missed_caller_is_called_back_from_the_list_and_goes_from_it(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.missed.utc_now", lambda: NOW)
    desk.give_up(desk.ring("0388880000"))
    desk.desktop.show_main()
    rail = next(one for one in desk.desktop.main._lines if one.text().startswith("To call back"))
    QTest.mouseClick(rail, LEFT)
    page = desk.desktop.main.findChild(MissedPage)

    def listed() -> list[str]:
        (view,) = [one for one in page.findChildren(RowsView) if one.isVisible()] or [None]
        return [row[1] for row in seen.rows(view)] if view is not None else []

    desk.qtbot.waitUntil(lambda: any(one.startswith("03-8888") for one in listed()), timeout=5000)
    (view,) = [one for one in page.findChildren(RowsView) if one.isVisible()]
    row = next(number for number, one in enumerate(listed()) if one.startswith("03-8888"))
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(row, 1)).topLeft() + QPoint(20, 12))
    dialled(desk, b"dial - 0388880000\r\n")
    went_out(desk, "0388880000")
    desk.dialling_hears(CallAnswered("pbx", "out-1", None, NOW), CallEnded("pbx", "out-1", EndCause.HUNG_UP, NOW))
    desk.qtbot.waitUntil(lambda: not any(one.startswith("03-8888") for one in listed()), timeout=5000)


def went_out(desk: RunningDesk, number: str) -> None:
    offered = CallOffered("pbx", "out-1", Caller(number, ""), "", "", "", Direction.OUT, NOW, 1, 2)
    desk.dialling_hears(offered)


def test_the_card_of_the_call_that_goes_out_says_so_and_hides_the_question(desk: RunningDesk) -> None:
    desk.give_up(desk.ring(CUSTOMER_NUMBER))
    QTest.mouseClick(desk.pop.header.dial.press, LEFT)
    dialled(desk, b"dial - 0335814111\r\n")
    went_out(desk, "0335814111")
    call = desk.desk.calls.by_source("pbx", "out-1")
    assert call is not None
    desk.qtbot.waitUntil(lambda: desk.pop.call is call and desk.pop.dial.isHidden(), timeout=5000)
    assert "→ dialling" in seen.labels(desk.pop.header, "state")
    assert desk.pop.windowTitle() == "Omote"  # nothing rings here
    desk.dialling_hears(CallEnded("pbx", "out-1", EndCause.CANCELLED, NOW))
    assert any("not reached" in one for one in seen.labels(desk.pop.header, "state-bad"))
    assert [row for row in entries(desk) if len(row) == 1] == [["To finish 1"], ["Rang only 1"]], "he did not ring here"


def test_the_windows_of_another_language_ask_the_same(desk: RunningDesk) -> None:
    desk.dialling.wish(Wish("0990504000"))
    asked(desk, desk.pop.dial, "costs more")
    desk.desktop.speak("ja")
    assert "料金の高い" in desk.pop.dial.words
    QTest.mouseClick(desk.pop.dial.dial, LEFT)
    dialled(desk, b"dial - 0990504000\r\n")


def controls(desk: RunningDesk) -> dict[str, bool]:
    """The buttons under the header, and whether each can be pressed."""
    return {one.text(): one.isEnabled() for one in desk.pop.header.control.presses if not one.isHidden()}


def ordered(desk: RunningDesk, wire: bytes) -> None:
    desk.loop.run()
    assert desk.control.wire == wire


@pytest.fixture
def talking(desk: RunningDesk) -> RunningDesk:
    """A call that the operator has taken, of a source that can do all but answer and hold."""
    desk.control.reasons |= {
        Act.HOLD: Cannot.NOT_THIS_SOURCE, Act.HAND_OVER: Cannot.NOT_NOW, Act.TAKE_BACK: Cannot.NOT_NOW,
        **dict.fromkeys((Act.MUTE, Act.UNMUTE, Act.DIGITS), Cannot.NOT_THIS_SOURCE),
    }  # fmt: skip
    caller = Caller(CUSTOMER_NUMBER, "")
    desk.desk.hear(CallOffered("pbx", "in-1", caller, "0312345678", "", "", Direction.IN, NOW, 1, 2))
    desk.desk.hear(CallAnswered("pbx", "in-1", None, NOW))
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None and desk.pop.call.pop.facts is not None, timeout=5000)
    desk.pop.take_me_there()
    desk.pop.note.body.setFocus()
    return desk


def test_the_buttons_of_a_call_are_grey_where_the_source_can_not_and_say_why(talking: RunningDesk) -> None:
    assert controls(talking) == {"Answer": False, "Hang up": True, "Hold": False, "Hand on": True, "Ask first": True}
    hold = talking.pop.header.control.presses[2]
    assert "press the key of the telephone" in hold.toolTip()
    assert "press the key of the telephone" in hold.accessibleDescription()


def test_hanging_up_is_a_click_that_leaves_the_keyboard_in_the_note(talking: RunningDesk) -> None:
    QTest.mouseClick(talking.pop.header.control.presses[1], LEFT)
    ordered(talking, b"hang_up in-1 -\r\n")
    assert talking.pop.focusWidget() is talking.pop.note.body


def test_a_call_is_handed_on_to_whom_is_typed(talking: RunningDesk) -> None:
    QTest.keyClick(talking.pop, Qt.Key.Key_T, DIAL_KEY)
    whom = talking.pop.header.control.whom
    assert talking.pop.focusWidget() is whom
    QTest.keyClicks(whom, "202")
    QTest.keyClick(whom, Qt.Key.Key_Return)
    ordered(talking, b"transfer in-1 202\r\n")
    assert whom.isHidden()


@pytest.mark.parametrize("how", ["Enter", "Esc", "the call ends", "another card"])
def test_when_nobody_is_asked_for_any_more_the_field_goes_and_the_keyboard_is_the_notes(
    talking: RunningDesk, how: str
) -> None:
    whom = talking.pop.header.control.whom
    QTest.keyClick(talking.pop, Qt.Key.Key_T, DIAL_KEY)
    QTest.keyClicks(whom, "202")
    assert talking.pop.focusWidget() is whom
    match how:
        case "Enter":
            QTest.keyClick(whom, Qt.Key.Key_Return)
        case "Esc":
            QTest.keyClick(whom, Qt.Key.Key_Escape)
        case "the call ends":
            talking.control.reasons |= dict.fromkeys(Act, Cannot.NOT_NOW)
            talking.desk.hear(CallEnded("pbx", "in-1", EndCause.HUNG_UP, NOW))
        case _:
            talking.give_up(talking.ring("0388880000"))
            talking.desk.select(list(talking.desk.calls)[-1].id)
    talking.qtbot.waitUntil(whom.isHidden, timeout=5000)
    assert whom.text() == ""
    assert talking.pop.focusWidget() is talking.pop.note.body
    ordered(talking, b"transfer in-1 202\r\n" if how == "Enter" else b"")


def test_keys_hang_up_and_say_why_something_can_not_be_done(talking: RunningDesk) -> None:
    QTest.keyClick(talking.pop, Qt.Key.Key_O, DIAL_KEY)
    assert any("press the key" in one for one in seen.labels(talking.pop.header.control, "small"))
    QTest.keyClick(talking.pop, Qt.Key.Key_H, DIAL_KEY)
    ordered(talking, b"hang_up in-1 -\r\n")


def test_who_is_no_number_is_said_in_place(talking: RunningDesk) -> None:
    talking.pop.header.control.wanted.emit(Act.TRANSFER, "suzuki")
    assert any("no number to hand on to" in one for one in seen.labels(talking.pop.header.control, "small"))
    ordered(talking, b"")


def test_what_was_selected_or_copied_anywhere_is_dialled(desk: RunningDesk) -> None:
    QGuiApplication.clipboard().setText("03-3581-4111\n")
    desk.desktop.dial_selected()
    dialled(desk, b"dial - 0335814111\r\n")
