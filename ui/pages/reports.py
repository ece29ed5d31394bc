"""The page of reports: which, of which days, lines and people; the figures with all that says what they are."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.error_words import error_words
from app.errors import UserError
from app.exporting.writers import Written
from app.figures.asked import Asked
from app.figures.report import Report
from app.figures.report_desk import Choices, ReportDesk, ReportKind, put_out
from app.figures.reports import REPORTS
from app.file_errors import file_words
from app.words import _
from ui.exporting.period import PeriodBox
from ui.plain_text import button, give_role, label
from ui.reports.chart import ChartView
from ui.reports.paper import print_on, set_page, write_pdf
from ui.reports.rules_box import RulesBox, keep_narrow
from ui.reports.table import table_view
from ui.theme import Tokens

_ABOUT = 264
_THIS_MONTH = 1
_OF_NO_LINE = ReportKind.COMPLAINTS, ReportKind.RESOLUTION  # they come by mail and on paper, too
_NOTHING = Choices((), (), None)


class ReportsPage(QWidget):
    """Asks anew when anything is chosen; the figures of another choice never stay under it."""

    def __init__(self, tokens: Tokens, reports: ReportDesk) -> None:
        super().__init__()
        self._tokens, self._reports = tokens, reports
        self._choices, self._asked = _NOTHING, 0
        self.report: Report | None = None
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.kind, self.line, self.operator = QComboBox(), QComboBox(), QComboBox()
        self.period, self.rules = PeriodBox(reports.today), RulesBox(reports.rules)
        self._said, self.chart = label("", "line"), ChartView(tokens)
        self._tabs, self._tables, self._about = QTabBar(), QStackedWidget(), QVBoxLayout()
        self.sheet, self.pdf = button(_("Excel or CSV…")), button("PDF…")
        self.paper = button(_("Print…"))
        self._fill()
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reports.choices(self._offer, self._failed)

    # --- what is asked

    def _offer(self, found: Choices) -> None:
        """What is chosen stays."""
        self._choices = found
        _offer(self.line, [(name, name) for name in found.lines])
        _offer(self.operator, [(name, str(key)) for key, name in found.operators])
        self.ask()

    def ask(self) -> None:
        """As it is chosen now; of several questions the last counts."""
        kind = ReportKind(str(self.kind.currentData()))
        self.rules.show_for(kind)
        self.line.setVisible(kind not in _OF_NO_LINE)
        self._asked += 1
        number = self._asked
        self._hold(None)
        self._say(_("Counting…"), "line")

        def told(report: Report) -> None:
            if number == self._asked:
                self._show(report)

        def failed(error: Exception) -> None:
            if number == self._asked:
                self._failed(error)

        self._reports.make(kind, self._wanted(), told, failed)

    def _wanted(self) -> Asked:
        first, last = self.period.days
        since, today = self._choices.since, self._reports.today
        operator = str(self.operator.currentData() or "")
        rules = self._reports.rules.now
        return Asked(
            first or (since.astimezone(rules.zone).date() if since is not None else today),
            last or today,
            self._reports.clock.now(),
            rules.zone,
            line=None if self.line.isHidden() else str(self.line.currentData() or "") or None,
            operator_id=int(operator) if operator else None,
            operator=self.operator.currentText(),
            rules=rules,
        )

    # --- what is shown

    def _show(self, report: Report) -> None:
        self._hold(report)
        self._say(f"n = {report.n:,} {report.counted} · {report.period}", "line")
        self.chart.show_chart(report.chart if report.n else None)
        for table in report.tables:
            self._tabs.addTab(table.title or report.title)
            self._tables.addWidget(table_view(table, self._tokens))
        self._tabs.setVisible(len(report.tables) > 1)
        self._tell(_("Formulas"), report.formulas)
        self._tell(_("Definitions"), report.definitions)

    def _tell(self, heading: str, lines: Sequence[str]) -> None:
        for words, role in ((heading, "strong"), *((one, "small") for one in lines)):
            made = label(words, role)
            made.setWordWrap(True)
            self._about.addWidget(made)
            made.show()

    def _hold(self, report: Report | None) -> None:
        self.report = report
        self.chart.show_chart(None)
        while self._tabs.count():
            self._tabs.removeTab(0)
        while (table := self._tables.widget(0)) is not None:
            self._tables.removeWidget(table)
            table.deleteLater()
        while (line := self._about.takeAt(0)) is not None:
            if (words := line.widget()) is not None:
                words.deleteLater()
        for one in (self.sheet, self.pdf, self.paper):
            one.setEnabled(report is not None)

    def _failed(self, error: Exception) -> None:
        self._say(f"▲ {error_words(error)}", "alarm")

    def _say(self, words: str, role: str) -> None:
        give_role(self._said, role)
        self._said.setText(words)

    # --- what goes out

    def write_to(self, path: Path) -> None:
        """The figures that are shown, as the name ends: .xlsx, .csv or .pdf."""
        if (report := self.report) is None:
            return
        self._folder = str(path.parent)
        if path.suffix.lower() == ".pdf":
            self._put_out(report, path.name, partial(self._write_pdf, report, path))
        else:
            self._reports.write(report, path, self._written(path), self._failed)

    def _put_out(self, report: Report, where: str, put: Callable[[], object]) -> None:
        """First into the audit log; then here, since Qt lays out text with timers of the window's thread."""
        self._reports.put_out(report, where, lambda: put_out(report), lambda _written: put(), self._failed)

    def _write_pdf(self, report: Report, path: Path) -> None:
        try:
            write_pdf(report, path, self.font(), self._at())
        except OSError as error:
            self._failed(
                UserError(
                    _("{path} cannot be written: {error}.").format(path=path, error=file_words(error)),
                    _("Close it in other programs, or name another file."),
                )
            )
        else:
            self._say(_("✓ Written to {path}.").format(path=path.name), "result")

    def _at(self) -> datetime:
        return self._reports.clock.now().astimezone(self._reports.rules.house.zone)

    def _written(self, path: Path) -> Callable[[Written], object]:
        words = _("✓ Written to {path}.").format(path=path.name)
        return lambda _written: self._say(words, "result")

    def _ask_where(self, ending: str, kinds: list[str]) -> None:
        dialog = QFileDialog(self, _("Export"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters(kinds)
        dialog.setDefaultSuffix(ending)
        dialog.setDirectory(self._folder)
        dialog.selectFile(f"{self.kind.currentData()}-{self._reports.today:%Y%m%d}.{ending}")
        dialog.fileSelected.connect(lambda chosen: self.write_to(Path(chosen)))
        dialog.show()

    def _print(self) -> None:
        """The system's dialog; what is printed is audited too."""
        if (report := self.report) is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 -- asks the system for its printers

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_page(printer)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def put() -> None:
            print_on(printer, report, self.font(), self._at())
            self._say(_("✓ Sent to the printer."), "result")

        def where() -> str:
            return printer.printerName() or Path(printer.outputFileName()).name

        dialog.accepted.connect(lambda: self._put_out(report, where(), put))
        dialog.show()

    # --- how it is made

    def _fill(self) -> None:
        for kind, made in REPORTS.items():
            self.kind.addItem(made.title(), kind.value)
        self.line.addItem(_("all lines"), "")
        self.operator.addItem(_("everybody"), "")
        self.period.choice.setCurrentIndex(_THIS_MONTH)
        for box, letters in ((self.kind, 38), (self.line, 11), (self.operator, 11)):
            keep_narrow(box, letters)
        names = (self.kind, _("Report")), (self.line, _("Telephone line")), (self.operator, _("Operator"))
        for box, name in names:
            box.setAccessibleName(name)

    def _connect(self) -> None:
        for box in (self.kind, self.line, self.operator, self.period.choice):
            box.activated.connect(self.ask)
        self.rules.changed.connect(self.ask)
        for day in (self.period.first, self.period.last):
            day.dateChanged.connect(self.ask)
        self._tabs.currentChanged.connect(self._tables.setCurrentIndex)
        self.sheet.clicked.connect(lambda: self._ask_where("xlsx", ["Excel (*.xlsx)", "CSV (*.csv)"]))
        self.pdf.clicked.connect(lambda: self._ask_where("pdf", ["PDF (*.pdf)"]))
        self.paper.clicked.connect(self._print)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, boxes in ((first, (self.kind, self.period)), (second, (self.line, self.operator, self.rules))):
            row.setSpacing(8)
            for box in boxes:
                row.addWidget(box)
            row.addStretch(1)
            column.addLayout(row)
        self._said.setWordWrap(True)
        column.addWidget(self._said)
        column.addLayout(self._middle(), 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for one in (self.sheet, self.pdf, self.paper):
            foot.addWidget(one)
        foot.addStretch(1)
        column.addLayout(foot)

    def _middle(self) -> QHBoxLayout:
        """Chart over table; what they mean beside them."""
        made, figures = QHBoxLayout(), QVBoxLayout()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        figures.setSpacing(8)
        for one in (self.chart, self._tabs):
            figures.addWidget(one)
        figures.addWidget(self._tables, 1)
        words = QWidget()
        whole = QVBoxLayout(words)
        whole.setContentsMargins(0, 0, 8, 0)
        self._about.setSpacing(8)
        whole.addLayout(self._about)
        whole.addStretch(1)
        beside = QScrollArea()
        beside.setWidget(words)
        beside.setWidgetResizable(True)
        beside.setFixedWidth(_ABOUT)
        beside.setFrameShape(QScrollArea.Shape.NoFrame)
        beside.setAccessibleName(_("Formulas and definitions"))
        made.setSpacing(16)
        made.addLayout(figures, 1)
        made.addWidget(beside)
        return made


def _offer(box: QComboBox, found: list[tuple[str, str]]) -> None:
    chosen = box.currentData()
    while box.count() > 1:
        box.removeItem(1)
    for words, key in found:
        box.addItem(words, key)
    box.setCurrentIndex(max(box.findData(chosen), 0))
