"""A report on paper: both ways to a PDF hold all that is on the screen, in both languages, within the margins."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication

from app.figures.asked import Asked
from app.figures.cells import shown
from app.figures.report import Report
from app.figures.reports import REPORTS, ReportKind
from app.words import use_language
from db.demo import History
from db.engine import open_engine, reading
from tests.demo_records import make_demo_records
from tests.ui import seen
from tests.ui.rung_calls import fill_with_calls
from tests.ui.running import NOW, RunningDesk
from ui.pages.reports import ReportsPage
from ui.reports.paper import print_on, set_page, write_pdf

MARGIN = 15 / 25.4 * 72 - 1
A4 = (595, 842)
_SAME_GLYPHS = str.maketrans("‧·〜‒–−", "・・~---")


def _print(report: Report, path: Path) -> None:
    """As the system's dialog leads to it, with a file for a printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    set_page(printer)
    print_on(printer, report, QApplication.font(), NOW)


def _write(report: Report, path: Path) -> None:
    write_pdf(report, path, QApplication.font(), NOW)


WAYS = pytest.mark.parametrize("way", [_write, _print])


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's records with four weeks of calls."""
    folder = tmp_path_factory.mktemp("past")
    make_demo_records(folder, NOW, History(28, (("0312345678", "本店"), ("0312345679", "採用"))))
    return folder


@pytest.fixture(params=["ja", "en"])
def made(past: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[ReportKind], Report]]:
    """Any report over it, in both languages."""
    use_language(request.param)

    def make(kind: ReportKind) -> Report:
        engine = open_engine("sqlite", past)
        with reading(engine) as connection:
            asked = Asked(date(2026, 10, 24), date(2026, 11, 21), NOW, NOW.tzinfo)
            report = REPORTS[kind].report(connection, asked)
        engine.dispose()
        return report

    yield make
    use_language("en")


def pages_of(written: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", written))


@WAYS
@pytest.mark.usefixtures("dressed")
def test_pages_are_a4_and_every_font_is_in_the_file(
    made: Callable[[ReportKind], Report], tmp_path: Path, way: Callable[[Report, Path], None]
) -> None:
    way(made(ReportKind.ANSWERING), tmp_path / "report.pdf")
    written = (tmp_path / "report.pdf").read_bytes()
    assert pages_of(written) == 2
    sizes = {tuple(map(round, map(float, box.split()))) for box in re.findall(rb"/MediaBox \[0 0 ([^\]]+)\]", written)}
    assert sizes == {A4}
    descriptors = re.findall(rb"/Type /FontDescriptor.*?endobj", written, re.DOTALL)
    assert descriptors
    assert all(b"/FontFile" in one for one in descriptors)


@WAYS
@pytest.mark.parametrize("kind", list(ReportKind))
@pytest.mark.usefixtures("dressed")
def test_all_that_a_report_says_can_be_read_within_the_margins(
    made: Callable[[ReportKind], Report], tmp_path: Path, way: Callable[[Report, Path], None], kind: ReportKind
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils): what stands in a PDF was NOT read")
    report, path = made(kind), tmp_path / "report.pdf"
    way(report, path)
    said = _unspaced(_told("-layout", path))
    pages = pages_of(path.read_bytes())
    cells = [
        shown(value, column.kind)
        for table in report.tables for row in table.rows for value, column in zip(row, table.columns, strict=True)
    ]  # fmt: skip
    for words in (report.title, report.period, f"{report.n:,}", report.counted, *cells, f"{pages}/{pages}"):
        assert _unspaced(words) in said
    _whole_lines_are_there(report, _unspaced(_told("-raw", path)))
    _nothing_is_cut(path)


def _whole_lines_are_there(report: Report, said: str) -> None:
    for words in (*report.formulas, *report.definitions):
        assert _unspaced(words) in said
    assert f"{NOW:%Y-%m-%d%H:%M}" in said


def _nothing_is_cut(path: Path) -> None:
    boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', _told("-bbox", path))
    assert boxes
    for left, top, right, bottom in (tuple(map(float, one)) for one in boxes):
        assert MARGIN <= left <= right <= A4[0] - MARGIN
        assert MARGIN - 3 <= top <= bottom <= A4[1] - MARGIN + 3


def _told(how: str, path: Path) -> str:
    asked = ["pdftotext", how, str(path), "-"]
    return subprocess.run(asked, check=True, capture_output=True, timeout=60).stdout.decode()


def _unspaced(text: str) -> str:
    """As a PDF's glyphs tell it: without blanks, and signs that share a glyph as one of them."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_SAME_GLYPHS)


def test_what_is_printed_by_the_dialog_is_audited(desk: RunningDesk, tmp_path: Path) -> None:
    fill_with_calls(tmp_path)
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Reports").click()
    page = desk.desktop.main.findChild(ReportsPage)
    desk.qtbot.waitUntil(lambda: page.line.count() == 3 and page.report is not None, timeout=20_000)
    page.paper.click()
    (dialog,) = page.findChildren(QPrintDialog)
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.accepted.emit(dialog.printer())
    dialog.close()
    desk.qtbot.waitUntil(lambda: any("printer" in one for one in seen.labels(page, "result")), timeout=20_000)
    assert pages_of((tmp_path / "printed.pdf").read_bytes()) == 1
    found: list[object] = []
    from app.audit.audit_desk import Wanted

    desk.supervision.audit.entries(Wanted(), None, found.extend, found.append)
    desk.qtbot.waitUntil(lambda: len(found) == 2, timeout=20_000)
    assert "printed.pdf" in str(found)
