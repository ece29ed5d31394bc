"""What is due stands in a bar of both windows and in the tray; it takes no keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.follow_ups import FollowUpKind, FollowUpWish
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


def test_a_click_opens_its_call_and_lays_the_number_ready(desk: RunningDesk, due: ReminderBar) -> None:
    QTest.mouseClick(seen.button(due, "Call back"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().replace("-", "") == "0335814111"
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None and desk.pop.call.pop.facts is not None, timeout=5000)


@pytest.mark.parametrize("words", ["In 15 minutes", "Done"])
def test_it_goes_when_it_is_done_or_put_off(desk: RunningDesk, due: ReminderBar, words: str) -> None:
    QTest.mouseClick(seen.button(due, words), Qt.MouseButton.LeftButton)
    assert "the delivery" not in due.words.whole or due.isHidden()
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
