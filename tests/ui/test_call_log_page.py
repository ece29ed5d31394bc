"""The call log's page with real records: read page by page, filtered, searched, told in full, saved, exported."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from sqlalchemy import event

from app.actions import Opening
from db.engine import writing
from db.errors import DatabaseUnavailable, Trouble
from tests.ui import seen
from tests.ui.logged_calls import save_one, write_calls
from tests.ui.running import RunningDesk
from tests.ui.typing_in import write
from ui.calllog.customer_field import CustomerField
from ui.pages.call_log import CallLogPage
from ui.several_field import SeveralField

TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def page(desk: RunningDesk, tmp_path: Path) -> CallLogPage:
    """The page with the newest calls."""
    write_calls(tmp_path)
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Call log").click()
    found = desk.desktop.main.findChild(CallLogPage)
    wait_for(desk, found, 60)
    return found


def wait_for(desk: RunningDesk, page: CallLogPage, count: int) -> list[list[str]]:
    desk.qtbot.waitUntil(lambda: len(seen.rows(page.rows)) == count, timeout=5000)
    return seen.rows(page.rows)


def tick_in(page: CallLogPage, name: str, *words: str) -> SeveralField:
    """As by keyboard: typed, taken, closed."""
    (field,) = [one for one in page.findChildren(SeveralField) if one.accessibleName() == name]
    field.setFocus()
    for one in words:
        field.selectAll()
        write(field, one)
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    return field


def pick(page: CallLogPage, name: str, words: str) -> None:
    (box,) = [one for one in page.findChildren(QComboBox) if one.accessibleName() == name]
    assert box.findText(words) >= 0, [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(box.findText(words))


def tick(page: CallLogPage, *names: str) -> None:
    seen.button(page, "Columns").click()
    for box in page.findChildren(QCheckBox):
        if box.text() in names:
            box.click()


def press_heading(page: CallLogPage, words: str) -> None:
    header, place = page.rows.horizontalHeader(), seen.headings(page.rows).index(words)
    where = QPoint(header.sectionViewportPosition(place) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)


def search(page: CallLogPage, text: str) -> None:
    (field,) = [one for one in page.findChildren(QLineEdit) if one.accessibleName() == "Search the calls"]
    field.setText(text)


def told(page: CallLogPage) -> str:
    return "\n".join(one for role in ("title", "small", "body", "heading", "strong") for one in seen.labels(page, role))


def select(desk: RunningDesk, page: CallLogPage, row: int) -> None:
    page.rows.selectRow(row)
    desk.qtbot.waitUntil(lambda: "Course" in seen.labels(page, "heading"), timeout=5000)


def test_no_calls_say_what_will_be_there(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Call log").click()
    page = desk.desktop.main.findChild(CallLogPage)
    desk.qtbot.waitUntil(lambda: bool(seen.labels(page, "empty")), timeout=5000)
    assert seen.labels(page, "empty") == ["No calls yet. Every call of every desk will stand here."]


def test_the_newest_stand_first_and_the_rest_comes_as_one_scrolls(desk: RunningDesk, page: CallLogPage) -> None:
    first = seen.rows(page.rows)
    assert first[0][0].startswith("14:02")
    bar = page.rows.verticalScrollBar()
    bar.setValue(bar.maximum())
    whole = wait_for(desk, page, 90)
    assert whole[:60] == first
    assert "90 calls." in told(page)


def test_filters_narrow_and_are_cleared(desk: RunningDesk, page: CallLogPage) -> None:
    tick_in(page, "Outcome", "missed")
    rows = wait_for(desk, page, 18)
    assert all("missed" in row[2] or "not reached" in row[2] for row in rows)
    tick_in(page, "Telephone line", "採用")
    assert all(row[2].endswith("採用") for row in wait_for(desk, page, 6))
    seen.button(page, "Clear the filters").click()
    wait_for(desk, page, 60)


def test_several_of_a_filter_are_ticked_and_the_box_says_which(desk: RunningDesk, page: CallLogPage) -> None:
    field = tick_in(page, "Operator", "佐藤", "鈴木")
    assert field.text() == "佐藤 美咲, 鈴木 健"
    desk.qtbot.waitUntil(lambda: {row[3] for row in seen.rows(page.rows)} == {"佐藤 美咲", "鈴木 健"}, timeout=5000)
    tick_in(page, "Operator", "加藤", "田中")
    assert field.text() == "4 chosen"
    tick_in(page, "Operator", "every")
    assert (field.text(), page.filters.view.operators) == ("every operator", ())


def test_the_list_stays_open_while_the_calls_are_read_anew(desk: RunningDesk, page: CallLogPage) -> None:
    (field,) = [one for one in page.findChildren(SeveralField) if one.accessibleName() == "Outcome"]
    field.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(field, key)
    wait_for(desk, page, 18)
    assert field.is_open
    QTest.keyClick(field, Qt.Key.Key_Space)
    wait_for(desk, page, 60)


def test_the_calls_are_counted_behind_those_that_are_shown(desk: RunningDesk, page: CallLogPage) -> None:
    desk.qtbot.waitUntil(lambda: "60 of 90 calls." in told(page), timeout=5000)
    tick_in(page, "Outcome", "missed")
    wait_for(desk, page, 18)
    assert "18 calls." in told(page)


def test_where_nothing_is_found_the_filters_that_are_in_the_way_are_named_and_dropped(
    desk: RunningDesk, page: CallLogPage
) -> None:
    tick_in(page, "Outcome", "missed")
    tick_in(page, "Operator", "佐藤")
    pick(page, "Direction", "incoming")
    wanted = ["No call is like that. Without one of these there are some:"]
    desk.qtbot.waitUntil(lambda: seen.labels(page, "empty") == wanted, timeout=5000)
    assert [one for one in seen.buttons(page) if one.endswith("×")] == ["Outcome ×", "Operator ×"]
    seen.button(page, "Operator ×").click()
    desk.qtbot.waitUntil(lambda: len(seen.rows(page.rows)) > 5, timeout=5000)
    assert page.filters.view.outcomes == ("missed",)


def test_no_filter_alone_is_in_the_way_of_what_nobody_said_nor_is(desk: RunningDesk, page: CallLogPage) -> None:
    tick_in(page, "Telephone line", "採用")
    page.filters.show_view(replace(page.filters.view, lines=("gone",), queues=("gone",)))
    page.filters.changed.emit()
    wanted = ["No call is like that, nor without any one of the filters. Clear the filters."]
    desk.qtbot.waitUntil(lambda: seen.labels(page, "empty") == wanted, timeout=5000)


def test_calls_that_cannot_be_read_are_not_taken_for_none_and_are_read_again(
    desk: RunningDesk, page: CallLogPage
) -> None:
    engine = desk.supervision.call_log._engine

    def refuse(*_about: object) -> None:
        raise DatabaseUnavailable(Trouble.UNREACHABLE)

    event.listen(engine, "checkout", refuse)
    tick_in(page, "Outcome", "missed")
    desk.qtbot.waitUntil(lambda: seen.labels(page, "empty") == ["The calls could not be read."], timeout=5000)
    event.remove(engine, "checkout", refuse)
    seen.button(page, "Try again").click()
    wait_for(desk, page, 18)


def test_calls_that_come_meanwhile_are_shown_and_no_look_is_written_down_twice(
    desk: RunningDesk, page: CallLogPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[object] = []
    monkeypatch.setattr(desk.supervision.audit, "saw_call", looks.append)
    select(desk, page, 3)
    key = page.rows.current_key()
    save_one(desk.folder)
    page._minute.timeout.emit()
    desk.qtbot.waitUntil(lambda: seen.rows(page.rows)[0][0].startswith("14:12"), timeout=5000)
    assert (page.rows.current_key(), looks) == (key, [key])


def test_whoever_has_read_on_keeps_his_place(desk: RunningDesk, page: CallLogPage) -> None:
    bar = page.rows.verticalScrollBar()
    bar.setValue(bar.maximum())
    wait_for(desk, page, 90)
    place = bar.value()
    page._minute.timeout.emit()
    desk.desktop.main.go_to(0)
    seen.button(desk.desktop.main, "Call log").click()
    assert (bar.value(), len(seen.rows(page.rows)), page._is_asking) == (place, 90, False)


def test_enter_goes_to_the_details_and_escape_comes_back(desk: RunningDesk, page: CallLogPage) -> None:
    select(desk, page, 0)
    page.rows.setFocus()
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    assert page.one.details.hasFocus()
    QTest.keyClick(page.one.details, Qt.Key.Key_Escape)
    assert page.rows.hasFocus()


def test_the_customers_card_is_opened_from_the_details(desk: RunningDesk, page: CallLogPage) -> None:
    select(desk, page, 0)
    seen.button(page, "Open the customer's card").click()
    desk.qtbot.waitUntil(lambda: "髙橋 一郎" in seen.labels(desk.pop, "name"), timeout=5000)


def test_each_leg_says_how_long_it_rang_or_from_when_one_talked(desk: RunningDesk, page: CallLogPage) -> None:
    select(desk, page, 2)
    assert "rang 0" in told(page)
    page.rows.selectRow(0)
    desk.qtbot.waitUntil(lambda: "    from 14:0" in told(page), timeout=5000)


def test_a_customer_is_found_by_typing_and_filters(desk: RunningDesk, page: CallLogPage) -> None:
    seen.button(page, "More filters").click()
    (field,) = page.findChildren(CustomerField)
    field.setFocus()
    write(field, "タカハシ")
    desk.qtbot.waitUntil(lambda: field.is_open, timeout=5000)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: 0 < len(seen.rows(page.rows)) < 20, timeout=5000)
    assert {row[1].partition("\n")[0] for row in seen.rows(page.rows)} == {"髙橋 一郎"}
    assert "only 髙橋 一郎 ×" in seen.buttons(page)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_for(desk, page, 60)


def test_whom_nobody_is_called_is_said_in_the_list(desk: RunningDesk, page: CallLogPage) -> None:
    seen.button(page, "More filters").click()
    (field,) = page.findChildren(CustomerField)
    field.setFocus()
    QTest.keyClicks(field, "zzz")
    desk.qtbot.waitUntil(lambda: field.is_open, timeout=5000)
    assert field._list is not None
    assert seen.entries(field._list) == ["Nobody found for “zzz”."]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.filters.view.customer_id is None


def test_a_name_a_part_of_a_number_and_words_of_notes_are_found(desk: RunningDesk, page: CallLogPage) -> None:
    search(page, "たかはし いちろう")
    desk.qtbot.waitUntil(lambda: 0 < len(seen.rows(page.rows)) < 20, timeout=5000)
    assert all("髙橋 一郎" in row[1] for row in seen.rows(page.rows))
    search(page, "5814007")
    assert "03-3581-4007" in wait_for(desk, page, 1)[0][1]
    pick(page, "Where to look", "in notes")
    search(page, "請求書 再発行")
    desk.qtbot.waitUntil(lambda: len(seen.rows(page.rows)) > 3, timeout=5000)
    tick(page, "Note")
    assert all("請求書" in row[-1] for row in seen.rows(page.rows))
    search(page, "ぬぬぬ")
    desk.qtbot.waitUntil(lambda: bool(seen.labels(page, "empty")), timeout=5000)


def test_a_call_is_told_in_full_and_the_look_at_it_is_written_down(desk: RunningDesk, page: CallLogPage) -> None:
    select(desk, page, 6)
    words = told(page)
    for part in (
        "Where it rang",
        "Shown on the card",
        "What came of it",
        "exact match, chosen",
        "after-call work 00:42",
    ):
        assert part in words
    sent: list[object] = []
    desk.records.when_sent(sent.append)
    desk.qtbot.waitUntil(lambda: bool(sent), timeout=5000)
    with writing(desk._engine) as connection:
        details = list(connection.exec_driver_sql("SELECT details FROM audit_log").scalars())
    assert details == ['{"how": "details"}']


def test_every_version_of_a_note_is_told(desk: RunningDesk, page: CallLogPage) -> None:
    select(desk, page, 0)
    words = told(page)
    assert "再配達は明日の午前中をご希望。玄関先に置いてよいとのこと。写真を待つ。" in words
    assert "version 1, replaced" in words
    assert "For the next handler" in words


def test_one_customers_calls_alone(desk: RunningDesk, page: CallLogPage) -> None:
    select(desk, page, 0)
    seen.button(page, "Only this customer's calls").click()
    desk.qtbot.waitUntil(lambda: 0 < len(seen.rows(page.rows)) < 20, timeout=5000)
    assert len({row[1].partition("\n")[0] for row in seen.rows(page.rows)}) == 1
    seen.button(page, "only 髙橋 一郎 ×").click()
    wait_for(desk, page, 60)


def test_the_longest_talk_can_stand_first(desk: RunningDesk, page: CallLogPage) -> None:
    pick(page, "Order of the calls", "longest talk first")
    desk.qtbot.waitUntil(lambda: _falls([row[4] for row in seen.rows(page.rows)]), timeout=5000)


def _falls(times: list[str]) -> bool:
    seconds = [0 if one == "—" else int(one[:2]) * 60 + int(one[3:]) for one in times]
    return seconds == sorted(seconds, reverse=True) and len(set(seconds)) > 5


def test_a_click_on_a_heading_puts_in_order_and_a_second_one_turns_it_round(
    desk: RunningDesk, page: CallLogPage
) -> None:
    press_heading(page, "Talked")
    desk.qtbot.waitUntil(lambda: _falls([row[4] for row in seen.rows(page.rows)]), timeout=5000)
    assert seen.headings(page.rows)[::4] == ["Time", "Talked ↓"]
    press_heading(page, "Talked ↓")
    desk.qtbot.waitUntil(lambda: seen.rows(page.rows)[0][4] == "—", timeout=5000)
    assert seen.headings(page.rows)[4] == "Talked ↑"
    press_heading(page, "Customer")
    assert seen.headings(page.rows)[::4] == ["Time", "Talked ↑"]
    press_heading(page, "Time")
    desk.qtbot.waitUntil(lambda: seen.rows(page.rows)[0][0].startswith("14:02"), timeout=5000)


def test_what_is_found_in_notes_stands_in_their_order_and_the_headings_say_so(
    desk: RunningDesk, page: CallLogPage
) -> None:
    pick(page, "Where to look", "in notes")
    search(page, "請求書")
    desk.qtbot.waitUntil(lambda: seen.headings(page.rows)[0] == "Time", timeout=5000)
    press_heading(page, "Talked")
    assert seen.headings(page.rows)[4] == "Talked"
    assert "order of the notes" in str(page.rows.model().headerData(0, Qt.Orientation.Horizontal, TIP))


def test_a_click_on_a_number_dials_it_for_the_customer_whose_it_is(desk: RunningDesk, page: CallLogPage) -> None:
    page.rows.selectRow(0)
    index = page.rows.model().index(0, 1)
    where = page.rows.visualRect(index).topLeft() + QPoint(12, 36)
    QTest.mouseClick(page.rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desk.qtbot.waitUntil(lambda: desk.dialling.now is not None, timeout=5000)
    assert desk.dialling.now is not None
    assert (desk.dialling.now.wish.text, desk.dialling.now.wish.customer_id) == ("0335814000", 1)


def test_columns_are_chosen(desk: RunningDesk, page: CallLogPage) -> None:
    tick(page, "Waiting queue", "Result of the call", "Talked", "Telephone line")
    assert seen.headings(page.rows) == [
        "Time ↓", "Customer", "Outcome", "Telephone line", "Operator", "Waiting queue", "Result of the call",
    ]  # fmt: skip
    assert any("Inquiry › Delivery" in row for row in wait_for(desk, page, 60))


def test_filters_are_saved_under_a_name_and_chosen_again(desk: RunningDesk, page: CallLogPage) -> None:
    tick_in(page, "Outcome", "missed")
    wait_for(desk, page, 18)
    seen.button(page, "Save these filters").click()
    (name,) = [one for one in page.findChildren(QLineEdit) if one.accessibleName() == "Name of these filters"]
    name.setText("不在だけ")
    QTest.keyClick(name, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "Forget" in seen.buttons(page), timeout=5000)
    seen.button(page, "Clear the filters").click()
    wait_for(desk, page, 60)
    pick(page, "Saved filters", "不在だけ")
    wait_for(desk, page, 18)
    seen.button(page, "Forget").click()
    desk.qtbot.waitUntil(lambda: "Forget" not in seen.buttons(page), timeout=5000)


def test_what_is_filtered_is_exported_as_it_is_shown(desk: RunningDesk, page: CallLogPage, tmp_path: Path) -> None:
    tick_in(page, "Outcome", "missed")
    rows = wait_for(desk, page, 18)
    page.exporting.export_to(tmp_path / "missed.csv", page._asked)
    assert page.is_at_work
    desk.qtbot.waitUntil(lambda: not page.is_at_work, timeout=30_000)
    assert "✓ 18 rows written to" in "\n".join(seen.labels(page, "result"))
    with (tmp_path / "missed.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert [one["at"][11:16] for one in written] == [row[0][:5] for row in rows]
    assert {one["outcome"] for one in written} == {"missed"}
    with writing(desk._engine) as connection:
        entries = list(connection.exec_driver_sql("SELECT details FROM audit_log WHERE action = 'export'").scalars())
        every = list(connection.exec_driver_sql("SELECT action, details FROM audit_log"))
    assert any('"filter": "outcomes"' in str(one) for one in (*entries, *every))


def test_the_recording_is_opened_where_the_site_keeps_it(desk: RunningDesk, page: CallLogPage) -> None:
    opened: list[Opening] = []
    log = desk.supervision.call_log
    log._recording_url, log._browser._open_one = "https://rec.example/{source_id}?d={date}", opened.append
    select(desk, page, 0)
    seen.button(page, "Open the recording").click()
    desk.qtbot.waitUntil(lambda: bool(opened), timeout=5000)
    assert opened[0].url == "https://rec.example/0%40pbx?d=2026-11-21"
