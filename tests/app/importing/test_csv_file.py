"""Cutting CSV files into chunks: the same records as Python's csv over the whole, bounded memory, plain words."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.errors import UserError
from app.importing.csv_file import LONGEST_RECORD, CsvFile, open_csv, split

CELLS = st.text(alphabet='a あ",;\t\n\r5', max_size=6)


def in_blocks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def records(text: str, delimiter: str = ",") -> list[list[str]]:
    return [cells for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if cells]


def through_chunks(data: bytes, size: int, delimiter: str = ",") -> list[list[str]]:
    file = CsvFile(Path(), "utf-8", 0, delimiter, (), 0, 1)
    chunks = split(in_blocks(data, size), delimiter.encode(), 1)
    return [cells for chunk in chunks for _row, cells in file.rows(chunk)]


@given(st.lists(CELLS, max_size=30).map("".join), st.integers(1, 9), st.sampled_from(",;\t"))
@example('5","a\n', 3, ",")
@example('"a"b"\n",c\r\n', 2, ",")
@example('x"y,"ab\nc",d\n\r\n1', 4, ",")
def test_chunks_hold_the_records_that_csv_sees_in_the_whole_file(text: str, size: int, delimiter: str) -> None:
    assert through_chunks(text.encode(), size, delimiter) == records(text, delimiter)


TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=20)


@given(TABLES, st.integers(1, 50), st.sampled_from(["\r\n", "\n"]))
def test_rows_have_the_lines_that_a_spreadsheet_shows(rows: list[list[str]], size: int, end: str) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)  # else a lone CR stands bare
    file = CsvFile(Path(), "utf-8", 0, ",", (), 0, 2)
    chunks = split(in_blocks(written.getvalue().encode(), size), b",", 2)
    assert [row for chunk in chunks for row in file.rows(chunk)] == list(enumerate(rows, 2))


def write(folder: Path, data: bytes) -> Path:
    path = folder / "file.csv"
    path.write_bytes(data)
    return path


HEAD, LINE = "customer_no,名前\r\n", "C-1,髙﨑～①㈱\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ((HEAD + LINE).encode("cp932"), "cp932"),
        ((HEAD + LINE).encode(), "utf-8"),
        ((HEAD + LINE).encode("utf-8-sig"), "utf-8"),
        ((HEAD + LINE).replace(",", "\t").encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + (HEAD + LINE).encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_seen_in_the_file(tmp_path: Path, data: bytes, encoding: str) -> None:
    file = open_csv(write(tmp_path, data))
    assert file.encoding == encoding
    assert file.headings == ("customer_no", "名前")
    assert [file.rows(chunk.content) for chunk in file.chunks()] == [[(2, ["C-1", "髙﨑～①㈱"])]]


def test_an_encoding_that_is_named_is_taken(tmp_path: Path) -> None:
    file = open_csv(write(tmp_path, (HEAD + "C-1,山田\n").encode("euc_jp")), "EUC-JP")
    assert [file.rows(chunk.content) for chunk in file.chunks()] == [[(2, ["C-1", "山田"])]]


def test_shift_jis_means_cp932(tmp_path: Path) -> None:
    assert open_csv(write(tmp_path, (HEAD + LINE).encode("cp932")), "Shift_JIS").encoding == "cp932"


def test_an_unknown_encoding_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="klingon"):
        open_csv(write(tmp_path, HEAD.encode()), "klingon")


def test_a_wrong_byte_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD.encode() + "C-1,é\n".encode("latin-1"))
    with pytest.raises(UserError, match=r"Line 2 .*0xE9.*CP932"):
        open_csv(path)


def test_a_wrong_byte_far_behind_ends_in_its_line_too(tmp_path: Path) -> None:
    lines = LINE.encode("cp932") * 200_000
    file = open_csv(write(tmp_path, HEAD.encode("cp932") + lines + b"C-2,\xff\n"))
    with pytest.raises(UserError, match=r"Line 200002 .*0xFF"):
        [file.rows(chunk.content) for chunk in file.chunks()]


def test_the_delimiter_is_seen_in_the_headings(tmp_path: Path) -> None:
    for mark in ",;\t":
        file = open_csv(write(tmp_path, f'a{mark}"b,;\t,;\t\nc"{mark}d\n'.encode()))
        assert (file.delimiter, file.headings, file.first_row) == (mark, ("a", "b,;\t,;\t\nc", "d"), 2)


def test_excels_own_hint_above_the_headings_is_taken(tmp_path: Path) -> None:
    file = open_csv(write(tmp_path, b"sep=;\r\na;b,c,d\r\n1;2\r\n"))
    assert file.headings == ("a", "b,c,d")
    assert [file.rows(chunk.content) for chunk in file.chunks()] == [[(3, ["1", "2"])]]


def test_blank_lines_above_and_between_do_not_count_as_rows(tmp_path: Path) -> None:
    file = open_csv(write(tmp_path, b"\n\na,b,,\n\n1,2\n\n"))
    assert file.headings == ("a", "b")
    assert [file.rows(chunk.content) for chunk in file.chunks()] == [[(5, ["1", "2"])]]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n"])
def test_a_file_without_headings_is_said_to_be_one(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError, match="names no columns"):
        open_csv(write(tmp_path, data))


def test_a_nul_is_named_with_its_line(tmp_path: Path) -> None:
    file = open_csv(write(tmp_path, b"a,b\n" + b"1,2\n" * 400_000 + b"1,\0\n"))
    with pytest.raises(UserError, match="Line 400002 holds a NUL"):
        list(file.chunks())


def test_an_endless_record_ends_in_one_line_and_little_memory() -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        yield b'a,"b\n'
        while True:
            taken += 1
            yield b"x" * 65536

    with pytest.raises(UserError, match="line 1 is longer"):
        list(split(endless(), b",", 1))
    assert taken * 65536 < LONGEST_RECORD + 2 * 65536


def test_the_heading_may_not_be_endless_either(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        for _ in range(20):
            file.write(b"x" * LONGEST_RECORD)
    with pytest.raises(UserError, match="longer than 1 MB"):
        open_csv(path)
