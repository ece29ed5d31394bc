"""Files that are handed out: nothing in them is computed, nothing in them is lost unsaid, no half file appears."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.errors import UserError
from app.exporting import writers
from app.exporting.tables import Row
from app.exporting.writers import Lacking, Table, Written, write
from app.importing.cell_text import neutralised, unwrapped

HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", "+81-90-1234-5678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+1", '="1"',
    "plain", "'plain", "", "a,b\n\"c\"", "０", "-1",
]  # fmt: skip


def table(*rows: Row) -> Table:
    return Table("rows", ("a", "b"), rows)


def written(path: Path, *rows: Row, encoding: str = "utf-8", lacking: Lacking = Lacking.REFUSED) -> Written:
    return write([table(*rows)], path, encoding, lacking)


def read_csv(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_no_text_of_a_csv_file_begins_like_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    written(path, *([text, 1] for text in HOSTILE))
    cells = [row[0] for row in read_csv(path)[1:]]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    assert [unwrapped(cell) for cell in cells] == HOSTILE


@given(st.text(alphabet="=+-@'\t\rab\"1", max_size=6))
def test_what_is_neutralised_comes_back_and_begins_harmlessly(text: str) -> None:
    assert unwrapped(neutralised(text)) == text
    assert neutralised(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_amounts_are_numbers_also_below_zero(tmp_path: Path) -> None:
    written(tmp_path / "file.csv", ["x", -1200], ["y", Decimal("-12.50")])
    assert read_csv(tmp_path / "file.csv")[1:] == [["x", "-1200"], ["y", "-12.50"]]


def test_a_csv_file_begins_with_a_mark_so_that_excel_sees_utf8(tmp_path: Path) -> None:
    written(tmp_path / "file.csv", ["𠮷", 1])
    assert (tmp_path / "file.csv").read_bytes().startswith(b'\xef\xbb\xbf"a","b"\r\n"\xf0\xa0\xae\xb7",1\r\n')


def test_only_texts_stand_in_quotes_in_a_csv_file(tmp_path: Path) -> None:
    row: Row = [
        "0312345678",
        7,
        Decimal("1.5"),
        datetime.fromisoformat("2026-11-21 14:05"),
        date(2026, 11, 21),
        "",
        'say "a"',
    ]
    write([Table("rows", ("a",), [row])], tmp_path / "file.csv", "utf-8", Lacking.REFUSED)
    told = (tmp_path / "file.csv").read_text("utf-8-sig").splitlines()[1]
    assert told == '"0312345678",7,1.5,2026-11-21 14:05:00,2026-11-21,,"say ""a"""'


def test_times_of_a_sheet_are_times_and_those_before_excels_calendar_texts(tmp_path: Path) -> None:
    path, at = tmp_path / "file.xlsx", datetime.fromisoformat("2026-11-21 14:05:07")
    before = datetime.fromisoformat("1899-01-01 09:00")
    written(path, [at, date(2026, 11, 21)], [before, date(1850, 2, 3)])
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [at, datetime.fromisoformat("2026-11-21")]
    assert [cell.number_format for cell in sheet[2]] == ["yyyy-mm-dd h:mm:ss", "yyyy-mm-dd"]
    assert [cell.value for cell in sheet[3]] == ["1899-01-01 09:00:00", "1850-02-03"]


def test_every_text_of_a_sheet_is_text(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    written(path, *([text, -5] for text in HOSTILE))
    sheet = load_workbook(path).active
    assert sheet is not None
    cells: list[Any] = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "n"}  # "n" without a value is an empty cell
    assert [cell.value or "" for cell in cells] == [text.replace("\r", "\n") for text in HOSTILE]
    dangerous = [cell for cell in cells if neutralised(cell.value or "") != (cell.value or "")]
    assert {cell.number_format for cell in dangerous} == {"@"}
    assert {cell.data_type for cell in sheet["B"][1:]} == {"n"}


def test_cp932_names_what_it_lacks_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("as before")
    with pytest.raises(UserError, match=r"𠮷 \(2\) é \(1\)"):
        written(path, ["𠮷野 𠮷", 1], ["é", 2], encoding="cp932")
    assert path.read_text() == "as before"
    assert list(tmp_path.iterdir()) == [path]


def test_cp932_puts_a_sign_there_if_told_so(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    done = written(path, ["𠮷野髙﨑①㈱", 1], encoding="cp932", lacking=Lacking.REPLACED)
    assert (done.rows, done.lost) == (1, {"𠮷": 1})
    assert read_csv(path, "cp932")[1] == ["〓野髙﨑①㈱", "1"]


def test_signs_that_other_systems_write_otherwise_are_not_lost_in_cp932(tmp_path: Path) -> None:
    written(tmp_path / "file.csv", ["10〜20 −5 a\u00a0b", 1], encoding="cp932")
    assert read_csv(tmp_path / "file.csv", "cp932")[1][0] == "10～20 －5 a b"


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterator[Row]:
        yield ["x", 1]
        raise RuntimeError("the records are gone")

    for name in ("file.csv", "file.xlsx"):
        with pytest.raises(RuntimeError):
            write([Table("rows", ("a", "b"), broken())], tmp_path / name, "utf-8", Lacking.REFUSED)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        written(tmp_path / "none" / "file.csv", ["x", 1])
    with pytest.raises(UserError, match="cannot be written"):
        written(tmp_path / "none" / "file.xlsx", ["x", 1])


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "MOST_ROWS", 3)
    written(tmp_path / "file.xlsx", *(["x", number] for number in range(5)))
    sheets = {sheet.title: [row[1] for row in sheet.values] for sheet in load_workbook(tmp_path / "file.xlsx")}
    assert sheets == {"rows": ["b", 0, 1], "rows 2": ["b", 2, 3], "rows 3": ["b", 4]}


def test_a_text_too_long_for_a_cell_is_cut_and_counted(tmp_path: Path) -> None:
    assert written(tmp_path / "file.xlsx", ["x" * 40_000, 1], ["y\x07", 2]).cut == 1
    sheet = load_workbook(tmp_path / "file.xlsx").active
    assert sheet is not None
    assert len(str(sheet["A2"].value)) == 32_767
    assert sheet["A3"].value == "y"
