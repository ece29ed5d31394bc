"""Excel's files: what cells show, and files that were made to do harm."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.errors import UserError
from app.importing.because import Because
from app.importing.files import open_file
from app.importing.xlsx_file import XlsxFile, open_xlsx
from db.kinds import ImportKind
from tests.app.importing.files_to_import import checked_file

CUSTOMERS = ImportKind.CUSTOMERS
SHEET = "xl/worksheets/sheet1.xml"


def written(folder: Path, *rows: list[Any], edit: Callable[[Any], object] = lambda _sheet: None) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    edit(sheet)
    workbook.save(folder / "file.xlsx")
    return folder / "file.xlsx"


def changed(path: Path, part: str, text: Callable[[str], str]) -> Path:
    """The same file with one part rewritten."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = text(parts.get(part, b"").decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def read(path: Path, sheet: str = "") -> list[tuple[int, list[str]]]:
    file = open_xlsx(path, sheet)
    return [row for chunk in file.chunks() for row in file.rows(chunk.content)]


def test_cells_give_what_they_show(tmp_path: Path) -> None:
    cells = ["髙﨑", 12, 0.1 + 0.2, True, date(1980, 4, 1), datetime(2026, 11, 21, 14, 3, 22), None, "x\ny", 1e20, ""]  # noqa: DTZ001
    path = written(tmp_path, [f"h{place}" for place in range(10)], cells)
    assert read(path) == [
        (2, ["髙﨑", "12", "0.3", "TRUE", "1980-04-01", "2026-11-21 14:03:22", "", "x\ny", "1e+20", ""])
    ]


def test_a_whole_row_of_customers_is_taken(tmp_path: Path) -> None:
    path = written(
        tmp_path, ["顧客番号", "氏名", "電話", "郵便番号", "生年月日"], [7, "山田", 9012345678, 600001, 29312]
    )
    found = checked_file(path, CUSTOMERS)
    (row,) = found.rows
    assert (row.external_id, row.phones[0].e164, row.postal_code) == ("7", 819012345678, "060-0001")
    assert row.birth_date == "1980-04-01"
    assert [one.because for one in found.odd] == ["lost_zero"]


def test_a_number_format_of_zeros_puts_them_back(tmp_path: Path) -> None:
    def shown_with_zeros(sheet: Any) -> None:
        for cell, shown in zip(sheet[2], ("000000", "000-0000-0000", r"000\-0000", "General", "0"), strict=True):
            cell.number_format = shown

    path = written(tmp_path, list("abcde"), [123, 9012345678, 600001, 123, 123], edit=shown_with_zeros)
    assert read(path) == [(2, ["000123", "090-1234-5678", "060-0001", "123", "123"])]


def test_days_of_an_old_mac_are_counted_from_1904(tmp_path: Path) -> None:
    def as_on_a_mac(sheet: Any) -> None:
        sheet.parent.epoch = CALENDAR_MAC_1904

    path = written(tmp_path, ["a"], [date(1980, 4, 1)], edit=as_on_a_mac)
    assert read(path) == [(2, ["1980-04-01"])]
    changed(path, "xl/workbook.xml", lambda xml: xml.replace("date1904", "date1905"))
    assert read(path) == [(2, ["1976-03-31"])]


def test_blank_rows_and_columns_keep_their_places(tmp_path: Path) -> None:
    path = written(tmp_path, [], ["氏名", None, "電話", None], [], ["山田", "x", "1"], [None, None, None, "over"])
    assert open_xlsx(path).headings == ("氏名", "", "電話")
    assert read(path) == [(4, ["山田", "x", "1"]), (5, ["", "", "", "over"])]


def test_a_formula_refuses_its_row_even_if_the_cell_has_a_value(tmp_path: Path) -> None:
    path = written(tmp_path, ["氏名", "備考"], ["山田", "=1+1"], ["鈴木", "ok"])
    changed(path, SHEET, lambda xml: xml.replace("<v />", "<v>2</v>").replace("<v></v>", "<v>2</v>"))
    found = checked_file(path, CUSTOMERS)
    assert [(one.row, one.column, one.because, one.value) for one in found.refusals] == [
        (2, "備考", Because.FORMULA, "=(1+1)")
    ]


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    def as_text(sheet: Any) -> None:
        sheet["B2"].data_type = "s"

    path = written(tmp_path, ["氏名", "備考"], ["山田", "=1+1"], edit=as_text)
    assert [row.memo for row in checked_file(path, CUSTOMERS).rows] == ["=1+1"]


def test_texts_inside_their_cells_and_runs_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, ["氏名"], ["X"])
    inline = '<c r="A2" t="inlineStr"><is><r><t>山</t></r><r><t>田</t></r><rPh><t>ヤマダ</t></rPh></is></c>'
    changed(path, SHEET, lambda xml: xml[: xml.index('<c r="A2"')] + inline + xml[xml.index("</row></sheetData>") :])
    assert read(path) == [(2, ["山田"])]


def test_the_first_visible_sheet_is_taken_or_the_one_that_is_named(tmp_path: Path) -> None:
    workbook = Workbook()
    hidden = workbook.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    for name in ("一覧", "二番"):
        workbook.create_sheet(name).append([name])
        workbook[name].append(["x"])
    workbook.save(tmp_path / "file.xlsx")
    assert open_xlsx(tmp_path / "file.xlsx").headings == ("一覧",)
    assert open_xlsx(tmp_path / "file.xlsx", "二番").headings == ("二番",)
    with pytest.raises(UserError, match=r'no sheet "三番".*一覧, 二番'):
        open_xlsx(tmp_path / "file.xlsx", "三番")


def test_an_empty_sheet_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r'sheet "Sheet" of file\.xlsx is empty'):
        open_xlsx(written(tmp_path))


def test_a_large_sheet_comes_in_chunks(tmp_path: Path) -> None:
    path = written(tmp_path, ["a"], *([number] for number in range(12_000)))
    file = open_xlsx(path)
    chunks = list(file.chunks())
    assert [len(chunk.content) for chunk in chunks] == [5000, 5000, 2000]
    assert file.rows(chunks[2].content)[-1] == (12_001, ["11999"])
    assert 0.3 < chunks[0].share < 0.6 < chunks[1].share < 0.95 < chunks[2].share <= 1.0


def bomb(path: Path, part: str, begin: bytes, piece: bytes, size: int) -> Path:
    """A workbook whose `part` unpacks to `size` bytes of `piece`."""
    written(path.parent, ["氏名"], ["山田"]).replace(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != part}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
        with new.open(part, "w", force_zip64=True) as stream:
            stream.write(begin)
            block = piece * ((1 << 20) // len(piece))
            for _ in range(size // len(block)):
                stream.write(block)
    return path


NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def refused(path: Path) -> str:
    with pytest.raises(UserError) as told:
        read(path)
    return str(told.value)


def test_a_bomb_is_seen_in_the_directory(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.xlsx", SHEET, b"<worksheet %s><sheetData>" % NAMESPACE, b"<row/>", 64 << 20)
    assert "unpacks to more" in refused(path)


def test_a_directory_that_lies_unpacks_no_more_than_it_says(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.xlsx", SHEET, b"<worksheet %s><sheetData>" % NAMESPACE, b"<row/>", 64 << 20)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        told = archive.getinfo(SHEET).file_size
    data[:] = data.replace(told.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(data)
    assert "damaged" in refused(path)


def test_a_row_without_end_is_not_built_in_memory(tmp_path: Path) -> None:
    begin = b"<worksheet %s><sheetData><row>" % NAMESPACE
    path = bomb(tmp_path / "bomb.xlsx", SHEET, begin, b"<c/>", 30 << 20)
    assert "unpacks to more" in refused(path)


def test_more_rows_than_excel_has_are_too_many(tmp_path: Path) -> None:
    path = written(tmp_path, ["氏名"], ["山田"])
    changed(path, SHEET, lambda xml: xml.replace('<row r="2"', '<row r="1048577"'))
    assert "unpacks to more" in refused(path)


def test_an_endless_text_is_not_built_in_memory(tmp_path: Path) -> None:
    begin = b"<sst %s><si><t>" % NAMESPACE
    assert "unpacks to more" in refused(bomb(tmp_path / "bomb.xlsx", "xl/sharedStrings.xml", begin, b"abcd", 30 << 20))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = written(tmp_path, ["氏名"], ["山田"])
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    changed(path, SHEET, lambda xml: laughs + xml.replace("<sheetData>", "<sheetData><row><c><v>&b;</v></c></row>"))
    assert "damaged" in refused(path)


def test_shared_texts_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, ["氏名"], ["X"])
    strings = f"<sst {NAMESPACE.decode()}><si><t>髙</t></si><si><r><t>山</t></r><r><t>田</t></r></si><si/></sst>"
    rows = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in range(3))
    changed(path, "xl/sharedStrings.xml", lambda _xml: strings)
    changed(path, SHEET, lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"))
    assert read(path) == [(2, ["X"]), (3, ["髙"]), (4, ["山田"]), (5, [""])]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("text", ["", "<a>", "\0\0", "<a/>"])
def test_damaged_parts_end_in_one_line(tmp_path: Path, part: str, text: str) -> None:
    refused(changed(written(tmp_path, ["氏名"], ["山田"]), part, lambda _xml: text))


@pytest.mark.parametrize(
    "cell", ['t="s"><v>99</v>', 't="s"><v>x</v>', "><v>x</v>", 't="s"><v>-1</v>', 's="x"><v>1</v>']
)
def test_cells_that_mean_nothing_end_in_one_line(tmp_path: Path, cell: str) -> None:
    path = written(tmp_path, ["氏名"], ["山田"])
    changed(path, SHEET, lambda xml: xml.replace("</sheetData>", f"<row><c {cell}</c></row></sheetData>"))
    assert "damaged" in refused(path)


def test_macros_are_said(tmp_path: Path) -> None:
    assert "macros" in refused(changed(written(tmp_path, ["a"]), "xl/vbaProject.bin", lambda _xml: "x"))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"old kind.*as \.xlsx"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_what_is_no_xlsx_is_said_to_be_what_it_is(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=told):
        open_file(tmp_path / name, CUSTOMERS)


def test_other_archives_are_said_to_be_others(tmp_path: Path) -> None:
    for part, told in (("mimetype", "another kind"), ("xl/workbook.bin", "another kind"), ("x.txt", "damaged")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(part, "x")
        (tmp_path / "file.xlsx").write_bytes(packed.getvalue())
        with pytest.raises(UserError, match=told):
            open_file(tmp_path / "file.xlsx", CUSTOMERS)


def test_a_file_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, ["氏名"]).rename(tmp_path / "file.csv")
    assert isinstance(open_file(path, CUSTOMERS), XlsxFile)


def test_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no file"):
        open_file(tmp_path, CUSTOMERS)
    with pytest.raises(UserError, match="does not exist"):
        open_file(tmp_path / "none.csv", CUSTOMERS)
