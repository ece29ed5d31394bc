"""Wrapping up: what lacks is said at its field with the cursor there, and the work after the call is timed."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cti.events import CallEnded, EndCause
from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk

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
    assert "‖ 01:10" in seen.labels(desk.pop.strip, "small")
