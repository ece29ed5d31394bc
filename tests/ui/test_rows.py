"""The one table: what it draws is what a screen reader reads, money stands right, and a fill replaces all."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from pytestqt.qtbot import QtBot

from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import LIGHT

COLUMNS = (Column("Product"), Column("Amount", 104, is_right=True))


def filled(qtbot: QtBot, *rows: tuple[Cell, Cell]) -> RowsView:
    view = RowsView(COLUMNS, LIGHT)
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.fill(rows, [f"key-{number}" for number in range(len(rows))])
    view.show()
    return view


def picture(view: RowsView) -> QImage:
    return view.grab().toImage()


def test_a_screen_reader_reads_both_lines_of_a_cell_and_the_column_heads(qtbot: QtBot) -> None:
    view = filled(qtbot, (Cell("羽毛布団", "注文 A-20931"), Cell("¥48,000")))
    accessible = QAccessible.queryAccessibleInterface(view)
    names = [accessible.child(number).text(QAccessible.Text.Name) for number in range(accessible.childCount())]
    assert {"Product", "Amount", "羽毛布団\n注文 A-20931", "¥48,000"} <= set(names)


def test_money_is_aligned_right_with_its_head(qtbot: QtBot) -> None:
    view = filled(qtbot, (Cell("x"), Cell("¥1")))
    amount = view.model().index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    head = view.model().headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(amount) & Qt.AlignmentFlag.AlignRight
    assert Qt.AlignmentFlag(head) & Qt.AlignmentFlag.AlignRight


def test_fill_replaces_all_rows_and_their_keys(qtbot: QtBot) -> None:
    view = filled(qtbot, (Cell("a"), Cell("1")), (Cell("b"), Cell("2")))
    assert view.key_at(view.model().index(1, 1)) == "key-1"
    view.fill([(Cell("c"), Cell("3"))], ["other"])
    assert view.model().rowCount() == 1
    assert view.key_at(view.model().index(0, 1)) == "other"


def test_tone_second_line_and_weight_are_drawn(qtbot: QtBot) -> None:
    plain = picture(filled(qtbot, (Cell("late"), Cell(""))))
    for other in (Cell("late", tone=Tone.BAD), Cell("late", "by two days"), Cell("late", is_strong=True)):
        assert picture(filled(qtbot, (other, Cell("")))) != plain


def test_html_in_a_cell_is_drawn_as_it_is_written(qtbot: QtBot) -> None:
    tags, bold = (picture(filled(qtbot, (cell, Cell("")))) for cell in (Cell("<b></b>x"), Cell("x")))
    assert tags != bold


def test_nothing_in_a_table_can_be_edited(qtbot: QtBot) -> None:
    view = filled(qtbot, (Cell("a"), Cell("1")))
    assert view.editTriggers() == RowsView.EditTrigger.NoEditTriggers
