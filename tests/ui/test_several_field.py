"""Several of a list are ticked by keyboard or mouse; the field says which, or how many where they do not fit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.choices import Choice
from tests.ui.typing_in import write
from ui.several_field import SeveralField

K = Qt.Key
OFFERED = (
    Choice("sales", ("Sales",)),
    Choice("support", ("Support",)),
    Choice("ask.delivery", ("Inquiry", "Delivery"), "配送"),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 400)
    return made


@pytest.fixture
def field(window: QWidget) -> SeveralField:
    made, column = SeveralField("every line"), QVBoxLayout(window)
    made.offer(OFFERED)
    for one in (made, QLineEdit()):
        column.addWidget(one)
    column.addStretch(1)
    window.show()
    window.activateWindow()
    made.setFocus()
    return made


def press(field: SeveralField, *keys: K) -> None:
    for key in keys:
        QTest.keyClick(field, key)


def ticks(field: SeveralField) -> list[str]:
    """Of the rows that are seen, those with a tick."""
    shown = field._list
    assert shown is not None
    state = Qt.ItemDataRole.CheckStateRole
    rows = map(shown.item, range(shown.count()))
    return [row.text().strip() for row in rows if row.data(state) == Qt.CheckState.Checked.value]


def test_nothing_ticked_means_everything_and_says_so(field: SeveralField) -> None:
    assert (field.text(), field.keys) == ("every line", ())
    press(field, K.Key_Down)
    assert ticks(field) == ["every line"]


def test_space_and_enter_tick_and_untick_and_the_list_stays_open(field: SeveralField, qtbot: QtBot) -> None:
    told: list[tuple[str, ...]] = []
    field.changed.connect(lambda: told.append(field.keys))
    press(field, K.Key_Down, K.Key_Down, K.Key_Space, K.Key_Down, K.Key_Return)
    assert (field.keys, field.is_open, ticks(field)) == (("sales", "support"), True, ["Sales", "Support"])
    press(field, K.Key_Space)
    assert told == [("sales",), ("sales", "support"), ("sales",)]
    press(field, K.Key_Escape)
    assert (field.text(), field.is_open) == ("Sales", False)


def test_what_is_typed_narrows_and_a_tick_leaves_room_for_the_next_word(field: SeveralField) -> None:
    write(field, "配送")
    press(field, K.Key_Return)
    QTest.keyClicks(field, "sup")
    press(field, K.Key_Tab)
    assert (field.keys, field.text(), field.hasFocus()) == (("ask.delivery", "support"), "Delivery, Support", False)


def test_the_first_row_takes_all_ticks_away(field: SeveralField) -> None:
    field.tick(["sales", "support"])
    press(field, K.Key_Down, K.Key_PageUp, K.Key_Space)
    assert (field.keys, field.text()) == ((), "every line")


def test_what_does_not_fit_is_counted_and_the_tip_says_which(field: SeveralField) -> None:
    field.setFixedWidth(110)
    field.tick(["sales", "support", "ask.delivery"])
    assert field.text() == "3 chosen"
    assert "Sales, Support, Delivery" in field.toolTip()


def test_what_nobody_has_any_more_stays_ticked_and_is_told(field: SeveralField) -> None:
    field.tick(["old line"])
    field.offer(OFFERED)
    assert (field.keys, field.text()) == (("old line",), "old line")


def test_a_click_ticks_and_a_second_click_on_the_field_closes(field: SeveralField) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(field, left)
    shown = field._list
    assert shown is not None
    QTest.mouseClick(shown.viewport(), left, pos=shown.visualItemRect(shown.item(2)).center())
    assert (field.keys, field.is_open, field.hasFocus()) == (("support",), True, True)
    QTest.mouseClick(field, left)
    assert (field.is_open, field.text()) == (False, "Support")
