"""Every report over four weeks of the demo's calls, for the pictures."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.figures.report_desk import ReportKind
from app.figures.reports import REPORTS
from app.words import _
from tests.ui.running import RunningDesk
from ui.pages.reports import ReportsPage

Shown = tuple[QWidget, list[str]]
_LAST_PERIOD = 0  # all days there are


def _report(kind: ReportKind, desk: RunningDesk) -> Shown:
    desk.desktop.show_main()
    main = desk.desktop.main
    main.resize(1080, 720)
    main.go_to(main._titles.index(_("Reports")))
    page = main.findChild(ReportsPage)
    desk.qtbot.waitUntil(lambda: page.line.count() > 1 and page.report is not None, timeout=20_000)
    page.period.choice.setCurrentIndex(_LAST_PERIOD)
    page.kind.setCurrentIndex(page.kind.findData(kind.value))
    page.kind.activated.emit(page.kind.currentIndex())
    desk.qtbot.waitUntil(lambda: page.report is not None, timeout=20_000)
    report = page.report
    assert report is not None
    assert report.n > 0
    assert report.title == REPORTS[kind].title()
    return main, [*report.formulas, *report.definitions, report.period]


REPORT_SCENES: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = tuple(
    (f"report-{kind.value.replace('_', '-')}", partial(_report, kind)) for kind in ReportKind
)
