"""A whole file on its way to the import's process: what breaks it ends in one line."""

import pickle
from pathlib import Path

import pytest

from app.errors import UserError
from app.importing.files import ImportFile, described, open_file, system_of
from app.importing.mapping import checked, recognised
from app.importing.rules import Rules
from db.kinds import ImportKind
from tests.app.importing.files_to_import import AROUND

CUSTOMERS = ImportKind.CUSTOMERS


def to_import(folder: Path, text: str) -> ImportFile:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    source = open_file(path, CUSTOMERS)
    return ImportFile(source, Rules(checked(recognised(CUSTOMERS, source.headings)), AROUND))


def error_of(file: ImportFile) -> str:
    with pytest.raises(UserError) as told:
        [file.check(chunk.content) for chunk in file.chunks()]
    return str(told.value)


def test_ragged_rows_break_the_file_and_are_all_named(tmp_path: Path) -> None:
    told = error_of(to_import(tmp_path, "氏名,電話\n山田,1\n鈴木,1,2\n佐藤\n田中,1\n"))
    assert "headings: 3, 4." in told
    assert "Nothing was imported" in told


def test_a_device_and_a_heading_without_end_of_columns_are_no_files_to_import(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no file"):
        open_file(Path("/dev/zero"), CUSTOMERS)
    with pytest.raises(UserError, match="more than 1,000 columns"):
        to_import(tmp_path, ",".join(["氏名", *map(str, range(100_000))]))


def test_many_ragged_rows_are_named_in_short(tmp_path: Path) -> None:
    assert "11 …." in error_of(to_import(tmp_path, "氏名,電話\n" + "山田\n" * 50))


def test_a_formula_breaks_the_file(tmp_path: Path) -> None:
    told = error_of(to_import(tmp_path, "氏名,備考\n山田,=1+1\n鈴木,ok\n"))
    assert 'in the column "備考": 2.' in told


def test_a_file_crosses_to_a_worker_and_back(tmp_path: Path) -> None:
    file = pickle.loads(pickle.dumps(to_import(tmp_path, "氏名,電話\n山田,03-3581-4111\n")))
    (chunk,) = file.chunks()
    assert 0 < chunk.share <= 1
    assert [row.name for row in file.check(chunk.content).rows] == ["山田"]


def test_a_file_says_what_it_is_and_whose_keys_it_has(tmp_path: Path) -> None:
    assert described(to_import(tmp_path, "氏名\n").source) == "CSV, UTF-8"
    (tmp_path / "a.vcf").write_text("BEGIN:VCARD\nFN:x\nEND:VCARD\n", encoding="utf-8")
    cards = open_file(tmp_path / "a.vcf", CUSTOMERS)
    assert (described(cards), system_of(cards)) == ("vCard, UTF-8", "vcard")
