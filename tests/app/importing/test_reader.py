"""The import page's reader: it tells what a file holds, and its end is a word, not the program's end."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.importing.columns import Surroundings
from app.importing.mapping import Mapping, read_mapping, write_mapping
from app.importing.reader import Question, Reader, likely_kind
from db.kinds import ImportKind

AROUND = Surroundings(date(2026, 11, 22))


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    one = Reader(tmp_path / "columns.json")
    yield one
    one.stop()


@pytest.fixture
def members(tmp_path: Path) -> Path:
    path = tmp_path / "members.csv"
    path.write_text("会員No,氏名\nK-1,試験 一郎\n", encoding="utf-8")
    return path


def test_a_file_comes_back_with_what_its_rows_become(reader: Reader, members: Path) -> None:
    look = reader.look(Question(members), AROUND)
    assert look.file.mapping.fields == ("customer_no", "name")
    assert [row[3] for row in look.preview.rows] == ["試験 一郎"]


def test_what_is_wrong_with_a_file_comes_back_in_its_words(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist") as raised:
        reader.look(Question(tmp_path / "none.csv"), AROUND)
    assert raised.value.todo == "Check the name."


def test_a_reader_that_dies_is_replaced_by_another(reader: Reader, members: Path) -> None:
    reader.look(Question(members), AROUND)
    assert reader._process is not None
    os.kill(reader._process.pid or 0, signal.SIGKILL)
    reader._process.join()
    assert reader.look(Question(members), AROUND).preview.looked_at == 1


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("氏名 電話番号", ImportKind.CUSTOMERS),
        ("顧客番号 注文番号 注文日 商品名 単価", ImportKind.PURCHASES),
        ("顧客番号 受付番号 受付日 クレーム種別", ImportKind.COMPLAINTS),
        ("顧客番号 応対日時 件名 担当者", ImportKind.INTERACTIONS),
        ("A B C", ImportKind.CUSTOMERS),
    ],
)
def test_headings_tell_what_a_file_holds(headings: str, kind: ImportKind) -> None:
    assert likely_kind(tuple(headings.split())) is kind


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=5, unique=True))
def test_columns_that_were_saved_are_read_as_they_were(headings: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "columns.toml"
        write_mapping(Mapping(ImportKind.CUSTOMERS, tuple(headings), ("memo",) * len(headings)), path)
        assert read_mapping(path, ImportKind.CUSTOMERS) == dict.fromkeys(headings, "memo")
