"""Today's calls: what each row says, how one is opened again, and that it stays quiet while nobody looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTabBar

from app.call_log import CallListRow
from app.words import use_language
from cti.events import Caller, CallOffered, Direction, NotOffered, NotOfferedBecause, Withheld
from db.demo import CUSTOMER_NUMBER
from db.kinds import Outcome
from db.uuid7 import uuid7
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.not_shown_list import NotShownList
from ui.rows import RowsView
from ui.why_pane import WhyPane

ROW = CallListRow(
    call_id=uuid7(NOW, lambda bits: bits), at=NOW, direction=Direction.IN, number="0335814111", withheld=None,
    caller_name="TAKAHASHI", line_name="Main shop", outcome=Outcome.ANSWERED, answered_at=NOW, ended_at=NOW,
    customer_id=1, customer_no="C-000001", customer_name="髙橋 一郎", operator="佐藤 美咲", note_excerpt="再配達を手配",
)  # fmt: skip


def table(running: RunningDesk) -> RowsView:
    """Today's calls."""
    (calls,) = [one for one in running.desktop.main.findChildren(RowsView) if not isinstance(one, NotShownList)]
    return calls


def not_shown(running: RunningDesk) -> NotShownList:
    return running.desktop.main.findChild(NotShownList)


def why(running: RunningDesk) -> list[str]:
    """What stands under the list."""
    (_heading, text) = running.desktop.main.findChild(WhyPane).findChildren(QLabel)
    return text.text().split("\n")


def tabs(running: RunningDesk) -> QTabBar:
    return running.desktop.main.findChild(QTabBar)


def refused(peer: str, count: int = 1, because: NotOfferedBecause = NotOfferedBecause.STRANGER) -> NotOffered:
    return NotOffered("desk phone", because, peer, count, datetime.now(UTC))


def test_row_says_when_who_on_which_number_with_what_outcome_and_note(desk: RunningDesk) -> None:
    desk.desktop.main.calls.fill([ROW])
    assert seen.rows(table(desk)) == [
        ["14:12", "髙橋 一郎\n03-3581-4111", "● answered\nMain shop", "佐藤 美咲", "再配達を手配"]
    ]


def test_caller_whom_nobody_knows_stands_with_number_or_the_reason_for_none(desk: RunningDesk) -> None:
    stranger = replace(ROW, customer_name="", caller_name="", operator="", note_excerpt="", outcome=Outcome.MISSED)
    hidden = replace(stranger, number="", withheld=Withheld.PAYPHONE)
    desk.desktop.main.calls.fill([stranger, hidden])
    assert [row[1] for row in seen.rows(table(desk))] == [
        "03-3581-4111\nnot attached to a customer",
        "Payphone\nnot attached to a customer",
    ]
    assert seen.rows(table(desk))[0][2:] == ["↩ missed\nMain shop", "—", "—"]


def test_day_without_calls_says_so(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    assert seen.labels(desk.desktop.main, "empty") == ["No calls today yet. They appear here as they ring."]
    desk.desktop.main.calls.fill([ROW])
    assert seen.labels(desk.desktop.main, "empty") == []


def test_double_click_brings_the_finished_call_back_with_its_note(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "first words")
    desk.desk.finish(call.id)
    desk.qtbot.waitUntil(lambda: desk.pop.call is None, timeout=5000)
    desk.desktop.main.calls.fill([replace(ROW, call_id=call.id)])
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


def test_selected_call_says_why_it_was_shown_and_keeps_saying_it_when_others_come(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.desktop.main.calls.fill([replace(ROW, call_id=call.id), replace(ROW, customer_name="")])
    desk.desktop.show_main()
    assert why(desk) == ["Select a line above."]
    table(desk).setFocus()
    QTest.keyClick(table(desk), Qt.Key.Key_Down)
    QTest.keyClick(table(desk), Qt.Key.Key_Up)
    assert why(desk)[:2] == [
        "Caller: 03-3581-4111.",
        "The customer is C-000001: nobody else has exactly this number.",
    ]
    assert why(desk)[2].startswith("It popped: ")
    desk.give_up(call)
    desk.desktop.main.calls.fill([replace(ROW, customer_name="new"), replace(ROW, call_id=call.id)])
    assert table(desk).currentIndex().row() == 1
    assert why(desk)[-1].endswith("the caller or the PBX gave up.")


def test_call_that_the_trace_knows_nothing_of_says_so(desk: RunningDesk) -> None:
    desk.desktop.main.calls.fill([ROW])
    desk.desktop.show_main()
    table(desk).selectRow(0)
    assert why(desk) == ["The trace holds nothing of this call (any more)."]


def test_attempts_that_became_no_call_stand_behind_their_tab_with_what_to_do(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    for event in (refused("192.0.2.9", 3), refused("<img src=x>", because=NotOfferedBecause.MALFORMED)):
        desk.desk.hear(event)
    desk.qtbot.waitUntil(lambda: seen.tabs(tabs(desk)) == ["Calls", "Not shown: 4"], timeout=2000)
    desk.desktop.main.setFocus()
    while not tabs(desk).hasFocus():
        QTest.keyClick(desk.desktop.main.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(tabs(desk), Qt.Key.Key_Right)
    assert not_shown(desk).isVisible()
    assert [row[1].split("\n")[0] for row in seen.rows(not_shown(desk))] == ["<img src=x>", "192.0.2.9"]
    QTest.keyClick(tabs(desk), Qt.Key.Key_Tab)
    assert not_shown(desk).hasFocus()
    for _press in range(2):
        QTest.keyClick(not_shown(desk), Qt.Key.Key_Down)
    assert why(desk)[0].endswith(": 3 attempts from 192.0.2.9.")
    assert why(desk)[1:] == [
        "This address is neither the server's nor allowed.",
        "If it is your PBX, add the address to allow in [[source]]. Otherwise somebody tries numbers.",
    ]
    desk.desk.hear(refused("192.0.2.9"))
    desk.qtbot.waitUntil(lambda: why(desk)[0].endswith(": 4 attempts from 192.0.2.9."), timeout=2000)


def test_internal_call_is_found_among_what_was_not_shown(desk: RunningDesk) -> None:
    at = datetime.now(UTC)
    desk.desk.hear(CallOffered("desk phone", "a", Caller("202", ""), "201", "", "", Direction.INTERNAL, at, 1, 2))
    desk.desktop.show_main()
    tabs(desk).setCurrentIndex(1)
    assert [row[1:] for row in seen.rows(not_shown(desk))] == [
        ["202\n1 call · desk phone", "It did not pop: the caller is an extension, and internal calls never pop."]
    ]
    assert desk.painted == []


def test_nothing_that_was_kept_from_the_operator_is_said_too(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    tabs(desk).setCurrentIndex(1)
    assert seen.labels(desk.desktop.main, "empty") == ["Everything that came today was shown."]
    assert seen.tabs(tabs(desk)) == ["Calls", "Not shown"]


def test_what_was_refused_yesterday_is_not_today(desk: RunningDesk) -> None:
    desk.desk.hear(replace(refused("192.0.2.9"), at=datetime(2026, 1, 1, tzinfo=UTC)))
    desk.desktop.show_main()
    assert seen.rows(not_shown(desk)) == []


def test_thousand_attempts_draw_the_list_once(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    drawn = []
    not_shown(desk).model().rowsInserted.connect(lambda *_: drawn.append(1))
    for number in range(1000):
        desk.desk.hear(refused(f"192.0.2.{number % 5}"))
    desk.qtbot.waitUntil(lambda: bool(drawn), timeout=2000)
    assert len(drawn) == 5, "five rows, drawn once"


def test_reasons_are_japanese_for_japanese_operators(start: Callable[[], RunningDesk]) -> None:
    use_language("ja")
    desk = start()
    desk.desk.hear(refused("192.0.2.9", 3))
    desk.desktop.show_main()
    tabs(desk).setCurrentIndex(1)
    not_shown(desk).selectRow(0)
    assert seen.tabs(tabs(desk)) == ["通話", "表示なし: 3 件"]
    assert why(desk)[0].endswith(" 192.0.2.9 から 3 件届きました。")
    assert why(desk)[1] == "この送信元は PBX のサーバーではなく、allow でも許可されていません。"


def test_task_bar_says_which_page_is_open(desk: RunningDesk) -> None:
    window = desk.desktop.main
    window.add_page("Elsewhere", QLabel)
    desk.desktop.show_main()
    QTest.mouseClick(seen.button(window, "Elsewhere"), Qt.MouseButton.LeftButton)
    assert window.windowTitle() == "Omote – Elsewhere"
    QTest.mouseClick(seen.button(window, "Today's calls"), Qt.MouseButton.LeftButton)
    assert window.windowTitle() == "Omote – today's calls"
