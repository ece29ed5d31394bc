"""What the page shows of a file before anything is imported."""

from io import StringIO
from pathlib import Path

from app.importing.job import Progress, Stage
from app.importing.mapping import RememberedMappings
from app.importing.opened import Wanted, opened
from app.importing.preview import MOST_SHOWN, Preview, preview
from app.importing.progress_line import ProgressLine
from db.kinds import ImportKind
from tests.app.importing.files_to_import import AROUND


def previewed(folder: Path, text: str, kind: ImportKind = ImportKind.CUSTOMERS) -> Preview:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return preview(opened(Wanted(path, kind), RememberedMappings(folder / "mappings.json")), AROUND)


def test_the_first_rows_are_shown_as_they_stand_and_as_they_would_be_taken(tmp_path: Path) -> None:
    rows = "".join(f"C-{number},山田 {number},9012345678,\n" for number in range(30))
    found = previewed(tmp_path, "顧客番号,氏名,電話,年齢\n" + rows + "C-99,,,\n")
    assert (found.described, found.lacks) == ("CSV, UTF-8", "")
    assert found.fields == ("customer_no", "name", "phones", "")
    assert found.cells[0] == (2, ["C-0", "山田 0", "9012345678", ""])
    assert [row.name for row in found.rows] == [f"山田 {number}" for number in range(MOST_SHOWN)]
    assert (found.looked_at, len(found.odd), [one.row for one in found.refusals]) == (31, 30, [32])


def test_what_would_stop_the_file_is_shown_with_the_rest(tmp_path: Path) -> None:
    found = previewed(tmp_path, "氏名,電話\n山田,1,2\n鈴木,\n")
    assert [one.because for one in found.refusals] == ["ragged"]
    assert len(found.rows) == 1


def test_a_file_that_lacks_a_column_shows_its_cells_and_what_it_lacks(tmp_path: Path) -> None:
    found = previewed(tmp_path, "謎,呼び名\n1,山田\n")
    assert "No column of the file is name" in found.lacks
    assert (found.cells, found.rows) == (((2, ["1", "山田"]),), ())


def test_headings_alone_are_a_file_without_rows(tmp_path: Path) -> None:
    assert previewed(tmp_path, "氏名,電話\n").looked_at == 0


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


STAGES = [Progress(Stage.READING, 0, 0.0), Progress(Stage.READING, 4500, 0.456), Progress(Stage.MERGING, 10000, 1.0)]


def test_a_terminal_has_one_line_that_changes_and_goes() -> None:
    terminal, said = Terminal(), list[str]()
    line = ProgressLine(terminal, said.append)
    for progress in STAGES:
        line.show(progress)
    line.end()
    shown = [part.strip() for part in terminal.getvalue().split("\r") if part.strip()]
    assert shown == ["Reading 0 %, 0 rows", "Reading 45 %, 4,500 rows", "Writing to the records"]
    assert terminal.getvalue().endswith("\r")
    assert said == []


def test_without_a_terminal_each_stage_is_said_once() -> None:
    stream, said = StringIO(), list[str]()
    line = ProgressLine(stream, said.append)
    for progress in STAGES:
        line.show(progress)
    line.end()
    assert (said, stream.getvalue()) == (["Reading", "Writing to the records"], "")
