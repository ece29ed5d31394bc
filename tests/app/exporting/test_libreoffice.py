"""Every export as LibreOffice opens it: each cell of the kind that it is, Japanese whole, no formula alive."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import Engine, select, update

from app.calllog.asked import Asked as AskedOfLog
from app.exporting.log_table import log_table
from app.exporting.tables import EXPORTS, Cell
from app.exporting.writers import Lacking, Table, write
from app.figures.asked import Asked
from app.figures.cells import sheets
from app.figures.reports import REPORTS, ReportKind
from app.importing.cell_text import neutralised
from app.words import use_language
from db.demo import History
from db.engine import open_engine, reading, writing
from db.exporting import Span
from db.models import call, customer, note_revision, product
from tests.demo_records import make_demo_records

pytestmark = pytest.mark.timeout(300)

NOW = datetime(2026, 11, 21, 14, 12, tzinfo=timezone(timedelta(hours=9)))
DAYS = date(2026, 10, 24), date(2026, 11, 21)
HOSTILE = (
    "=1+1", "+81-90-1234-5678", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "𠮷野家", "0312345678", "1E5", "2026-1-2",
    "'=1", "''+1", '="1"', "０", "-1",
)  # fmt: skip
OF, CALC, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text"))
CSV_AS_TYPED = "Text - txt - csv (StarCalc):44,34,76,1,,0,true,true"  # quoted is text, dates are seen


@dataclass(frozen=True)
class Opened:
    """A cell as LibreOffice has it."""

    kind: str = ""
    value: str = ""
    formula: str | None = None


def office(folder: Path, files: Sequence[Path], *options: str) -> None:
    """Run it without a window, with a profile of its own; what it starts ends with it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: whether it opens exports as they are meant was NOT tested")
    asked = [
        f"-env:UserInstallation=file://{folder}/office",
        "--headless",
        *options,
        "--convert-to",
        "fods",
        "--outdir",
    ]
    with subprocess.Popen([program, *asked, folder / "opened", *files], start_new_session=True) as run:
        try:
            assert run.wait(200) == 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            raise


@pytest.fixture(scope="module", params=["ja", "en"])
def tables(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[list[Table]]:
    """Each of them with its rows in hand, over four weeks of calls with names and notes that look like formulas."""
    folder = tmp_path_factory.mktemp("exported")
    make_demo_records(folder, NOW, History(28, (("0312345678", "=本店()"), ("0312345679", "採用"))))
    engine = open_engine("sqlite", folder)
    _poison(engine)
    use_language(request.param)
    yield [one._replace(rows=list(one.rows)) for one in _every(engine)]
    use_language("en")
    engine.dispose()


def _poison(engine: Engine) -> None:
    with writing(engine) as connection:
        for table, column in ((customer, "name"), (note_revision, "text"), (product, "name"), (call, "number")):
            keys = connection.execute(select(table.c.id).order_by(table.c.id).limit(len(HOSTILE))).scalars().all()
            for key, text in zip(keys, HOSTILE, strict=True):
                connection.execute(update(table).where(table.c.id == key).values({column: text}))


def _every(engine: Engine) -> Iterator[Table]:
    for kind, export in EXPORTS.items():
        yield Table(kind.value, export.columns, export.rows(engine, Span()))
    yield log_table(AskedOfLog(), engine)._replace(name="log")
    with reading(engine) as connection:
        for which in ReportKind:
            report = REPORTS[which].report(connection, Asked(*DAYS, NOW, NOW.tzinfo))
            for number, sheet in enumerate(sheets(report)):
                yield sheet._replace(name=f"{which.value} {number}")


def test_a_workbook_opens_with_every_cell_of_its_kind(tables: list[Table], tmp_path: Path) -> None:
    write(tables, tmp_path / "all.xlsx", "utf-8", Lacking.REFUSED)
    office(tmp_path, [tmp_path / "all.xlsx"])
    opened = dict(_sheets(tmp_path / "opened" / "all.fods"))
    assert list(opened) == [one.name for one in tables]
    for one in tables:
        _compare(one, opened[one.name], lambda text: text)
    for name, headings in KINDS.items():
        assert {heading: _kinds(opened[name], heading) for heading in headings} == headings


def test_csv_files_open_with_every_cell_of_its_kind_if_what_is_quoted_stays_text(
    tables: list[Table], tmp_path: Path
) -> None:
    paths = [tmp_path / f"{one.name}.csv" for one in tables]
    for one, path in zip(tables, paths, strict=True):
        write([one], path, "utf-8", Lacking.REFUSED)
    office(tmp_path, paths, f"--infilter={CSV_AS_TYPED}")
    for one in tables:
        ((_name, rows),) = _sheets(tmp_path / "opened" / f"{one.name}.fods")
        _compare(one, rows, neutralised)


KINDS = {
    "calls": {"at": {"date"}, "number": {"string"}, "wait_seconds": {"float"}, "note": {"string"}},
    "log": {"at": {"date"}, "number": {"string"}, "talk_seconds": {"float"}, "customer_name": {"string"}},
    "purchases": {"ordered_at": {"date"}, "quantity": {"float"}, "unit_price": {"float"}, "order_no": {"string"}},
    "complaints": {"received_at": {"date"}, "resolved_at": {"date"}, "severity": {"float"}},
    "interactions": {"at": {"date"}, "text": {"string"}},
    "customers": {"phones": {"string"}, "postal_code": {"string"}},
}


def _kinds(rows: list[list[Opened]], heading: str) -> set[str]:
    """Of the column's cells that are not empty."""
    place = [one.value for one in rows[0]].index(heading)
    return {row[place].kind for row in rows[1:] if len(row) > place and row[place] != Opened()}


def _compare(table: Table, opened: list[list[Opened]], as_text: Any) -> None:
    rows: list[list[Cell]] = [list(table.columns), *table.rows]
    assert len(opened) == len(rows), table.name
    for row, cells in zip(rows, opened, strict=True):
        expected = [_meant(cell, as_text) for cell in row]
        while expected and expected[-1] == Opened():
            expected.pop()
        assert [_plain(one) for one in cells] == expected, table.name


def _meant(cell: Cell, as_text: Any) -> Opened:
    if isinstance(cell, datetime):
        return Opened("date", cell.isoformat())
    if isinstance(cell, date):
        return Opened("date", cell.isoformat())
    if isinstance(cell, str):
        return Opened("string", as_text(cell)) if cell else Opened()
    return Opened("float", str(float(Decimal(cell))))


def _plain(one: Opened) -> Opened:
    """Midnight is told without a time; numbers as Python writes them."""
    if one.kind == "float":
        return Opened("float", str(float(one.value)), one.formula)
    return one


def _sheets(path: Path) -> Iterator[tuple[str, list[list[Opened]]]]:
    for sheet in ET.parse(path).iter(f"{CALC}table"):
        rows: list[list[Opened]] = []
        for row in sheet.iter(f"{CALC}table-row"):
            cells = _cells(row)
            rows += [cells] * (int(row.get(f"{CALC}number-rows-repeated", "1")) if cells else 1)
        while rows and not rows[-1]:
            rows.pop()
        yield str(sheet.get(f"{CALC}name")), rows


def _cells(row: ET.Element) -> list[Opened]:
    cells: list[Opened] = []
    for cell in row.findall(f"{CALC}table-cell"):
        kind = cell.get(f"{OF}value-type", "")
        told = {"float": "value", "date": "date-value", "percentage": "value", "time": "time-value"}.get(kind)
        value = cell.get(f"{OF}{told}", "") if told else "\n".join(map(_text, cell.findall(f"{TEXT}p")))
        one = Opened(kind, value, cell.get(f"{CALC}formula"))
        cells += [one] * (int(cell.get(f"{CALC}number-columns-repeated", "1")) if kind else 1)
        if not kind:
            cells += [Opened()] * (min(int(cell.get(f"{CALC}number-columns-repeated", "1")), 64) - 1)
    while cells and cells[-1] == Opened():
        cells.pop()
    return cells


def _text(paragraph: ET.Element) -> str:
    """Blanks in a row and tabs are elements of their own."""
    said = paragraph.text or ""
    for one in paragraph:
        inner = {f"{TEXT}s": " " * int(one.get(f"{TEXT}c", "1")), f"{TEXT}tab": "\t"}.get(one.tag)
        said += (_text(one) if inner is None else inner) + (one.tail or "")
    return said
