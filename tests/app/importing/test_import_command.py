"""`omote import` from the command line to the records: real files, real SQLite, words and exit status."""

import csv
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.match import CallFacts, candidates, opens_by_itself
from db.customers import owners_of
from db.engine import open_engine, reading
from tests.app.command_line import omote

GOOD = "顧客番号,氏名,電話番号,年齢\r\nC-1,髙﨑 一郎,090-1234-5678,40\r\nC-2,鈴木,03-3581-4111,\r\n"


def customers(folder: Path) -> list[tuple[str, str]]:
    path = folder / "profile" / "omote.db"
    if not path.exists():
        return []
    connection = sqlite3.connect(path)
    try:
        return list(connection.execute("SELECT customer_no, name FROM customer ORDER BY customer_no"))
    finally:
        connection.close()


def write(folder: Path, text: str, encoding: str = "cp932") -> str:
    path = folder / "file.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_a_cp932_file_comes_into_the_records(tmp_path: Path) -> None:
    done = omote(tmp_path / "profile", "import", "customers", write(tmp_path, GOOD))
    assert (done.returncode, done.stderr) == (0, "")
    assert "CSV, CP932" in done.stdout
    assert "Not taken: 年齢." in done.stdout
    assert "2 new, 0 updated" in done.stdout
    assert customers(tmp_path) == [("C-1", "髙﨑 一郎"), ("C-2", "鈴木")]


def test_the_house_s_outside_prefix_is_taken_off_numbers_that_were_typed_with_it(tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "settings.toml").write_text('[site]\noutside_prefix = "0"\n', encoding="utf-8")
    file = write(tmp_path, "氏名,電話番号\n一郎,0-03-3581-4111\n二郎,0184-24-1111\n三郎,03-3581-4112\n")
    assert omote(tmp_path / "profile", "import", "customers", file).returncode == 0
    connection = sqlite3.connect(tmp_path / "profile" / "omote.db")
    try:
        assert list(connection.execute("SELECT e164 FROM phone_number ORDER BY id")) == [
            (81335814111,), (81184241111,), (81335814112,),
        ]  # fmt: skip
    finally:
        connection.close()


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    done = omote(tmp_path / "profile", "import", "customers", write(tmp_path, GOOD), "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 new" in done.stdout
    assert "dry run" in done.stdout
    assert customers(tmp_path) == []


def test_refused_rows_are_named_and_written_to_a_file_that_can_be_corrected(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + 'C-3,,03-3581-4112,1\r\nC-4,"田中, 二郎",9012345678,2\r\nC-1,別人,,\r\n')
    done = omote(tmp_path / "profile", "import", "customers", path)
    assert done.returncode == 0
    assert "line 4, 氏名: is empty but needed" in done.stdout
    assert "line 5, 電話番号: has lost its first 0" in done.stdout
    assert "stands in the file twice" in done.stdout
    assert [name for _no, name in customers(tmp_path)] == ["髙﨑 一郎", "鈴木", "田中, 二郎"]
    refused = tmp_path / "file-refused.csv"
    with refused.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:2] == [
        ["Line", "Column", "Reason", "顧客番号", "氏名", "電話番号", "年齢"],
        ["4", "氏名", "is empty but needed", "C-3", "", "03-3581-4112", "1"],
    ]
    refused.write_text(refused.read_text("utf-8-sig").replace("C-3,,", "C-3,直した,"), encoding="utf-8-sig")
    assert omote(tmp_path / "profile", "import", "customers", str(refused)).returncode == 0
    assert ("C-3", "直した") in customers(tmp_path)


def test_scripts_get_json(tmp_path: Path) -> None:
    done = omote(tmp_path / "profile", "import", "customers", write(tmp_path, GOOD + "C-3,,,\r\n"), "--json")
    told = json.loads(done.stdout)
    assert {name: told[name] for name in ("created", "updated", "refused", "dry_run", "odd")} == {
        "created": 2, "updated": 0, "refused": 1, "dry_run": False, "odd": 0,
    }  # fmt: skip
    assert told["refused_rows"] == [{"row": 4, "column": "氏名", "because": "missing", "value": ""}]
    assert told["batch"]


def test_a_mapping_is_told_once_and_remembered(tmp_path: Path) -> None:
    path = write(tmp_path, "謎,呼び名\r\nC-1,山田\r\n")
    refused = omote(tmp_path / "profile", "import", "customers", path)
    assert refused.returncode == 1
    assert "No column of the file is name" in refused.stderr
    mapping = tmp_path / "m.toml"
    mapping.write_text('[columns]\n"謎" = "customer_no"\n"呼び名" = "name"\n', encoding="utf-8")
    assert omote(tmp_path / "profile", "import", "customers", path, "--mapping", str(mapping)).returncode == 0
    again = omote(tmp_path / "profile", "import", "customers", path)
    assert "0 new, 0 updated, 1 unchanged" in again.stdout
    assert customers(tmp_path) == [("C-1", "山田")]


def test_a_mapping_for_another_file_is_said(tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text('[columns]\n"番号" = "customer_no"\n', encoding="utf-8")
    done = omote(tmp_path / "profile", "import", "customers", write(tmp_path, GOOD), "--mapping", str(mapping))
    assert done.returncode == 1
    assert 'has no column "番号"' in done.stderr


def test_the_command_line_is_told_which_option_helps(tmp_path: Path) -> None:
    file = write(tmp_path, "Name,Phone\nNovotný,090-1234-5678\n", "cp1252")
    refused = omote(tmp_path / "profile", "import", "customers", file)
    assert refused.stderr.endswith("(--encoding)\n")
    assert omote(tmp_path / "profile", "import", "customers", file, "--encoding", "cp1252").returncode == 0


def test_japanese_words_for_a_japanese_supervisor(tmp_path: Path) -> None:
    done = omote(tmp_path / "profile", "import", "customers", write(tmp_path, GOOD + "C-3,,,\r\n"), spoken="ja")
    assert "必須ですが空です" in done.stdout


def test_excel_comes_in_too(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["会員番号", "氏名", "携帯"], ["000123", "山田", 9012345678]):
        sheet.append(row)
    workbook.save(tmp_path / "file.xlsx")
    assert omote(tmp_path / "profile", "import", "customers", str(tmp_path / "file.xlsx")).returncode == 0
    assert customers(tmp_path) == [("000123", "山田")]


RAGGED, FORMULA = "more or fewer cells", "with a formula in the column"
BAD = {
    "wrong encoding": ("氏名,備考\nM\u00fcller,x\n".encode("utf-8")[:-9] + b"\xfc\xfcller,x\n", "no text in CP932"),
    "more cells": ("氏名,備考\n山田,a\n鈴木,b,c\n".encode(), RAGGED),
    "fewer cells": ("氏名,備考\n山田,a\n鈴木\n".encode(), RAGGED),
    "NUL": ("氏名,備考\n山田,\0\n".encode(), "NUL"),
    "a formula": ("氏名,備考\n山田,a\n鈴木,=HYPERLINK(1)\n".encode(), FORMULA),
    "an open quotation mark": ('氏名,備考\n山田,"'.encode() + b"x" * (2 << 20), "longer than 1 MB"),
    "nothing": (b"", "names no columns"),
    "headings alone": ("氏名,備考\n".encode(), "no rows below"),
    "no name": ("電話\n1\n".encode(), "No column of the file is name"),
    "a heading twice": ("氏名,電話,電話\n山田,1,2\n".encode(), "twice"),
    "no row to take": ("氏名,電話\n,1\n".encode(), "No row of"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_ends_in_one_line_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    data, told = BAD[name]
    (tmp_path / "file.csv").write_bytes(data)
    done = omote(tmp_path / "profile", "import", "customers", str(tmp_path / "file.csv"))
    assert done.returncode == 1
    assert done.stderr.startswith("omote: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert told in done.stderr
    assert customers(tmp_path) == []


def test_a_line_of_two_gigabytes_ends_in_one_line_and_little_memory(tmp_path: Path) -> None:
    """A sparse file: on the disk it takes nothing. In it are NULs, so the same with text is tried in small."""
    path = tmp_path / "file.csv"
    with path.open("wb") as file:
        file.write("氏名,備考\n山田,".encode())
        file.truncate(2 << 30)
    done = omote(tmp_path / "profile", "import", "customers", str(path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "NUL" in done.stderr


def test_an_import_is_listed_and_taken_back(tmp_path: Path) -> None:
    assert omote(tmp_path / "profile", "import", "list").stdout == "Nothing was imported so far.\n"
    omote(tmp_path / "profile", "import", "customers", write(tmp_path, GOOD))
    (listed,) = json.loads(omote(tmp_path / "profile", "import", "list", "--json").stdout)
    batch = listed["batch_no"]
    assert (listed["file_name"], listed["created"], listed["undone_at"]) == ("file.csv", 2, None)
    assert f"{batch}  " in omote(tmp_path / "profile", "import", "list").stdout
    done = omote(tmp_path / "profile", "import", "undo", batch)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{batch} was taken back: 2 removed" in done.stdout
    assert customers(tmp_path) == []
    assert "taken back on" in omote(tmp_path / "profile", "import", "list").stdout
    again = omote(tmp_path / "profile", "import", "undo", batch)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)


def test_an_import_that_never_was_is_said(tmp_path: Path) -> None:
    done = omote(tmp_path / "profile", "import", "undo", "B-1")
    assert (done.returncode, done.stderr) == (1, "omote: There is no import B-1. This shows all: omote import list\n")


HISTORY = {
    "purchases": '顧客番号,注文番号,注文日,商品名,数量,単価\r\nC-1,O-1,2026/11/1,急須,2,"1,200"\r\n',
    "complaints": "顧客番号,受付番号,受付日,分類,内容\r\nC-1,K-1,2026/11/2,欠け,蓋が欠けている\r\n",
    "interactions": "顧客番号,対応日時,件名,内容\r\nC-1,2026/11/3 10:00,納期,明日届く\r\n",
}


@pytest.mark.parametrize("kind", HISTORY)
def test_history_comes_in_and_goes_out_as_it_was(tmp_path: Path, kind: str) -> None:
    omote(tmp_path / "profile", "import", "customers", write(tmp_path, GOOD))
    stranger = HISTORY[kind].splitlines()[1].replace("C-1", "C-9").replace("O-1", "O-9").replace("K-1", "K-9")
    done = omote(tmp_path / "profile", "import", kind, write(tmp_path, HISTORY[kind] + stranger))
    assert "1 new" in done.stdout, done
    assert "line 3" in done.stdout
    assert "belongs to no customer" in done.stdout
    omote(tmp_path / "profile", "export", kind, str(tmp_path / "out.csv"))
    again = omote(tmp_path / "profile", "import", kind, str(tmp_path / "out.csv"))
    assert "0 new, 0 updated, 1 unchanged" in again.stdout, again


def test_a_number_that_the_next_file_says_no_more_opens_nobody_s_card_by_itself(tmp_path: Path) -> None:
    for number in ("090-1234-5678", "090-8765-4321"):
        file = write(tmp_path, f"顧客番号,氏名,携帯\r\nC-1,髙﨑 一郎,{number}\r\n")
        assert omote(tmp_path / "profile", "import", "customers", file).returncode == 0
    engine = open_engine("sqlite", tmp_path / "profile")
    with reading(engine) as connection:
        old, new = (owners_of(connection, e164) for e164 in (819012345678, 819087654321))
    engine.dispose()
    call = CallFacts(datetime.now(UTC))
    assert [one.is_stale for one in candidates(old, call)] == [True]
    assert opens_by_itself(candidates(old, call), None) is None
    assert opens_by_itself(candidates(new, call), None) is not None
