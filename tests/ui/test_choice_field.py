"""A list that opens in place: chosen by keyboard, narrowed over the whole path, never with the keyboard itself."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.choices import Choice
from tests.ui.typing_in import write
from ui.choice_field import ChoiceField, FreeField

K = Qt.Key
TREE = (
    Choice("ask.delivery", ("問い合わせ", "配送"), "Inquiry Delivery"),
    Choice("ask.price", ("問い合わせ", "カカク"), "Inquiry Price"),
    Choice("order.new", ("注文", "新規"), "Order New"),
    Choice("none", ("対応不要",), "Nothing"),
    Choice("old", ("注文", "電報"), is_offered=False),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with a second field to go to."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 500)
    QVBoxLayout(made)
    made.show()
    return made


@pytest.fixture
def make(window: QWidget) -> Callable[[type[ChoiceField]], ChoiceField]:
    """A field of this kind in it, with the keyboard."""

    def make_one(kind: type[ChoiceField]) -> ChoiceField:
        field = kind()
        field.offer(TREE)
        layout = window.layout()
        assert layout is not None
        layout.addWidget(field)
        layout.addWidget(ChoiceField())
        window.activateWindow()
        field.setFocus()
        return field

    return make_one


@pytest.fixture
def field(make: Callable[[type[ChoiceField]], ChoiceField]) -> ChoiceField:
    return make(ChoiceField)


def rows(field: ChoiceField) -> list[str]:
    shown = field._list
    assert shown is not None
    return [shown.item(row).text() for row in range(shown.count())] if field.is_open else []


def press(field: ChoiceField, *keys: K) -> None:
    for key in keys:
        QTest.keyClick(field, key)


def test_it_opens_as_a_tree_and_the_arrows_pass_its_headings(field: ChoiceField) -> None:
    press(field, K.Key_Down)
    assert rows(field) == ["問い合わせ", "    配送", "    カカク", "注文", "    新規", "対応不要"]
    press(field, K.Key_Down, K.Key_Down, K.Key_Return)
    assert (field.key, field.text()) == ("order.new", "注文 › 新規")
    assert not field.is_open


@pytest.mark.parametrize(
    ("typed", "found"),
    [("配", ["問い合わせ › 配送"]), ("問 価", []), ("問 かかく", ["問い合わせ › カカク"]),
     ("deliv", ["問い合わせ › 配送"]),
     ("ＮＥＷ", ["注文 › 新規"]), ("order", ["注文 › 新規"]), ("電報", [])],
)  # fmt: skip
def test_typing_narrows_over_the_whole_path_in_both_languages(field: ChoiceField, typed: str, found: list[str]) -> None:
    write(field, typed)
    assert rows(field) == found


def test_enter_takes_the_first_that_is_left_and_tells_it_once(field: ChoiceField, qtbot: QtBot) -> None:
    told: list[str] = []
    field.changed.connect(lambda: told.append(field.key))
    QTest.keyClicks(field, "price")
    press(field, K.Key_Return)
    assert told == ["ask.price"]
    press(field, K.Key_Return)
    assert told == ["ask.price"]


def test_escape_gives_back_what_was_chosen(field: ChoiceField) -> None:
    field.choose("none")
    field.selectAll()
    QTest.keyClicks(field, "deliv")
    press(field, K.Key_Escape)
    assert (field.key, field.text(), field.is_open) == ("none", "対応不要", False)


def test_leaving_half_typed_words_gives_back_what_was_chosen_and_tab_takes_them(field: ChoiceField) -> None:
    QTest.keyClicks(field, "zzz")
    field.clearFocus()
    assert (field.key, field.text()) == ("", "")
    field.setFocus()
    QTest.keyClicks(field, "new")
    press(field, K.Key_Tab)
    assert (field.key, field.hasFocus(), field.is_open) == ("order.new", False, False)


def test_what_was_chosen_can_be_taken_away(field: ChoiceField) -> None:
    field.choose("none")
    field.selectAll()
    press(field, K.Key_Backspace, K.Key_Return)
    assert (field.key, field.text()) == ("", "")


def test_what_nothing_is_called_takes_nothing(field: ChoiceField) -> None:
    QTest.keyClicks(field, "zzz")
    press(field, K.Key_Return)
    assert field.key == ""


def test_enter_with_a_closed_list_is_told_apart(field: ChoiceField) -> None:
    told: list[bool] = []
    field.entered.connect(lambda: told.append(True))
    press(field, K.Key_Return)
    assert told == [True]


def test_the_list_is_a_child_of_the_window_and_never_has_the_keyboard(field: ChoiceField, window: QWidget) -> None:
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    shown = field._list
    assert shown is not None
    assert not shown.isWindow()
    assert QApplication.activePopupWidget() is None
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualItemRect(shown.item(1)).center())
    assert field.hasFocus()
    assert field.key == "ask.delivery"


def test_a_click_on_a_heading_chooses_nothing(field: ChoiceField) -> None:
    press(field, K.Key_Down)
    shown = field._list
    assert shown is not None
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualItemRect(shown.item(0)).center())
    assert (field.key, field.is_open) == ("", True)


def test_the_list_stands_inside_a_window_that_is_low(field: ChoiceField, window: QWidget) -> None:
    window.resize(400, 120)
    QApplication.processEvents()
    press(field, K.Key_Down)
    shown = field._list
    assert shown is not None
    assert shown.geometry().top() >= 0


def test_what_is_selected_is_told_to_a_screen_reader(field: ChoiceField) -> None:
    press(field, K.Key_Down, K.Key_Down)
    assert field.accessibleDescription() == "問い合わせ › カカク"


def test_a_conversion_is_known_and_can_be_ended(field: ChoiceField) -> None:
    QApplication.sendEvent(field, QInputMethodEvent("はい", []))
    assert field.preedit == "はい"
    field.commit()
    assert field.preedit == ""


def test_a_free_field_keeps_what_was_typed_and_takes_a_row_only_when_asked(
    make: Callable[[type[ChoiceField]], ChoiceField],
) -> None:
    field = make(FreeField)
    assert isinstance(field, FreeField)
    write(field, "配")
    press(field, K.Key_Return)
    assert (field.words, field.is_open) == ("配", False)
    write(field, "送")
    press(field, K.Key_Down, K.Key_Return)
    assert field.words == "問い合わせ › 配送"
