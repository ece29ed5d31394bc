"""kill -9 of a program whose database does not take what it writes: the next start sends it, once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.engine import FILE_NAME
from tests.end_to_end.running_program import Folder, RunningProgram, environment, wait_for

NOTES = """SELECT r.text FROM note_revision r JOIN note n ON n.id = r.note_id JOIN call c ON c.id = n.call_id
    WHERE c.source = 'trunk' ORDER BY c.offered_at"""
ENTERED = """SELECT k.name, r.text FROM customer k JOIN note n ON n.customer_id = k.id
    JOIN note_revision r ON r.note_id = n.id WHERE k.name LIKE '新規 %' ORDER BY r.text"""
NUMBERS = [f"03358141{number:02}" for number in range(11, 16)]


def has_lines(file: Path, count: int) -> Callable[[], bool]:
    return lambda: file.exists() and file.read_bytes().count(b"\n") == count


def test_a_program_killed_with_a_full_outbox_has_lost_nothing(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.path / FILE_NAME, isolation_level=None)) as other:
        with RunningProgram(folder, environment(), "--enter", module="tests.end_to_end.noter") as program:
            program.pop("0312340000")
            wait_for(has_lines(folder.path / "finished.txt", 1), "first note")
            wait_for(lambda: other.execute(NOTES).fetchall(), "first note in the records")
            other.execute("BEGIN IMMEDIATE")
            for number in NUMBERS:
                program.pop(number)
            wait_for(has_lines(folder.path / "finished.txt", 6), "all notes acknowledged")
            program.process.kill()
            program.process.wait(timeout=10)
        assert len(other.execute(NOTES).fetchall()) == 1
        other.execute("ROLLBACK")
        with RunningProgram(folder, environment(), "--offscreen") as again:
            wait_for(lambda: len(other.execute(NOTES).fetchall()) == 6, "all notes in the records")
            assert again.stop() == 0
        told = [text for (text,) in other.execute(NOTES)]
        assert told == ["メモ 0312340000", *(f"メモ {number}" for number in NUMBERS)]
        rang = ["0312340000", *NUMBERS[1:]]  # the first of them is a customer's
        assert other.execute(ENTERED).fetchall() == [(f"新規 {number}", f"メモ {number}") for number in rang]
        assert other.execute("SELECT count(*) FROM customer WHERE name LIKE '新規 %'").fetchone() == (5,)
        assert folder.drafts() == {}
