"""What is due stands in a bar of both windows and in the tray; it takes no keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.follow_ups import FollowUpKind, FollowUpWish
from cti.control import Act, Cannot
from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import NOW, OPERATOR, RunningDesk
from ui.reminder_bar import ReminderBar


@pytest.fixture
def due(desk: RunningDesk) -> ReminderBar:
    """A callback that is due, promised in a call that is on the card. The demo's own is another operator's."""
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.opened(call, "髙橋 一郎")
    desk.qtbot.waitUntil(lambda: bool(desk.desk.complaints.choices.operators))
    desk.pop.activateWindow()
    desk.pop.note.body.setFocus()
    wish = FollowUpWish(FollowUpKind.CALLBACK, NOW - timedelta(minutes=1), OPERATOR, "the delivery <b>date</b>")
    desk.desk.obligations.promise(call.id, wish)
    bar = desk.pop.reminder
    desk.qtbot.waitUntil(lambda: "the delivery" in bar.words.whole, timeout=5000)
    return bar


def test_it_says_what_when_and_whom_to_call_and_takes_no_keyboard(desk: RunningDesk, due: ReminderBar) -> None:
    assert due.isVisible()
    assert due.words.whole == (
        "◆ callback promised today 14:11: 髙橋 一郎 03-3581-4111 – the delivery <b>date</b>"
    )  # fmt: skip
    assert desk.pop.note.body.hasFocus()
    assert not desk.desktop.main.reminder.isHidden()


def test_call_back_dials_and_asks_for_nothing_twice(desk: RunningDesk, due: ReminderBar) -> None:
    QTest.mouseClick(seen.button(due, "Call back"), Qt.MouseButton.LeftButton)

    def has_it() -> bool:
        desk.loop.run()
        return desk.control.wire == b"dial - 0335814111\r\n"

    desk.qtbot.waitUntil(has_it, timeout=5000)
    assert desk.pop.note.body.hasFocus()
    assert due.said.isHidden()


def test_where_nothing_can_be_dialled_the_number_is_copied_and_that_is_said(
    desk: RunningDesk, due: ReminderBar
) -> None:
    desk.control.reasons[Act.DIAL] = Cannot.NOT_CONNECTED
    QTest.mouseClick(seen.button(due, "Call back"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().replace("-", "") == "0335814111"
    assert due.said.text() == (
        "The number is copied. The telephone system does not answer. Try again, or dial by hand."
    )  # fmt: skip
    assert due.undo.isHidden()
    assert desk.control.wire == b""
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None and desk.pop.call.pop.facts is not None, timeout=5000)


@pytest.mark.parametrize("words", ["Not reached", "In 15 minutes", "Done"])
def test_what_was_clicked_can_be_taken_back(desk: RunningDesk, due: ReminderBar, words: str) -> None:
    QTest.mouseClick(seen.button(due, words), Qt.MouseButton.LeftButton)
    assert due.isVisible()
    assert "the delivery" in due.said.text()
    assert not due.undo.isHidden()
    QTest.mouseClick(due.undo, Qt.MouseButton.LeftButton)
    assert due.said.isHidden()
    desk.qtbot.waitUntil(lambda: "the delivery" in due.words.whole and not due.words.isHidden(), timeout=5000)
    assert desk.pop.note.body.hasFocus()


def test_who_was_not_reached_is_due_again_in_an_hour(desk: RunningDesk, due: ReminderBar) -> None:
    QTest.mouseClick(seen.button(due, "Not reached"), Qt.MouseButton.LeftButton)
    assert "not reached 1×, due today 15:" in due.said.text()
    assert due.words.isHidden()

    def is_kept() -> bool:
        listed: list[int] = []
        desk.desk.follow_ups.list_open(lambda found: listed.extend(one.attempts for one in found), listed.append)
        desk.qtbot.waitUntil(lambda: bool(listed), timeout=5000)
        return 1 in listed

    desk.qtbot.waitUntil(is_kept, timeout=5000)


def test_what_is_sent_reaches_nobody_by_telephone(desk: RunningDesk, due: ReminderBar) -> None:
    call = desk.pop.call
    assert call is not None
    wish = FollowUpWish(FollowUpKind.SEND, NOW - timedelta(hours=1), "", "the catalogue")
    desk.desk.obligations.promise(call.id, wish)
    desk.qtbot.waitUntil(lambda: "the catalogue" in due.words.whole, timeout=5000)
    assert not [one for one in due.findChildren(QPushButton) if one.text() == "Not reached" and one.isVisible()]


@pytest.mark.parametrize("words", ["In 15 minutes", "Done"])
def test_it_goes_when_it_is_done_or_put_off(desk: RunningDesk, due: ReminderBar, words: str) -> None:
    QTest.mouseClick(seen.button(due, words), Qt.MouseButton.LeftButton)
    assert "the delivery" not in due.words.whole or due.words.isHidden()
    assert desk.pop.note.body.hasFocus(), "a click on it takes no keyboard"
    call = desk.pop.call
    assert call is not None
    assert (call.made.follow_ups == ()) is (words == "Done")


def test_the_tray_counts_what_is_due(desk: RunningDesk, due: ReminderBar) -> None:
    assert "due" in desk.desktop.tray.icon.toolTip()


def test_a_bar_with_several_names_the_first_and_counts_the_others(desk: RunningDesk, due: ReminderBar) -> None:
    call = desk.pop.call
    assert call is not None
    wish = FollowUpWish(FollowUpKind.SEND, NOW - timedelta(hours=1), "", "the catalogue")
    desk.desk.obligations.promise(call.id, wish)
    desk.qtbot.waitUntil(lambda: "the catalogue" in due.words.whole, timeout=5000)
    assert due.more.text().startswith("and ")
    assert seen.button(due, "Open").isVisible()
