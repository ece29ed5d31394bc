"""The foot of the rail: who sits here, what he does, and another operator by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.operator_foot import OperatorFoot
from ui.status_line import states


@pytest.fixture
def foot(desk: RunningDesk) -> OperatorFoot:
    desk.desktop.show_main()
    desk.qtbot.waitUntil(lambda: bool(desk.desk.complaints.choices.operators), timeout=5000)
    desk.desktop._foot._show()
    return desk.desktop.main.foot


def state(foot: OperatorFoot) -> str:
    return foot._state.text()


def test_it_says_who_and_what(desk: RunningDesk, foot: OperatorFoot) -> None:
    assert seen.labels(foot, "strong") == ["佐藤 美咲"]
    assert state(foot) == "● Ready"
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    assert state(foot) == "● On the phone"
    desk.give_up(call)
    assert state(foot) == "✎ After-call work"
    QTest.mouseClick(foot.on_break, Qt.MouseButton.LeftButton)
    assert state(foot) == "Ⅱ On a break"
    QTest.mouseClick(seen.button(foot, "End the break"), Qt.MouseButton.LeftButton)
    assert state(foot) == "✎ After-call work"


def test_another_operator_sits_down_and_the_draft_of_the_first_comes_back(
    desk: RunningDesk, foot: OperatorFoot
) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.give_up(call)
    desk.pop.take_me_there()
    QTest.keyClicks(desk.pop.note.body, "my words")
    desk.desktop.tray.wants_switch.emit()
    assert desk.desktop.main.focusWidget() is foot.field
    QTest.keyClicks(foot.field, "newcomer")
    assert desk.pop.call is call
    while not foot.field.isHidden():
        QTest.keyClick(foot.field, Qt.Key.Key_Return)
    assert seen.labels(foot, "strong") == ["newcomer"]
    assert desk.pop.call is None
    desk.desk.shift.change("sato")
    assert desk.pop.call is call
    assert desk.pop.note.body.toPlainText() == "my words"


def test_a_known_operator_is_chosen_from_the_list(desk: RunningDesk, foot: OperatorFoot) -> None:
    foot.open_form()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Return):
        QTest.keyClick(foot.field, key)
    assert desk.seat.login not in ("sato", "")
    assert seen.labels(foot, "strong")[0] != desk.seat.login, "by name"


def test_escape_changes_nothing(desk: RunningDesk, foot: OperatorFoot) -> None:
    foot.open_form()
    QTest.keyClicks(foot.field, "x")
    for _press in range(2):
        QTest.keyClick(foot.field, Qt.Key.Key_Escape)
    assert foot.field.isHidden()
    assert desk.seat.login == "sato"


def test_a_start_that_asks_who_sits_here_says_so_until_somebody_answers(desk: RunningDesk, foot: OperatorFoot) -> None:
    desk.desk.board.set(unnamed="sato")
    assert states(desk.desk.board.status)[0] == (
        "▲ Nobody has said who sits here: all is written as sato (Ctrl+O)"
    )  # fmt: skip
    assert foot.field.isVisible()
    QTest.keyClicks(foot.field, "sato")
    while not foot.field.isHidden():
        QTest.keyClick(foot.field, Qt.Key.Key_Return)
    assert desk.desk.board.status.unnamed == ""
    assert seen.labels(foot, "strong") == ["佐藤 美咲"]


def test_one_key_asks_for_another_operator_from_the_pop_too(desk: RunningDesk, foot: OperatorFoot) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.take_me_there()
    QTest.keyClick(desk.pop.focusWidget(), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert desk.desktop.main.focusWidget() is foot.field


def test_the_name_stands_there_as_soon_as_the_records_have_told_it(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    desk.qtbot.waitUntil(lambda: seen.labels(desk.desktop.main.foot, "strong") == ["佐藤 美咲"], timeout=5000)
