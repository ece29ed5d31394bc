"""The export page with real records, the real export process and real files."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QTabBar
from sqlalchemy import text

from db.engine import open_engine, writing
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.exporting.export_view import ExportView
from ui.exporting.period import PeriodBox


@pytest.fixture
def page(desk: RunningDesk) -> ExportView:
    """The page, looked at for the first time."""
    return opened(desk)


def opened(desk: RunningDesk, rail: str = "Import and export") -> ExportView:
    desk.desktop.show_main()
    seen.button(desk.desktop.main, rail).click()
    view = desk.desktop.main.findChild(ExportView)
    (tabs,) = [one for one in view.parent().parent().findChildren(QTabBar) if one.isVisible() and one.count() == 2]
    tabs.setCurrentIndex(1)
    return view


def pick(page: ExportView, words: str) -> None:
    """In whichever box has it."""
    for box in page.findChildren(QComboBox):
        if box.findText(words) >= 0:
            box.setCurrentIndex(box.findText(words))


def said(page: ExportView) -> str:
    return " ".join(one for role in ("result", "alarm", "line") for one in seen.labels(page, role))


def wait_for(desk: RunningDesk, page: ExportView, words: str) -> None:
    desk.qtbot.waitUntil(lambda: words in said(page), timeout=60_000)


def name_somebody(folder: Path, name: str) -> None:
    engine = open_engine("sqlite", folder)
    with writing(engine) as connection:
        connection.execute(text("UPDATE customer SET name = :name WHERE id = 1"), {"name": name})
    engine.dispose()


def test_customers_go_into_a_workbook_with_the_ending_that_was_forgotten(
    desk: RunningDesk, page: ExportView, tmp_path: Path
) -> None:
    page.export_to(tmp_path / "out")
    wait_for(desk, page, "written to")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:4] == ["customer_no", "kind", "name", "reading"]
    assert f"✓ {sheet.max_row - 1:,} rows written to" in said(page)
    assert sheet.max_row > 100


def test_rows_go_out_for_the_days_that_were_chosen(desk: RunningDesk, page: ExportView, tmp_path: Path) -> None:
    pick(page, "Purchases")
    pick(page, "CSV, UTF-8")
    page.export_to(tmp_path / "all.csv")
    wait_for(desk, page, "all.csv")
    every_day = days_in(tmp_path / "all.csv")
    pick(page, "these days:")
    period, day = page.findChild(PeriodBox), max(every_day)
    for one in (period.first, period.last):
        one.setDate(QDate.fromString(day, "yyyy-MM-dd"))
    page.export_to(tmp_path / "day.csv")
    wait_for(desk, page, "day.csv")
    assert days_in(tmp_path / "day.csv") == [one for one in every_day if one == day]
    assert set(every_day) != {day}


def days_in(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["ordered_at"][:10] for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("everything", (None, None)),
        ("this month", (date(2026, 1, 1), None)),
        ("last month", (date(2025, 12, 1), date(2025, 12, 31))),
        ("this year", (date(2026, 1, 1), None)),
        ("these days:", (date(2026, 1, 1), date(2026, 1, 31))),
    ],
)
def test_periods_have_their_days(desk: RunningDesk, words: str, days: tuple[date | None, date | None]) -> None:
    box = PeriodBox(date(2026, 1, 31))
    desk.qtbot.addWidget(box)
    box.choice.setCurrentIndex(box.choice.findText(words))
    assert box.days == days


def test_customers_have_no_period(page: ExportView) -> None:
    period = page.findChild(PeriodBox)
    assert not period.isVisible()
    pick(page, "Purchases")
    assert period.isVisible()


def test_characters_that_cp932_lacks_are_listed_before_anything_is_written(
    desk: RunningDesk, page: ExportView, tmp_path: Path
) -> None:
    name_somebody(tmp_path, "𩸽野 é")
    pick(page, "CSV, CP932 (Shift_JIS) for old programs")
    page.export_to(tmp_path / "old.csv")
    wait_for(desk, page, "CP932 lacks these characters:")
    assert "𩸽 (1)" in said(page)
    assert "--" not in said(page)
    assert not (tmp_path / "old.csv").exists()
    QTest.mouseClick(seen.button(page, "Write 〓 in their places"), Qt.MouseButton.LeftButton)
    wait_for(desk, page, "〓 stands in place of:")
    assert "〓野 〓" in (tmp_path / "old.csv").read_text("cp932")
    assert "Write 〓 in their places" not in seen.buttons(page)


def test_a_cancelled_export_leaves_the_file_that_was_there(desk: RunningDesk, page: ExportView, tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_text("mine")
    page.export_to(tmp_path / "out.xlsx")
    QTest.mouseClick(seen.button(page, "Cancel"), Qt.MouseButton.LeftButton)
    wait_for(desk, page, "The export was cancelled. Nothing was written.")
    assert (tmp_path / "out.xlsx").read_text() == "mine"
    assert not list(tmp_path.glob("*.part"))
    assert "Export…" in seen.buttons(page)


def test_a_place_that_cannot_be_written_is_said_in_one_line(
    desk: RunningDesk, page: ExportView, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    page.export_to(tmp_path / "file" / "out.xlsx")
    wait_for(desk, page, "cannot be written")
    assert said(page).startswith("▲ ")


def test_the_dialog_names_the_file_after_what_is_in_it(page: ExportView) -> None:
    pick(page, "Complaints")
    pick(page, "CSV, UTF-8")
    seen.button(page, "Export…").click()
    (dialog,) = page.findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "complaints-20261121.csv"
    dialog.close()


def test_the_page_speaks_japanese(start: Callable[[], RunningDesk], tmp_path: Path) -> None:
    from app.words import use_language

    use_language("ja")
    desk = start()
    page = opened(desk, "取り込み・書き出し")
    page.export_to(tmp_path / "out.xlsx")
    wait_for(desk, page, "に書き出しました。")
    assert "Export" not in seen.everything(page)
