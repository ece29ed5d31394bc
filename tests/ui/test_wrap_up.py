"""Wrapping up: what lacks is said at its field with the cursor there, and the work after the call is timed."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.call import Call
from cti.events import CallEnded, EndCause
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from tests.ui.test_call_strip import clock
from ui.complaint_form import ComplaintForm
from ui.follow_up_form import FollowUpForm
from ui.plain_text import CutButton

CONTROL = Qt.KeyboardModifier.ControlModifier


def hang_up(desk: RunningDesk, source_id: str) -> None:
    desk.desk.hear(CallEnded("desk phone", source_id, EndCause.HUNG_UP, NOW + timedelta(seconds=20)))


def test_finish_says_at_the_field_what_lacks_and_goes_there(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.qtbot.waitUntil(lambda: desk.desk.dispositions.are_known)
    desk.desk.dispositions.rules._disposition_required = True
    desk.pop.activateWindow()
    note = desk.pop.note
    QTest.keyClicks(note.body, "abc")
    QTest.keyClick(note.body, Qt.Key.Key_Return, CONTROL)
    assert seen.labels(note, "warning") == ["▲ Choose a disposition first."]
    assert note.disposition.hasFocus()
    assert call.note.body == "abc"
    QTest.keyClicks(note.disposition, "other")
    QTest.keyClick(note.disposition, Qt.Key.Key_Return)
    assert seen.labels(note, "warning") == []
    assert call.note.disposition == "inquiry.other"


def test_a_code_that_needs_a_note_sends_the_cursor_into_the_text(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.qtbot.waitUntil(lambda: desk.desk.dispositions.are_known)
    desk.pop.activateWindow()
    note = desk.pop.note
    note.disposition.setFocus()
    QTest.keyClicks(note.disposition, "quality")
    QTest.keyClick(note.disposition, Qt.Key.Key_Return)
    QTest.keyClick(note.disposition, Qt.Key.Key_Return, CONTROL)
    assert seen.labels(note, "warning") == ["▲ This disposition needs a note."]
    assert note.body.hasFocus()


def test_what_lacks_for_one_call_is_not_said_of_another(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.qtbot.waitUntil(lambda: desk.desk.dispositions.are_known)
    desk.desk.dispositions.rules._disposition_required = True
    desk.pop.note.finished.emit()
    assert seen.labels(desk.pop.note, "warning") != []
    desk.desk.select(desk.ring("0399999999").id)
    assert seen.labels(desk.pop.note, "warning") == []


def test_the_clock_of_after_call_work_starts_at_the_end_and_stands_while_put_aside(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    hang_up(desk, call.ring.source_id)
    for seconds, shown in ((25, "00:05"), (90, "01:10")):
        desk.pop.header.tick(call, NOW + timedelta(seconds=seconds))
        assert seen.labels(desk.pop.header, "clock") == [shown]
    assert seen.labels(desk.pop.header, "state") == ["✎ after-call work"]
    call.after_call = call.after_call.stopped(NOW + timedelta(seconds=90))
    desk.desk.put_aside(call.id)
    desk.pop.strip.tick(NOW + timedelta(seconds=500))
    assert clock(desk, call) == "‖ 01:10"


def pins(desk: RunningDesk) -> list[str]:
    """Their words."""
    return [one.whole for one in desk.pop.header.findChildren(CutButton) if one.isVisible()]


def with_note(desk: RunningDesk, text: str = "abc") -> Call:
    """A call that is answered, with a note and the keyboard in it."""
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.opened(call, "髙橋 一郎")
    desk.qtbot.waitUntil(lambda: desk.desk.dispositions.are_known and bool(desk.desk.complaints.choices.operators))
    desk.pop.activateWindow()
    desk.pop.note.body.insertPlainText(text)
    desk.pop.note.body.setFocus()
    return call


def press(widget: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    QTest.keyClick(widget, key, CONTROL if ctrl else Qt.KeyboardModifier.NoModifier)


def test_two_keystrokes_make_a_complaint_of_the_note(desk: RunningDesk) -> None:
    call = with_note(desk, "配送遅延で二度目の連絡")
    press(desk.pop.note.body, Qt.Key.Key_K, ctrl=True)
    form = desk.pop.note.wrap_up.form
    assert isinstance(form, ComplaintForm)
    assert form.category.hasFocus()
    assert desk.pop.note.body.toPlainText() == "配送遅延で二度目の連絡", "Qt's own Ctrl+K deletes a line"
    press(form.category, Qt.Key.Key_Return)
    assert call.made.complaint is not None
    assert (call.made.complaint.category, call.made.complaint.text) == ("配送遅延", "配送遅延で二度目の連絡")
    assert desk.pop.note.wrap_up.form is None
    assert desk.pop.note.body.hasFocus()
    assert [one for one in pins(desk) if one.startswith("▲ Open complaint: 配送遅延")]
    assert call.made.complaint.complaint_no in desk.pop.note.wrap_up.made.text()


def test_all_of_a_complaint_is_said_by_keyboard(desk: RunningDesk) -> None:
    call = with_note(desk)
    press(desk.pop.note.body, Qt.Key.Key_K, ctrl=True)
    form = desk.pop.note.wrap_up.form
    assert isinstance(form, ComplaintForm)
    QTest.keyClicks(form.category, "Size")
    press(form.category, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), "5")
    form.product.setFocus()
    press(form.product, Qt.Key.Key_Down)
    press(form.product, Qt.Key.Key_Return)
    press(form.product, Qt.Key.Key_Tab)
    QTest.keyClicks(form.handler, "suzuki")
    press(form.handler, Qt.Key.Key_Return)
    QTest.keyClicks(form.due, "+2d")
    assert form.due.meaning.text() == "→ 2026-11-23 14:12"
    press(form.due, Qt.Key.Key_Return, ctrl=True)
    assert call.made.complaint is not None
    facts = call.pop.facts
    assert facts is not None
    made = facts.complaints[0]
    assert (made.category, made.severity, made.handler) == ("Size", 5, "鈴木 健")
    assert made.due_at == NOW + timedelta(days=2)
    assert form.product.words == facts.purchases[0].items[0].name, "what was bought last stands first"
    assert call.state == "talking", "the key that finishes a call has saved the form instead"


def test_a_form_says_what_is_wrong_in_one_line_and_goes_there(desk: RunningDesk) -> None:
    call = with_note(desk)
    press(desk.pop.note.body, Qt.Key.Key_J, ctrl=True)
    form = desk.pop.note.wrap_up.form
    assert isinstance(form, FollowUpForm)
    form.due.selectAll()
    QTest.keyClicks(form.due, "someday")
    form.text.setFocus()
    press(form.text, Qt.Key.Key_Return)
    assert form.due.hasFocus()
    assert "▲ Say until when." in seen.labels(form, "warning")
    assert call.made.follow_ups == ()


def test_a_follow_up_is_promised_in_two_keystrokes_and_pinned(desk: RunningDesk) -> None:
    call = with_note(desk)
    press(desk.pop.note.body, Qt.Key.Key_J, ctrl=True)
    form = desk.pop.note.wrap_up.form
    assert isinstance(form, FollowUpForm)
    press(form.due, Qt.Key.Key_Return)
    (made,) = call.made.follow_ups
    assert (made.kind, made.due_at, made.assignee) == ("callback", NOW + timedelta(hours=1), "佐藤 美咲")
    assert "◆ callback promised today 15:12 (佐藤 美咲)" in desk.pop.note.wrap_up.made.text()
    assert any("15:12" in one or "more" in one for one in pins(desk))


def test_what_stands_in_a_form_stays_with_its_call(desk: RunningDesk) -> None:
    first = with_note(desk)
    press(desk.pop.note.body, Qt.Key.Key_J, ctrl=True)
    wrap_up = desk.pop.note.wrap_up
    form = wrap_up.form
    assert isinstance(form, FollowUpForm)
    QTest.keyClicks(form.text, "the price list")
    second = desk.ring(ENGLISH_NUMBER)
    assert wrap_up.form is form, "a newcomer leaves it alone"
    desk.desk.select(second.id)
    assert wrap_up.form is None
    press(desk.pop.note.body, Qt.Key.Key_J, ctrl=True)
    assert form.text.text() == ""
    desk.desk.select(first.id)
    press(desk.pop.note.body, Qt.Key.Key_J, ctrl=True)
    assert form.text.text() == "the price list"
    press(form.text, Qt.Key.Key_Escape)
    assert wrap_up.form is None
    assert desk.pop.note.body.hasFocus()


def test_a_complaint_needs_a_customer_and_is_made_once(desk: RunningDesk) -> None:
    call = desk.ring("0399999999")
    desk.answer(call)
    desk.pop.note.wrap_up.wants_complaint.emit()
    assert "▲ Choose or enter the customer first." in seen.labels(desk.pop.note, "warning")
    other = desk.ring(CUSTOMER_NUMBER)
    desk.opened(other, "髙橋 一郎")
    desk.desk.select(other.id)
    assert seen.labels(desk.pop.note, "warning") == []
    for _again in range(2):
        desk.pop.note.wrap_up.wants_complaint.emit()
        desk.pop.note.wrap_up.save_open()
    (told,) = seen.labels(desk.pop.note, "warning")
    assert told.startswith("▲ Complaint K-")


def test_no_key_of_ours_ends_a_conversion_in_a_form(desk: RunningDesk) -> None:
    with_note(desk)
    press(desk.pop.note.body, Qt.Key.Key_K, ctrl=True)
    form = desk.pop.note.wrap_up.form
    assert isinstance(form, ComplaintForm)
    QApplication.sendEvent(form.category, QInputMethodEvent("はいそう", []))
    press(form.category, Qt.Key.Key_Return, ctrl=True)
    assert desk.pop.note.wrap_up.form is form
    assert form.category.preedit == "はいそう"
