"""The import page with real files, the real import process and real records."""

import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton, QWidget

from app.words import use_language
from db.demo import CUSTOMER_NUMBER
from db.engine import FILE_NAME
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.importing.encoding_box import EncodingBox
from ui.pages.imports import ImportsPage
from ui.rows import RowsView

HEADINGS = ["会員No", "お名前", "TEL1", "誕生日", "区分9"]
ROWS = [
    ["K-1", "試験 一郎", "03-4515-0001", "1980/4/1", "A"],
    ["K-2", "試験 二郎", "03-4515-0002", "1981-05-02", "B"],
    ["K-3", "試験 三郎", "03-4515-0003", "80/4/1", "A"],
]
COLUMNS, FIRST_ROWS, REFUSED, ODD = range(4)


@pytest.fixture
def page(desk: RunningDesk) -> ImportsPage:
    """The page, looked at for the first time."""
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Import and export").click()
    return desk.desktop.main.findChild(ImportsPage)


@pytest.fixture
def members(tmp_path: Path) -> Path:
    return written(tmp_path / "members.csv", [HEADINGS, *ROWS])


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="cp932", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def opened(desk: RunningDesk, page: ImportsPage, path: Path) -> None:
    """The file is on the screen."""
    page.open(path)
    desk.qtbot.waitUntil(page.file.isVisible, timeout=30_000)


def tab(page: ImportsPage, number: int) -> None:
    page.file._tabs.setCurrentIndex(number)


def table(page: ImportsPage) -> RowsView:
    """The widest table that is seen."""
    return max((one for one in page.findChildren(RowsView) if one.isVisible()), key=QWidget.width)


def wait_for_past(desk: RunningDesk, page: ImportsPage) -> None:
    """Until the imports of the past are listed."""
    desk.qtbot.waitUntil(lambda: not seen.labels(page, "empty"), timeout=10_000)


def goes_to(page: ImportsPage) -> list[str]:
    """What each column of the file becomes."""
    return [row[1] for row in seen.rows(table(page))]


def choose(page: ImportsPage, row: int, words: str) -> None:
    """As somebody does who opens the box of a column and clicks."""
    table(page).selectRow(row)
    (box,) = table(page).findChildren(QComboBox)
    place = box.findText(words)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)


def said(page: ImportsPage) -> str:
    return " ".join(text for role in ("result", "alarm", "warning", "line") for text in seen.labels(page, role))


def press(page: ImportsPage, text: str) -> None:
    QTest.mouseClick(seen.button(page, text), Qt.MouseButton.LeftButton)


def wait_for(desk: RunningDesk, page: ImportsPage, words: str) -> None:
    desk.qtbot.waitUntil(lambda: words in said(page), timeout=60_000)


def customers(folder: Path) -> int:
    """As a bare reader sees them."""
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        return int(connection.execute("SELECT count(*) FROM customer WHERE name LIKE '試験%'").fetchone()[0])
    finally:
        connection.close()


def dropped(on: QWidget, at: QPoint, about: QMimeData) -> None:
    """A drag from its entering to its end."""
    how = Qt.DropAction.CopyAction, about, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(on, QDragEnterEvent(at, *how))
    QApplication.sendEvent(on, QDragMoveEvent(at, *how))
    QApplication.sendEvent(on, QDropEvent(QPointF(at), *how))


def test_before_the_first_import_the_page_says_what_to_do(page: ImportsPage) -> None:
    assert "No imports yet. Each one is listed here and can be taken back." in seen.labels(page, "empty")
    assert "Choose file…" in seen.buttons(page)


def test_a_file_shows_its_columns_with_examples_and_where_they_go(
    desk: RunningDesk, page: ImportsPage, members: Path
) -> None:
    opened(desk, page, members)
    assert [row[0] for row in seen.rows(table(page))] == [
        "会員No\nK-1 · K-2 · K-3",
        "お名前\n試験 一郎 · 試験 二郎 · 試験 三郎",
        "TEL1\n03-4515-0001 · 03-4515-0002 · 03-4515-0003",
        "誕生日\n1980/4/1 · 1981-05-02 · 80/4/1",
        "区分9\nA · B",
    ]
    assert goes_to(page) == [
        "Customer number", "Name", "Phone numbers", "Birth date", "– not taken –",
    ]  # fmt: skip
    assert seen.labels(page, "small")[0] == "CSV, CP932"


def test_the_first_rows_stand_as_they_will_be_taken_and_the_refused_with_line_column_and_reason(
    desk: RunningDesk, page: ImportsPage, members: Path
) -> None:
    opened(desk, page, members)
    tab(page, FIRST_ROWS)
    assert seen.rows(table(page)) == [
        ["試験 一郎", "03-4515-0001", "—", "K-1"],
        ["試験 二郎", "03-4515-0002", "—", "K-2"],
    ]
    tab(page, REFUSED)
    assert seen.rows(table(page)) == [["4", "誕生日", "80/4/1", "is no date that can be read"]]


def test_rows_follow_when_a_column_is_to_become_something_else(
    desk: RunningDesk, page: ImportsPage, members: Path
) -> None:
    opened(desk, page, members)
    choose(page, 3, "– not taken –")
    choose(page, 4, "Rank")
    tab(page, FIRST_ROWS)
    desk.qtbot.waitUntil(lambda: len(seen.rows(table(page))) == 3, timeout=30_000)
    assert seen.rows(table(page))[2] == ["試験 三郎", "03-4515-0003", "—", "K-3\nA"]


def second_cell(page: ImportsPage) -> QRect:
    """Where the second column's box belongs."""
    return table(page).visualRect(table(page).model().index(1, 1))


def test_the_box_stands_on_the_selected_column_also_where_a_scroll_bar_came_or_went(
    desk: RunningDesk, page: ImportsPage, tmp_path: Path
) -> None:
    for columns in (40, 3):
        opened(desk, page, written(tmp_path / f"{columns}.csv", [[f"列{n}" for n in range(columns)], ["x"] * columns]))
        desk.qtbot.waitUntil(lambda n=columns: len(goes_to(page)) == n, timeout=30_000)
        QTest.keyClick(table(page), Qt.Key.Key_Down)
        (box,) = table(page).findChildren(QComboBox)
        desk.qtbot.waitUntil(lambda b=box: second_cell(page).contains(b.geometry()), timeout=5_000)
        assert box.accessibleName() == "列1"
        window = desk.desktop.main
        window.resize(window.width() - 90, window.height())
        desk.qtbot.waitUntil(lambda b=box: second_cell(page).contains(b.geometry()), timeout=5_000)


def test_a_field_that_is_dragged_onto_a_column_becomes_it(desk: RunningDesk, page: ImportsPage, members: Path) -> None:
    opened(desk, page, members)
    about = QMimeData()
    about.setData("application/x-omote-field", b"rank")
    columns = table(page)
    spot = columns.visualRect(columns.model().index(4, 0)).center()
    dropped(columns.viewport(), spot, about)
    assert goes_to(page)[4] == "Rank"


def test_enter_on_a_field_puts_it_on_the_selected_column(desk: RunningDesk, page: ImportsPage, members: Path) -> None:
    opened(desk, page, members)
    table(page).selectRow(4)
    (fields,) = [one for one in page.findChildren(RowsView) if one.isVisible() and one is not table(page)]
    place = [row[0] for row in seen.rows(fields)].index("Memo")
    fields.setFocus()
    fields.setCurrentIndex(fields.model().index(place, 0))
    QTest.keyClick(fields, Qt.Key.Key_Return)
    assert goes_to(page)[4] == "Memo"
    assert ["✓ Memo"] in seen.rows(fields)


def test_what_is_still_needed_is_said_in_place_and_nothing_can_be_imported_until_then(
    desk: RunningDesk, page: ImportsPage, members: Path
) -> None:
    opened(desk, page, members)
    choose(page, 1, "– not taken –")
    assert "Still needed: Name." in said(page)
    assert not seen.button(page, "Import").isEnabled()
    choose(page, 1, "Name")
    choose(page, 4, "Name")
    assert "Only one column can be “Name”" in said(page)
    assert not seen.button(page, "Try it out").isEnabled()


def test_trying_out_counts_and_changes_nothing(
    desk: RunningDesk, page: ImportsPage, members: Path, tmp_path: Path
) -> None:
    opened(desk, page, members)
    press(page, "Try it out")
    wait_for(desk, page, "This would happen: 2 new · 1 refused.")
    assert customers(tmp_path) == 0


def test_an_import_is_told_by_number_listed_and_taken_back_again(
    desk: RunningDesk, page: ImportsPage, members: Path, tmp_path: Path
) -> None:
    opened(desk, page, members)
    press(page, "Import")
    wait_for(desk, page, "Imported as B-20261121-1: 2 new · 1 refused.")
    assert customers(tmp_path) == 2
    press(page, "Take it back")
    assert "Take back B-20261121-1?" in said(page)
    assert seen.button(page, "Keep it").hasFocus()  # a stray Space must not take anything back
    press(page, "Take it back")
    wait_for(desk, page, "2 removed, 0 as before.")
    assert customers(tmp_path) == 0
    desk.qtbot.waitUntil(lambda: "↩ taken back" in str(seen.rows(table(page))), timeout=10_000)
    assert not seen.button(page, "Take it back…").isEnabled()


def test_a_past_import_is_taken_back_from_the_list(
    desk: RunningDesk, page: ImportsPage, members: Path, tmp_path: Path
) -> None:
    opened(desk, page, members)
    press(page, "Import")
    wait_for(desk, page, "Imported as")
    press(page, "Next file")
    wait_for_past(desk, page)
    assert seen.rows(table(page))[0][1:3] == ["members.csv\nB-20261121-1 · Customers", "2 new · 1 refused"]
    table(page).selectRow(0)
    press(page, "Take it back…")
    press(page, "Keep it")
    assert customers(tmp_path) == 2
    press(page, "Take it back…")
    press(page, "Take it back")
    wait_for(desk, page, "2 removed")
    assert customers(tmp_path) == 0


def test_a_cancelled_import_leaves_nothing_and_says_so(desk: RunningDesk, page: ImportsPage, tmp_path: Path) -> None:
    many = [[f"K-{n}", f"試験 {n}", f"090{n:08}", "", ""] for n in range(10_000)]
    opened(desk, page, written(tmp_path / "many.csv", [HEADINGS, *many]))
    press(page, "Import")
    press(page, "Cancel")
    wait_for(desk, page, "The import was cancelled. Nothing of it is in the records.")
    assert customers(tmp_path) == 0
    assert seen.button(page, "Import").isEnabled()


def test_a_call_pops_while_an_import_runs(desk: RunningDesk, page: ImportsPage, tmp_path: Path) -> None:
    many = [[f"K-{n}", f"試験 {n}", f"090{n:08}", "", ""] for n in range(10_000)]
    opened(desk, page, written(tmp_path / "many.csv", [HEADINGS, *many]))
    press(page, "Import")
    call = desk.ring(CUSTOMER_NUMBER)
    assert call.pop.facts is not None
    assert desk.supervision.imports.is_busy
    wait_for(desk, page, "10,000 new")


def test_a_bad_file_ends_in_one_line_where_it_was_dropped(desk: RunningDesk, page: ImportsPage, tmp_path: Path) -> None:
    bad = tmp_path / "customers.xls"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    about = QMimeData()
    about.setUrls([QUrl.fromLocalFile(str(bad))])
    dropped(page, QPoint(50, 50), about)
    wait_for(desk, page, "▲ customers.xls is of an old kind of Excel's. Save it in Excel as .xlsx")
    assert not page.file.isVisible()


def test_how_columns_were_set_is_remembered_for_the_next_file_with_these_headings(
    desk: RunningDesk, page: ImportsPage, members: Path, tmp_path: Path
) -> None:
    opened(desk, page, members)
    choose(page, 4, "Rank")
    press(page, "Import")
    wait_for(desk, page, "Imported as")
    press(page, "Next file")
    opened(desk, page, written(tmp_path / "next.csv", [HEADINGS, *ROWS]))
    assert goes_to(page)[4] == "Rank"
    assert "CSV, CP932 · columns as last time" in seen.labels(page, "small")


def test_columns_go_into_a_file_and_come_out_of_one(
    desk: RunningDesk, page: ImportsPage, members: Path, tmp_path: Path
) -> None:
    opened(desk, page, members)
    choose(page, 4, "Memo")
    saved = tmp_path / "columns.toml"
    in_dialog(page, "Save columns…", saved)
    desk.qtbot.waitUntil(lambda: saved.exists() and '"区分9" = "memo"' in saved.read_text("utf-8"), timeout=10_000)
    choose(page, 4, "– not taken –")
    in_dialog(page, "Load columns…", saved)
    desk.qtbot.waitUntil(lambda: goes_to(page)[4] == "Memo", timeout=10_000)


def test_refused_rows_are_saved_with_their_reasons(
    desk: RunningDesk, page: ImportsPage, members: Path, tmp_path: Path
) -> None:
    opened(desk, page, members)
    press(page, "Try it out")
    wait_for(desk, page, "1 refused")
    saved = tmp_path / "refused.csv"
    in_dialog(page, "Save the refused rows…", saved)
    wait_for(desk, page, "The refused rows were saved as refused.csv")
    _headings, row = csv.reader(saved.read_text("utf-8-sig").splitlines())
    assert row[:4] == ["4", "誕生日", "is no date that can be read", "K-3"]


def in_dialog(page: ImportsPage, button: str, path: Path) -> None:
    """Choose a file in the dialog that the button opens; it holds up no other window."""
    press(page, button)
    (dialog,) = [one for one in page.findChildren(QFileDialog) if one.isVisible()]
    assert QApplication.activeModalWidget() is None
    dialog.fileSelected.emit(str(path))
    dialog.close()


@pytest.mark.parametrize(
    ("headings", "row", "kind"),
    [
        ("顧客番号 注文番号 注文日 商品名 単価", "K-1 1 2026-01-02 浄水器 ￥9,800", "Purchases"),
        ("顧客番号 受付番号 受付日 クレーム種別", "K-1 1 2026-01-02 配送", "Complaints"),
        ("顧客番号 応対日時 件名", "K-1 2026-01-02T10:00 配送日", "Past contacts"),
    ],
)
def test_headings_say_what_a_file_holds(  # noqa: PLR0917 -- three of them are pytest's
    desk: RunningDesk, page: ImportsPage, tmp_path: Path, headings: str, row: str, kind: str
) -> None:
    opened(desk, page, written(tmp_path / "file.csv", [headings.split(), row.split()]))
    assert page.file._kind.currentText() == kind
    tab(page, FIRST_ROWS)
    assert seen.rows(table(page))[0][0] == "K-1"


def test_everything_is_reached_with_the_tab_key(desk: RunningDesk, page: ImportsPage, members: Path) -> None:
    opened(desk, page, members)
    wanted: set[QWidget] = {
        seen.button(page, text) for text in ("Another file", "Save columns…", "Try it out", "Import")
    }
    wanted |= {
        *table(page).findChildren(QComboBox),
        page.file._kind,
        page.file._tabs,
        *page.file.columns.findChildren(RowsView),
    }
    assert wanted <= tabbed_through(desk.desktop.main)


def tabbed_through(window: QWidget) -> set[QWidget]:
    window.activateWindow()
    found: set[QWidget] = set()
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now in found:
            break
        found.add(now)
    return found


def test_the_page_speaks_japanese_from_end_to_end(start: Callable[[], RunningDesk], members: Path) -> None:

    use_language("ja")
    desk = start()
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "取り込み・書き出し").click()
    page = desk.desktop.main.findChild(ImportsPage)
    opened(desk, page, members)
    press(page, "試す")
    desk.qtbot.waitUntil(lambda: "取り込むとこうなります: 新規 2 · 取り込めない行 1" in said(page), timeout=60_000)
    assert {one.text() for one in page.findChildren(QPushButton) if one.text().isascii()} == set()


def boxes(page: ImportsPage, name: str) -> QComboBox:
    """The box that is seen under this name."""
    (found,) = [one for one in page.findChildren(EncodingBox) if one.isVisible()]
    assert any(one.buddy() is found for one in page.findChildren(QLabel) if one.text() == name)
    return found


def pick(box: QComboBox, words: str) -> None:
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())


def test_a_file_is_read_again_in_the_encoding_that_is_chosen(
    desk: RunningDesk, page: ImportsPage, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes("氏名,電話\n高橋,090-1234-5678\n".encode("euc_jp"))
    opened(desk, page, file)
    assert "CSV, CP932" in seen.labels(page, "small")
    assert boxes(page, "Encoding").currentText() == "recognised"
    pick(boxes(page, "Encoding"), "EUC-JP")
    desk.qtbot.waitUntil(lambda: "CSV, EUC_JP" in seen.labels(page, "small"), timeout=30_000)
    assert goes_to(page) == ["Name", "Phone numbers"]
    press(page, "Import")
    wait_for(desk, page, "Imported as")


def test_an_encoding_in_which_a_file_is_no_text_leaves_it_open_as_it_was(
    desk: RunningDesk, page: ImportsPage, members: Path
) -> None:
    opened(desk, page, members)
    pick(boxes(page, "Encoding"), "UTF-8")
    wait_for(desk, page, "that is no text in UTF-8")
    assert "--" not in said(page)
    assert (page.file.isVisible(), boxes(page, "Encoding").currentText()) == (True, "recognised")
    press(page, "Import")
    wait_for(desk, page, "Imported as")


def test_a_file_whose_encoding_nobody_can_guess_is_opened_in_the_chosen_one(
    desk: RunningDesk, page: ImportsPage, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes("Name,Phone\nNovotný,090-1234-5678\n".encode("cp1252"))
    page.open(file)
    wait_for(desk, page, "choose its encoding")
    assert "--" not in said(page)
    pick(boxes(page, "Read it as:"), "Latin-1")
    desk.qtbot.waitUntil(page.file.isVisible, timeout=30_000)
    assert "CSV, CP1252" in seen.labels(page, "small")


def test_a_workbook_has_no_encoding_to_choose(desk: RunningDesk, page: ImportsPage, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["氏名", "電話"])
    book.active.append(["髙橋", "090-1234-5678"])
    book.save(tmp_path / "book.xlsx")
    opened(desk, page, tmp_path / "book.xlsx")
    assert not [one for one in page.findChildren(EncodingBox) if one.isVisible()]
