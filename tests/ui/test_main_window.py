"""Today's calls: what each row says, how one is opened again, and that it stays quiet while nobody looks."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from app.call_log import CallListRow
from cti.events import Direction, Withheld
from db.demo import CUSTOMER_NUMBER
from db.kinds import Outcome
from db.uuid7 import uuid7
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk

ROW = CallListRow(
    call_id=uuid7(NOW, lambda bits: bits), at=NOW, direction=Direction.IN, number="0335814111", withheld=None,
    caller_name="TAKAHASHI", line_name="Main shop", outcome=Outcome.ANSWERED, answered_at=NOW, ended_at=NOW,
    customer_id=1, customer_no="C-000001", customer_name="髙橋 一郎", operator="佐藤 美咲", note_excerpt="再配達を手配",
)  # fmt: skip


def table(running: RunningDesk) -> QTableView:
    return running.desktop.main.findChild(QTableView)


def test_row_says_when_who_on_which_number_with_what_outcome_and_note(desk: RunningDesk) -> None:
    desk.desktop.main.fill([ROW])
    assert seen.rows(table(desk)) == [
        ["14:12", "髙橋 一郎\n03-3581-4111", "● answered\nMain shop", "佐藤 美咲", "再配達を手配"]
    ]


def test_caller_whom_nobody_knows_stands_with_number_or_the_reason_for_none(desk: RunningDesk) -> None:
    stranger = replace(ROW, customer_name="", caller_name="", operator="", note_excerpt="", outcome=Outcome.MISSED)
    hidden = replace(stranger, number="", withheld=Withheld.PAYPHONE)
    desk.desktop.main.fill([stranger, hidden])
    assert [row[1] for row in seen.rows(table(desk))] == [
        "03-3581-4111\nnot attached to a customer",
        "Payphone\nnot attached to a customer",
    ]
    assert seen.rows(table(desk))[0][2:] == ["↩ missed\nMain shop", "—", "—"]


def test_day_without_calls_says_so(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    assert seen.labels(desk.desktop.main, "empty") == ["No calls today yet. They appear here as they ring."]
    desk.desktop.main.fill([ROW])
    assert seen.labels(desk.desktop.main, "empty") == []


def test_double_click_brings_the_finished_call_back_with_its_note(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "first words")
    desk.desk.finish(call.id)
    desk.qtbot.waitUntil(lambda: desk.pop.call is None, timeout=5000)
    desk.desktop.main.fill([replace(ROW, call_id=call.id)])
    desk.desktop.show_main()
    view = table(desk)
    spot = view.visualRect(view.model().index(0, 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None, timeout=5000)
    assert desk.pop.note.body.toPlainText() == "first words"
    desk.qtbot.waitUntil(lambda: seen.labels(desk.pop.header, "name") == ["髙橋 一郎"], timeout=5000)


def test_a_stray_space_or_enter_at_start_does_not_quit(desk: RunningDesk) -> None:
    quits: list[int] = []
    desk.desktop.main.wants_quit.connect(lambda: quits.append(1))
    desk.desktop.main.show()
    focus = desk.desktop.main.focusWidget() or desk.desktop.main
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(focus, key)
    assert quits == []
