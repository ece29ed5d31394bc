"""The page of reports with real records: figures with all that says what they are, narrowed, and put out as files."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.figures.house_rules import ChosenRules
from app.figures.report import Chart, Kind, Series, Shape
from app.figures.report_desk import ReportKind
from app.figures.reports import REPORTS
from app.figures.rules import Rules, ServiceLevel
from tests.ui import seen
from tests.ui.rung_calls import fill_with_calls
from tests.ui.running import RunningDesk
from ui.pages.reports import ReportsPage
from ui.reports.chart import ChartView, ticks, top_of
from ui.reports.rules_box import RulesBox
from ui.rows import RowsView
from ui.theme import LIGHT


@pytest.fixture
def page(desk: RunningDesk, tmp_path: Path) -> ReportsPage:
    fill_with_calls(tmp_path)
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Reports").click()
    page = desk.desktop.main.findChild(ReportsPage)
    desk.qtbot.waitUntil(lambda: page.line.count() == 3 and page.report is not None, timeout=20_000)
    return page


def pick(desk: RunningDesk, page: ReportsPage, box: QComboBox, key: object) -> None:
    """As a click in the list does."""
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())
    desk.qtbot.waitUntil(lambda: page.report is not None, timeout=20_000)


def choose(desk: RunningDesk, page: ReportsPage, kind: ReportKind) -> None:
    pick(desk, page, page.kind, kind.value)


def rows(page: ReportsPage) -> list[list[str]]:
    (table,) = [one for one in page.findChildren(RowsView) if one.isVisible()]
    return seen.rows(table)


def n_of(page: ReportsPage) -> int:
    assert page.report is not None
    return page.report.n


def wait_for(desk: RunningDesk, page: ReportsPage, words: str) -> None:
    desk.qtbot.waitUntil(lambda: any(words in one for one in seen.labels(page, "result")), timeout=20_000)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_report_shows_n_period_formula_and_definitions(
    desk: RunningDesk, page: ReportsPage, kind: ReportKind
) -> None:
    choose(desk, page, kind)
    report = page.report
    assert report is not None
    assert report.title == REPORTS[kind].title()
    (line,) = seen.labels(page, "line")
    assert line == f"n = {report.n:,} {report.counted} · 2026-11-01 to 2026-11-21"
    said = " ".join(seen.labels(page, "small"))
    assert all(one in said for one in (*report.formulas, *report.definitions))
    assert len(rows(page)) == max(len(report.tables[0].rows), 10 if kind is ReportKind.ANSWERING else 0)


def test_a_line_and_an_operator_narrow_the_figures(desk: RunningDesk, page: ReportsPage) -> None:
    choose(desk, page, ReportKind.ANSWERING)
    whole = n_of(page)
    pick(desk, page, page.line, "Support")
    support = n_of(page)
    pick(desk, page, page.line, "Main shop")
    assert support + n_of(page) == whole
    pick(desk, page, page.operator, "1")
    assert 0 < n_of(page) < whole - support


def test_the_house_rules_are_seen_where_they_count_and_are_printed(desk: RunningDesk, page: ReportsPage) -> None:
    assert not any(field.isVisible() for field in page.rules.fields)
    choose(desk, page, ReportKind.ANSWERING)
    assert [field.isVisible() for field in page.rules.fields] == [True, True, True, False]
    pick(desk, page, page.rules.in_time, 60)
    assert "answered within 60 s" in " ".join(seen.labels(page, "small"))
    choose(desk, page, ReportKind.REPEATS)
    assert [field.isVisible() for field in page.rules.fields] == [False, False, False, True]


def test_what_was_chosen_stays_until_it_is_taken_back(desk: RunningDesk, page: ReportsPage) -> None:
    choose(desk, page, ReportKind.ANSWERING)
    assert not page.rules.house.isVisible()
    pick(desk, page, page.rules.in_time, 60)
    pick(desk, page, page.rules.short, 0)
    again = ReportsPage(LIGHT, desk.supervision.reports)
    desk.qtbot.addWidget(again)
    assert (again.rules.in_time.currentData(), again.rules.short.currentData()) == (60, 0)
    assert page.rules.house.isVisible()
    page.rules.house.click()
    desk.qtbot.waitUntil(lambda: page.report is not None, timeout=20_000)
    assert (page.rules.in_time.currentData(), page.rules.short.currentData()) == (20, 5)
    assert not page.rules.house.isVisible()
    assert "answered within 20 s" in " ".join(seen.labels(page, "small"))


def test_rules_of_the_house_that_are_unusual_stand_in_the_fields(qtbot: QtBot) -> None:
    box = RulesBox(ChosenRules(Rules(25, 7, ServiceLevel.FOR, 21)))
    qtbot.addWidget(box)
    assert [one.currentData() for one in box.fields] == [25, 7, "for", 21]
    assert [box.in_time.itemData(n) for n in range(box.in_time.count())] == [10, 15, 20, 25, 30, 45, 60]


def test_figures_go_into_a_workbook_typed_with_what_they_mean(
    desk: RunningDesk, page: ReportsPage, tmp_path: Path
) -> None:
    choose(desk, page, ReportKind.ANSWERING)
    page.write_to(tmp_path / "level.xlsx")
    wait_for(desk, page, "level.xlsx")
    book = load_workbook(tmp_path / "level.xlsx")
    about, whole, days = (list(sheet.values) for sheet in book.worksheets)
    assert ("Period", "2026-11-01 to 2026-11-21") in about
    assert sum(row[0] == "Formula" for row in about) == 5
    assert [type(cell) for cell in whole[1][:3]] == [int, int, int]
    assert isinstance(whole[1][4], float)
    assert "(%)" in str(whole[0][4])
    assert len(days) == 21
    assert page.report is not None
    assert whole[1][0] == page.report.tables[0].rows[0][0]


def test_figures_go_into_csv_and_pdf_and_both_stand_in_the_audit_log(
    desk: RunningDesk, page: ReportsPage, tmp_path: Path
) -> None:
    for name in ("hours.csv", "hours.pdf"):
        page.write_to(tmp_path / name)
        wait_for(desk, page, name)
    assert "Mon" in (tmp_path / "hours.csv").read_text("utf-8-sig")
    assert (tmp_path / "hours.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "hours.pdf").stat().st_size > 10_000
    found: list[object] = []
    from app.audit.audit_desk import Wanted

    desk.supervision.audit.entries(Wanted(), None, found.extend, found.append)
    desk.qtbot.waitUntil(lambda: len(found) == 4, timeout=20_000)
    assert "hours.pdf" in str(found)


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_file_that_may_not_be_written_is_told(
    desk: RunningDesk, page: ReportsPage, tmp_path: Path, ending: str
) -> None:
    page.write_to(tmp_path / "no such folder" / f"hours.{ending}")
    desk.qtbot.waitUntil(lambda: bool(seen.labels(page, "alarm")), timeout=20_000)
    assert "cannot be written" in seen.labels(page, "alarm")[0]


def test_the_figures_of_another_choice_never_stay_under_it(desk: RunningDesk, page: ReportsPage) -> None:
    page.kind.setCurrentIndex(page.kind.findData(ReportKind.PEOPLE.value))
    page.kind.activated.emit(page.kind.currentIndex())
    assert page.report is None
    assert not page.pdf.isEnabled()
    assert not page.chart.isVisible()
    desk.qtbot.waitUntil(lambda: page.report is not None, timeout=20_000)
    assert page.pdf.isEnabled()


_LEGEND = 24  # pixels: what the series is called


def painted(chart: Chart, qtbot: object) -> QImage:
    view = ChartView(LIGHT)
    qtbot.addWidget(view)  # type: ignore[attr-defined]  # pytest-qt's
    view.resize(700, 260)
    view.show_chart(chart)
    return view.grab().toImage()


def inked(picture: QImage, colour: str) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(QPoint(x, y)).name() == colour
    }


def test_a_bar_is_as_high_as_its_value(qtbot: object) -> None:
    chart = Chart(Shape.BARS, Kind.COUNT, ("a", "b", "c"), (Series("n", (10, None, 5)),))
    ink = {(x, y) for x, y in inked(painted(chart, qtbot), LIGHT.accent) if y > _LEGEND}
    parts = ((64, 272), (272, 480), (480, 700))
    whole, none, half = (len({y for x, y in ink if low <= x < high}) for low, high in parts)
    assert none == 0
    assert abs(whole - 2 * half) <= 2


@pytest.mark.parametrize("shape", list(Shape))
def test_every_shape_draws_something_and_nothing_of_nothing_fails(qtbot: object, shape: Shape) -> None:
    full = Chart(shape, Kind.SHARE, ("a", "b"), (Series("n", (0.25, 0.5), (0.2, 0.4), (0.3, 0.6)),))
    assert inked(painted(full, qtbot), LIGHT.accent)
    assert not inked(painted(Chart(shape, Kind.SHARE, (), (Series("n", ()),)), qtbot), LIGHT.accent)


@pytest.mark.parametrize(("top", "last"), [(1, 1), (0.43, 0.6), (7, 8), (1234, 1500), (0.0021, 0.003)])
def test_scales_end_at_a_round_number(top: float, last: float) -> None:
    assert ticks(top)[-1] == pytest.approx(last)
    assert top_of(Chart(Shape.BARS, Kind.COUNT, ("a",), (Series("n", (top,)),))) == pytest.approx(last)


@pytest.mark.parametrize(
    ("top", "last"), [(0.3, 0.3), (7, 8), (50, 60), (70, 90), (431, 480), (4000, 5400), (90_000, 100_000)]
)
def test_scales_of_times_have_the_steps_of_a_clock(top: float, last: float) -> None:
    assert ticks(top, Kind.SECONDS)[-1] == pytest.approx(last)
